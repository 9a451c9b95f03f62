import { describe, expect, it, vi } from 'vitest';
import type { Recorded } from './line';
import { ACCESS, heard, ME, NOBODY, OPEN, seen, Window } from './line-window';
import type { MemoryLine } from './memory-line';
import { MemoryRoom } from './memory-transport';

describe('coming in', () => {
  it('goes from the door over asking and connecting to live', async () => {
    const w = new Window();
    expect(w.state.phase).toBe('out');
    const asked = w.line.ask(NOBODY);
    expect(w.state.phase).toBe('asking');
    w.joins.shift()?.resolve({ participantId: ME, isAdmitted: true, access: ACCESS });
    await asked;
    expect(w.state.phase).toBe('connecting');
    const line = await w.connect();
    expect(w.state).toMatchObject({ phase: 'live', line, participantId: ME, problem: null });
    expect([heard(line), seen(line)]).toEqual([true, true]);
  });

  it('joins once, however often the door is pressed and the record told', async () => {
    const w = new Window();
    void w.line.ask(NOBODY);
    void w.line.ask(NOBODY);
    w.line.stand('admitted');
    w.joins.shift()?.resolve({ participantId: ME, isAdmitted: true, access: ACCESS });
    await w.settle();
    for (let turn = 0; turn < 3; turn++) w.line.stand('admitted');
    await w.line.ask(NOBODY);
    await w.connect();
    w.line.stand('admitted');
    await w.line.ask(NOBODY);
    expect([w.joined, w.lines.length, w.connects.length, w.tokens.length]).toEqual([1, 1, 0, 0]);
  });

  it('waits until it is let in, and asks for access then', async () => {
    const w = new Window();
    await w.enter({ isAdmitted: false, access: null });
    expect(w.state.phase).toBe('waiting');
    w.line.stand('not_admitted');
    expect(w.state.phase).toBe('waiting');
    w.line.stand('admitted');
    await w.settle();
    w.tokens.shift()?.resolve(ACCESS);
    await w.settle();
    await w.connect();
    expect(w.state.phase).toBe('live');
  });

  it('stands at the door again where it is refused, and says why', async () => {
    const w = new Window();
    const asked = w.line.ask(NOBODY);
    const refused = new Error('not open');
    w.joins.shift()?.reject(refused);
    await expect(asked).rejects.toBe(refused);
    expect(w.state).toMatchObject({ phase: 'out', problem: refused });
    await w.enter();
    expect(w.state).toMatchObject({ phase: 'connecting', problem: null });
  });

  it('connects anew where the first try fails', async () => {
    const w = new Window();
    await w.enter();
    w.connects.shift()?.reject(new Error('no room'));
    await w.settle();
    expect(w.state).toMatchObject({ phase: 'connecting', problem: new Error('no room') });
    w.pauses.shift()?.();
    await w.settle();
    w.tokens.shift()?.resolve(ACCESS);
    await w.settle();
    await w.connect();
    expect(w.state).toMatchObject({ phase: 'live', problem: null });
  });

  it('connects while it is asked, with access from the door, and says nothing before it is in', async () => {
    const w = new Window();
    w.atDoor = ACCESS;
    void w.line.ask(NOBODY);
    const begun = await w.connect();
    expect([w.state.phase, w.begunWith, heard(begun), seen(begun)]).toEqual(['asking', [true], false, false]);
    w.joins.shift()?.resolve({ participantId: ME, isAdmitted: true, access: null });
    await w.settle();
    expect(w.state).toMatchObject({ phase: 'live', line: begun });
    expect([heard(begun), seen(begun), w.tokens.length]).toEqual([true, true, 0]);
  });

  it.each(['refused', 'left', 'not admitted'])('lets the line go that was begun where it is %s', async (how) => {
    const w = new Window();
    w.atDoor = ACCESS;
    const asked = w.line.ask(NOBODY).catch(() => undefined);
    if (how === 'left') w.line.leave();
    if (how === 'refused') w.joins.shift()?.reject(new Error('not open'));
    else w.joins.shift()?.resolve({ participantId: ME, isAdmitted: how === 'left', access: null });
    await w.connect();
    await asked;
    await w.settle();
    expect([w.lines.length, w.open.length]).toEqual([1, 0]);
  });

  it('connects anew where access from the door is refused', async () => {
    const w = new Window();
    w.atDoor = ACCESS;
    void w.line.ask(NOBODY);
    w.connects.shift()?.reject(new Error('too old'));
    w.joins.shift()?.resolve({ participantId: ME, isAdmitted: true, access: null });
    await w.settle();
    expect(w.state.phase).toBe('connecting');
    w.pauses.shift()?.();
    await w.settle();
    w.tokens.shift()?.resolve(ACCESS);
    await w.settle();
    await w.connect();
    expect(w.state).toMatchObject({ phase: 'live', problem: null });
  });

  it('hears of an end while it asks', async () => {
    const w = new Window();
    void w.line.ask(NOBODY);
    w.line.stand('over');
    w.joins.shift()?.resolve({ participantId: ME, isAdmitted: true, access: ACCESS });
    await w.settle();
    expect([w.state.phase, w.connects.length]).toEqual(['ended', 0]);
  });
});

