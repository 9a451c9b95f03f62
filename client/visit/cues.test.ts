import { describe, expect, it } from 'vitest';
import type { AuthorRole } from '#domain/annotation/operation';
import { DAY_MS } from '#domain/time/duration';
import { encodeControl } from '#domain/visit/control';
import type { CuePattern } from '#domain/visit/cue';
import { type CueSave, isRunning, VisitCues } from './cues';
import { MemoryRoom } from './memory-transport';

const MIRA = 'mira';
const ANA = 'ana';
const ROLES: Record<string, AuthorRole> = { [MIRA]: 'clinician', [ANA]: 'patient', eve: 'observer' };
const HOLD: CuePattern = { v: 1, kind: 'hold', holdSeconds: 8, restSeconds: 3, repetitions: 10 };
const id = (n: number) => `0192f0c0-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Two sides on a line of memory; the room's time is the server's clock for both. */
function visit() {
  const room = new MemoryRoom({ delayMs: [40, 40] });
  const BEGAN = 1_790_000_000_000;
  let ids = 0;
  const side = (who: string) => {
    const saved: CueSave[] = [];
    const cues = new VisitCues({
      clock: { now: () => BEGAN + room.now() },
      roleOf: (participantId) => ROLES[participantId],
      save: (write) => saved.push(write),
      newId: () => id(++ids),
    });
    const line = room.join(who);
    cues.connect(line);
    return { cues, saved, line };
  };
  return { room, now: () => BEGAN + room.now(), side };
}

describe('a cue of a visit', () => {
  it('starts for both at the same instant, counted in by three seconds, and is stored by who started it', () => {
    const { room, now, side } = visit();
    const [mira, ana] = [side(MIRA), side(ANA)];
    const asked = now();
    mira.cues.start(HOLD, id(900));
    room.advance(100);
    const cue = mira.cues.snapshot();
    expect(ana.cues.snapshot()).toEqual(cue);
    expect(cue).toMatchObject({ pattern: HOLD, stoppedAtMs: null, lineageId: id(900) });
    expect((cue?.startsAtMs ?? 0) - asked).toBeGreaterThanOrEqual(3000);
    expect(mira.saved).toEqual([{ kind: 'cue_start', id: cue?.cueId, input: { cue } }]);
    expect(ana.saved).toEqual([]);
  });

  it('is stopped by either side for both, and the side that started it stores the stop', () => {
    const { room, now, side } = visit();
    const [mira, ana] = [side(MIRA), side(ANA)];
    mira.cues.start(HOLD, null);
    room.advance(9000);
    ana.cues.stop();
    const stoppedAtMs = now();
    room.advance(100);
    expect(mira.cues.snapshot()).toEqual(ana.cues.snapshot());
    expect(mira.cues.snapshot()?.stoppedAtMs).toBe(stoppedAtMs);
    const cueId = mira.cues.snapshot()?.cueId;
    expect(mira.saved.slice(1)).toMatchObject([{ kind: 'cue_stop', input: { cueId, stoppedAtMs } }]);
    expect(ana.saved).toEqual([]);
  });

  it('that both stop at once is stopped at the earlier of the two, on both sides', () => {
    const { room, now, side } = visit();
    const [mira, ana] = [side(MIRA), side(ANA)];
    mira.cues.start(HOLD, null);
    room.advance(9000);
    ana.cues.stop();
    const earlier = now();
    room.advance(20);
    mira.cues.stop();
    room.advance(200);
    for (const { cues } of [mira, ana]) expect(cues.snapshot()?.stoppedAtMs).toBe(earlier);
  });

  it('can be started again by the patient; the one before is over', () => {
    const { room, now, side } = visit();
    const [mira, ana] = [side(MIRA), side(ANA)];
    mira.cues.start(HOLD, null);
    room.advance(9000);
    const first = mira.cues.snapshot();
    ana.cues.again();
    room.advance(100);
    const second = mira.cues.snapshot();
    expect(second?.cueId).not.toBe(first?.cueId);
    expect(isRunning(second, now())).toBe(true);
    expect(ana.saved).toMatchObject([{ kind: 'cue_start' }]);
  });

  it('that began at the same time on both sides is one and the same in the end', () => {
    const { room, side } = visit();
    const [mira, ana] = [side(MIRA), side(ANA)];
    mira.cues.start(HOLD, null);
    ana.cues.start({ ...HOLD, holdSeconds: 4 }, null);
    room.advance(200);
    expect(mira.cues.snapshot()).toEqual(ana.cues.snapshot());
  });

  it('is there again after a reload, running or stopped, and can be stopped from there', () => {
    const { room, now, side } = visit();
    const mira = side(MIRA);
    mira.cues.start(HOLD, null);
    room.advance(5000);
    const cue = mira.cues.snapshot();
    if (!cue) throw new Error('it runs');
    const back = side(MIRA);
    back.cues.restore([cue]);
    expect(isRunning(back.cues.snapshot(), now())).toBe(true);
    back.cues.stop();
    expect(back.saved).toMatchObject([{ kind: 'cue_stop', input: { cueId: cue.cueId, stoppedAtMs: now() } }]);
    const later = side(ANA);
    later.cues.restore([{ ...cue, stoppedAtMs: now() }]);
    expect(isRunning(later.cues.snapshot(), now())).toBe(false);
  });

  it('of an observer, a stranger or another day is not one', () => {
    const { room, now, side } = visit();
    const mira = side(MIRA);
    const cue = { cueId: id(1), pattern: HOLD, startsAtMs: now() + 4000, stoppedAtMs: null, lineageId: null };
    for (const who of ['eve', 'nobody']) void room.join(who).sendControl(encodeControl({ v: 1, kind: 'cue', cue }));
    const days = DAY_MS;
    const far = { ...cue, startsAtMs: now() + days };
    void room.join(ANA).sendControl(encodeControl({ v: 1, kind: 'cue', cue: far }));
    room.advance(100);
    expect(mira.cues.snapshot()).toBeNull();
  });

  it('ends by itself, and stopping it then stores nothing', () => {
    const { room, now, side } = visit();
    const mira = side(MIRA);
    mira.cues.start({ ...HOLD, holdSeconds: 1, restSeconds: 0, repetitions: 1 }, null);
    room.advance(10_000);
    expect(isRunning(mira.cues.snapshot(), now())).toBe(false);
    mira.cues.stop();
    expect(mira.saved).toHaveLength(1);
  });
});
