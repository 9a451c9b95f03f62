import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recorded } from './line';
import { ACCESS, heard, ME, NOBODY, OPEN, seen, Window } from './line-window';
import { MemoryRoom } from './memory-transport';

const event = fc.oneof(
  fc.record({
    kind: fc.constant('stand' as const),
    recorded: fc.constantFrom<Recorded>('out', 'not_admitted', 'admitted', 'over', 'removed'),
  }),
  fc.record({ kind: fc.constantFrom('microphone' as const, 'camera' as const), on: fc.boolean() }),
  fc.record({ kind: fc.constant('join' as const), fails: fc.boolean(), isAdmitted: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('token' as const, 'connect' as const), fails: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom(
      ...(['ask', 'leave', 'flip', 'goOnHere', 'again', 'down', 'replace', 'unplug', 'wait', 'door', 'find'] as const),
    ),
  }),
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

const SILENT: ReadonlySet<string> = new Set(['out', 'waiting', 'elsewhere', 'ended']);
const REFUSED = new Error('refused');

/** One window, and what its person has asked for so far. */
class Run {
  readonly window: Window;
  readonly room = new MemoryRoom();
  #asked = 0;
  #wished = { microphone: false, camera: true };

  /** `isNamed`: the camera was chosen by its name on another page. */
  constructor(isOtherHere: boolean, isNamed: boolean) {
    if (isOtherHere) this.room.join(ME);
    this.window = new Window(this.room, { ...OPEN, microphone: false, cameraId: isNamed ? 'desk-a' : null });
  }

  async meet(one: Event): Promise<void> {
    const { line } = this.window;
    if (one.kind === 'stand') line.stand(one.recorded);
    else if (one.kind === 'microphone' || one.kind === 'camera') {
      this.#wished[one.kind] = one.on;
      if (one.kind === 'camera') line.setCamera(one.on);
      else line.setMicrophone(one.on);
    } else if ('fails' in one) this.#answer(one);
    else await this.#press(one.kind);
    await this.window.settle();
    this.room.advance(1);
    await this.window.settle();
  }

  #answer(one: Extract<Event, { fails: boolean }>): void {
    const { joins, tokens, connects } = this.window;
    if (one.kind === 'join') {
      const asked = joins.shift();
      const { isAdmitted } = one;
      if (one.fails) asked?.reject(REFUSED);
      else asked?.resolve({ participantId: ME, isAdmitted, access: isAdmitted ? ACCESS : null });
    } else if (one.kind === 'token') {
      const asked = tokens.shift();
      if (one.fails) asked?.reject(REFUSED);
      else asked?.resolve(ACCESS);
    } else {
      const asked = connects.shift();
      if (one.fails) asked?.reject(REFUSED);
      else asked?.resolve(null);
    }
  }

  async #press(kind: string): Promise<void> {
    const { line, state, open, pauses } = this.window;
    if (kind === 'ask') {
      if (state.phase === 'out' || state.phase === 'elsewhere') this.#asked += 1;
      void line.ask(NOBODY).catch(() => undefined);
    }
    if (kind === 'find') this.window.finds.shift()?.resolve({ cameraId: 'desk-b', microphoneId: null });
    if (kind === 'door') this.window.atDoor = ACCESS;
    if (kind === 'leave') line.leave();
    if (kind === 'flip') line.flipCamera();
    if (kind === 'goOnHere') line.goOnHere();
    if (kind === 'again') pauses.shift()?.();
    if (kind === 'down') await open.at(-1)?.disconnect();
    if (kind === 'replace') await open.at(-1)?.replace();
    if (kind === 'unplug') open.at(-1)?.unplug('camera');
  }

  /** What holds after every event. */
  check(): void {
    const { state, open, joined } = this.window;
    const { phase, line, wishes, isDoubled } = state;
    // What a device closed, no press opens but the person's.
    if (!wishes.camera) this.#wished.camera = false;
    expect(joined, 'each asking joins once').toBe(this.#asked);
    expect(line !== null, 'live is what has a line').toBe(phase === 'live');
    expect(open, 'at most one line stands').toEqual(line ? [line] : open.slice(0, 1));
    // While it is asked, the line that was begun at the door may stand, without a sound.
    if (phase === 'asking') expect(open.length).toBeLessThan(2);
    if (SILENT.has(phase)) expect(open, phase).toEqual([]);
    expect(wishes.microphone && !this.#wished.microphone, 'nobody opens a microphone but the person').toBe(false);
    expect(wishes.camera && !this.#wished.camera, 'nor a camera').toBe(false);
    for (const one of open) {
      const isIn = one === line;
      expect(heard(one)).toBe(isIn && wishes.microphone && !isDoubled);
      const isSought = wishes.cameraId === 'desk-a';
      expect(seen(one)).toBe(isIn && wishes.camera && !isDoubled && !isSought);
    }
  }
}

describe('whatever comes in whatever order', () => {
  it('at most one line stands, and nobody is heard or seen who did not wish it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 40 }),
        fc.boolean(),
        fc.boolean(),
        async (events, isOtherHere, isNamed) => {
          const run = new Run(isOtherHere, isNamed);
          for (const one of events) {
            await run.meet(one);
            run.check();
          }
        },
      ),
      { numRuns: 10_000 },
    );
  }, 120_000);
});