describe('a line that breaks', () => {
  it('is lost, and comes back', async () => {
    const w = new Window();
    const first = await w.live();
    await first.disconnect();
    await w.settle();
    expect(w.state).toMatchObject({ phase: 'lost', line: null });
    w.pauses.shift()?.();
    await w.settle();
    w.tokens.shift()?.resolve(ACCESS);
    await w.settle();
    await w.connect();
    expect(w.state.phase).toBe('live');
    expect(w.joined).toBe(1);
  });

  it('stays lost where the visit is over', async () => {
    const w = new Window();
    const line = await w.live();
    w.recordSays = 'over';
    await line.disconnect();
    await w.settle();
    w.pauses.shift()?.();
    await w.settle();
    expect(w.tokens).toHaveLength(0);
    w.line.stand('over');
    expect(w.state.phase).toBe('ended');
  });
});

describe('the end', () => {
  it.each<[Recorded, string]>([
    ['over', 'ended'],
    ['removed', 'ended'],
    ['out', 'out'],
  ])('%s lets the line go', async (recorded, phase) => {
    const w = new Window();
    await w.live();
    w.line.stand(recorded);
    await w.settle();
    expect([w.state.phase, w.state.line, w.open.length]).toEqual([phase, null, 0]);
  });

  it('that comes while it connects ends the line that arrives', async () => {
    const w = new Window();
    await w.enter();
    w.line.stand('over');
    await w.connect();
    expect([w.state.phase, w.open.length]).toEqual(['ended', 0]);
  });

  it('that is taken back brings who was in back in, as they were', async () => {
    const w = new Window();
    await w.live();
    w.line.setMicrophone(false);
    await w.settle();
    w.line.stand('over');
    w.line.stand('admitted');
    await w.settle();
    w.tokens.shift()?.resolve(ACCESS);
    await w.settle();
    const line = await w.connect();
    expect([w.state.phase, heard(line), seen(line), w.joined]).toEqual(['live', false, true, 1]);
  });

  it('by leaving is silent at once, and is no end for a reload to undo', async () => {
    const w = new Window();
    await w.live();
    w.line.leave();
    await w.settle();
    expect([w.state.phase, w.state.hasLeft, w.open.length]).toEqual(['out', true, 0]);
    expect(w.kept.at(-1)?.isIn).toBe(false);
  });
});

describe('what is wished of the devices', () => {
  it('holds on a new line: muted and unseen stay so', async () => {
    const w = new Window();
    const first = await w.live();
    w.line.setMicrophone(false);
    w.line.setCamera(false);
    await w.settle();
    expect([heard(first), seen(first)]).toEqual([false, false]);
    const second = await w.again();
    expect([heard(second), seen(second)]).toEqual([false, false]);
    expect(second.microphones).toEqual([]);
    expect(second.cameras).toEqual([]);
  });

  it('counts while there is no line', async () => {
    const w = new Window();
    const first = await w.live();
    await first.disconnect();
    await w.settle();
    w.line.setMicrophone(false);
    w.line.flipCamera();
    w.pauses.shift()?.();
    await w.settle();
    w.tokens.shift()?.resolve(ACCESS);
    await w.settle();
    const second = await w.connect();
    expect(second.microphones).toEqual([]);
    expect(second.cameras).toEqual([{ deviceId: null, facing: 'environment' }]);
  });

  it('is kept for a reload with each change', async () => {
    const w = new Window();
    await w.live();
    w.line.setMicrophone(false);
    w.line.chooseCamera('document camera');
    expect(w.kept.at(-1)).toEqual({
      isIn: true,
      wishes: { ...OPEN, microphone: false, cameraId: 'document camera' },
    });
  });

  it('the last press counts, however fast they come', async () => {
    const w = new Window();
    const line = await w.live();
    for (const on of [false, true, false, true, false]) w.line.setMicrophone(on);
    await w.settle();
    expect(heard(line)).toBe(false);
  });

  it('another camera is opened in the place of the one that is on', async () => {
    const w = new Window();
    const line = await w.live();
    w.line.chooseCamera('document camera');
    await w.settle();
    w.line.flipCamera();
    await w.settle();
    expect(line.cameras.map(({ deviceId, facing }) => deviceId ?? facing)).toEqual([
      'user',
      'document camera',
      'environment',
    ]);
    w.line.chooseMicrophone('headset');
    await w.settle();
    expect(line.microphones).toEqual([null, 'headset']);
  });
});

describe('devices that were chosen by name on another page', () => {
  const NAMED = { ...OPEN, cameraId: 'desk-a', microphoneId: 'mic-a' };

  it('are found after coming in, however long the browser asks; nothing is open before', async () => {
    const w = new Window(undefined, NAMED);
    const line = await w.live();
    // In the visit, and the browser still asks.
    expect([w.state.phase, heard(line), seen(line)]).toEqual(['live', false, false]);
    expect([w.sought, line.cameras, line.microphones]).toEqual([[{ camera: true, microphone: true }], [], []]);
    // A reload meanwhile finds what was wished.
    expect(w.kept.at(-1)).toEqual({ isIn: true, wishes: NAMED });
    w.finds.shift()?.resolve({ cameraId: 'desk-b', microphoneId: 'mic-b' });
    await w.settle();
    expect(line.cameras).toEqual([{ deviceId: 'desk-b', facing: 'user' }]);
    expect(line.microphones).toEqual(['mic-b']);
    expect(w.kept.at(-1)?.wishes).toEqual({ ...OPEN, cameraId: 'desk-b', microphoneId: 'mic-b' });
    const second = await w.again();
    expect([second.cameras, w.sought.length]).toEqual([[{ deviceId: 'desk-b', facing: 'user' }], 1]);
  });

  it('are never more open than they were left: what was off is not asked for, nor opened', async () => {
    const w = new Window(undefined, { ...NAMED, microphone: false });
    const line = await w.live();
    expect(w.sought).toEqual([{ camera: true, microphone: false }]);
    w.line.setCamera(false);
    w.finds.shift()?.resolve({ cameraId: 'desk-b', microphoneId: 'mic-b' });
    await w.settle();
    expect([heard(line), seen(line), line.cameras, line.microphones]).toEqual([false, false, [], []]);
    // Wished on later, it is looked for then.
    w.line.setMicrophone(true);
    w.line.setCamera(true);
    await w.settle();
    expect([seen(line), heard(line), w.sought.at(-1)]).toEqual([true, false, { camera: false, microphone: true }]);
    w.finds.shift()?.resolve({ cameraId: 'desk-b', microphoneId: 'mic-b' });
    await w.settle();
    expect(line.microphones).toEqual(['mic-b']);
  });

  it('hold up nothing else, and what is chosen meanwhile counts', async () => {
    const w = new Window(undefined, { ...NAMED, microphoneId: null });
    const line = await w.live();
    expect([heard(line), seen(line), w.sought]).toEqual([true, false, [{ camera: true, microphone: false }]]);
    w.line.flipCamera();
    await w.settle();
    w.finds.shift()?.resolve({ cameraId: 'desk-b', microphoneId: null });
    await w.settle();
    expect(line.cameras).toEqual([{ deviceId: null, facing: 'environment' }]);
    expect(w.state.wishes).toMatchObject({ cameraId: null, facing: 'environment' });
  });

  it('are tried as they were where they cannot be found', async () => {
    const w = new Window(undefined, NAMED);
    const line = await w.live();
    w.finds.shift()?.reject(new Error('refused'));
    await w.settle();
    expect([line.cameras.at(-1)?.deviceId, line.microphones.at(-1)]).toEqual(['desk-a', 'mic-a']);
  });
});

describe('a device that does not open', () => {
  const named = (name: string) => Object.assign(new Error(name), { name });

  it('is said, and stays off until it is tried again', async () => {
    const w = new Window(undefined, { ...OPEN, camera: false });
    const line = await w.live();
    line.refuses.camera = named('NotAllowedError');
    w.line.setCamera(true);
    await w.settle();
    expect(w.state.troubles).toEqual({ camera: 'denied', microphone: null });
    expect([w.state.wishes.camera, seen(line)]).toEqual([false, false]);
    line.refuses.camera = null;
    w.line.setCamera(true);
    await w.settle();
    expect([w.state.troubles.camera, seen(line)]).toEqual([null, true]);
  });

  it('leaves the camera that was on where it was', async () => {
    const w = new Window();
    const line = await w.live();
    line.refuses.camera = named('NotReadableError');
    w.line.flipCamera();
    line.setCamera = refuseOnce(line);
    await w.settle();
    expect(w.state.troubles.camera).toBe('in_use');
    expect(w.state.wishes).toMatchObject({ camera: true, facing: 'user' });
    expect(line.cameras.at(-1)).toEqual({ deviceId: null, facing: 'user' });
    expect(seen(line)).toBe(true);
  });

  it('is off where nothing opens any more', async () => {
    const w = new Window();
    const line = await w.live();
    line.refuses.camera = named('NotReadableError');
    w.line.flipCamera();
    await w.settle();
    expect([w.state.wishes.camera, seen(line), w.state.troubles.camera]).toEqual([false, false, 'in_use']);
  });

  it('that is unplugged is said, and does not come back by itself on a new line', async () => {
    const w = new Window();
    const first = await w.live();
    first.unplug('microphone');
    await w.settle();
    expect(w.state.troubles.microphone).toBe('ended');
    const second = await w.again();
    expect([heard(second), seen(second)]).toEqual([false, true]);
  });

  /** The other camera is held by another program; the one that was on opens again. */
  function refuseOnce(line: MemoryLine): MemoryLine['setCamera'] {
    const open = line.setCamera.bind(line);
    return async (on, choice) => {
      line.refuses.camera = choice.facing === 'environment' ? named('NotReadableError') : null;
      await open(on, choice);
    };
  }
});

describe('two windows of one person', () => {
  it('the second sends nothing until it is said where to go on, and the first falls silent', async () => {
    const room = new MemoryRoom();
    const [first, second] = [new Window(room), new Window(room)];
    const here = await first.live();
    const there = await second.live();
    expect([first.state.isDoubled, second.state.isDoubled]).toEqual([false, true]);
    expect([heard(here), heard(there), seen(there)]).toEqual([true, false, false]);
    second.line.goOnHere();
    await second.settle();
    room.advance(1);
    await first.settle();
    expect(first.state.phase).toBe('elsewhere');
    expect(first.open).toHaveLength(0);
    expect([second.state.isDoubled, heard(there), seen(there)]).toEqual([false, true, true]);
    expect(first.kept.at(-1)?.isIn).toBe(false);
  });

  it('the second may leave it to the first', async () => {
    const room = new MemoryRoom();
    const [first, second] = [new Window(room), new Window(room)];
    await first.live();
    await second.live();
    second.line.leaveToOther();
    await second.settle();
    expect([first.state.phase, second.state.phase, second.open.length]).toEqual(['live', 'elsewhere', 0]);
  });

  it('nothing is asked any more once the first is gone', async () => {
    const room = new MemoryRoom();
    const [first, second] = [new Window(room), new Window(room)];
    const here = await first.live();
    const there = await second.live();
    await here.disconnect();
    await second.settle();
    expect([second.state.isDoubled, heard(there)]).toEqual([false, true]);
  });

  it('it is said again until the other one hears it', async () => {
    vi.useFakeTimers();
    const room = new MemoryRoom();
    const [first, second] = [new Window(room), new Window(room)];
    const here = await first.live();
    await second.live();
    // The first does not hear just now.
    here.lose();
    second.line.goOnHere();
    room.advance(1);
    await first.settle();
    expect(first.state.phase).toBe('live');
    here.regain();
    vi.advanceTimersByTime(1000);
    room.advance(1);
    await first.settle();
    expect(first.state.phase).toBe('elsewhere');
    vi.useRealTimers();
  });

  it('the first takes it back at once', async () => {
    const room = new MemoryRoom();
    const [first, second] = [new Window(room), new Window(room)];
    await first.live();
    await second.live();
    second.line.goOnHere();
    room.advance(1);
    await first.settle();
    const back = await first.live();
    room.advance(1);
    await second.settle();
    expect([first.state.phase, first.state.isDoubled, second.state.phase]).toEqual(['live', false, 'elsewhere']);
    expect(heard(back)).toBe(true);
  });

  it('one that was replaced under its own name does not fight for the room', async () => {
    const w = new Window();
    const line = await w.live();
    await line.replace();
    await w.settle();
    expect(w.state.phase).toBe('elsewhere');
    expect(w.tokens).toHaveLength(0);
    expect(w.pauses).toHaveLength(0);
  });

  it('a stranger who says it means nothing', async () => {
    const room = new MemoryRoom();
    const w = new Window(room);
    await w.live();
    const stranger = room.join('mira');
    await stranger.sendControl(new TextEncoder().encode('{"v":1,"kind":"take_over"}'));
    room.advance(1);
    await w.settle();
    expect(w.state.phase).toBe('live');
  });
});
