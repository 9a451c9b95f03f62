import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '#db/queries/clinic/audit';
import { HOUR_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { book } from '#server/testing/booking';
import { COUNT_WINDOW_MS, closeCounts } from './counted-acts';

const test = openTestApp();
let cast: Cast;
beforeAll(async () => {
  cast = await makeCast(test.app);
});
/** Each test in windows of its own. */
beforeEach(() => {
  test.clock.nowMs += HOUR_MS;
});

async function trail() {
  const rows = await test.app.database.read((d) => listAudit(d, { clinicId: cast.clinicId, before: null, limit: 500 }));
  return rows.filter(({ at }) => at >= test.clock.nowMs).reverse();
}

function anArrow() {
  const points: [{ x: number; y: number }, { x: number; y: number }] = [
    { x: 0.2, y: 0.2 },
    { x: 0.5, y: 0.5 },
  ];
  const at = { anchor: { kind: 'live' as const }, aspect: 1, side: null };
  const mark = { kind: 'arrow' as const, markId: uuidv7(), ...at, points };
  return { v: 1 as const, opId: uuidv7(), lamport: 1, tMs: test.clock.nowMs, op: { kind: 'commit' as const, mark } };
}

describe('strokes of a visit', () => {
  it('are one row at once and one with how many more came; what else is done there stands for itself', async () => {
    const { ana, mira } = cast;
    const m = await test.as(mira.userId);
    const now = { startsAt: null, durationMinutes: 30, kind: 'now' as const };
    const { visitId } = await book(m, { patientId: ana.patientId, ...now });
    await m.visits.join({ visitId, locationText: null, presentOthers: null });
    for (let n = 0; n < 40; n++) await m.annotations.append({ visitId, envelope: anArrow() });
    const pattern = { v: 1 as const, kind: 'hold' as const, holdSeconds: 5, restSeconds: 1, repetitions: 3 };
    const cue = { cueId: uuidv7(), pattern, startsAtMs: test.clock.nowMs, stoppedAtMs: null, lineageId: null };
    await m.cues.start({ visitId, cue });
    const drawn = async () => (await trail()).filter(({ act }) => act === 'visit.draw');
    expect((await drawn()).filter(({ count }) => count === null).length).toBeLessThanOrEqual(2);
    await closeCounts(test.app, test.clock.nowMs + COUNT_WINDOW_MS);
    const counted = (await drawn()).filter(({ count }) => count !== null);
    expect(counted).toMatchObject([
      { actorName: 'Mira Solberg', patientName: 'Ana Duarte', outcome: 'done', count: 39 },
    ]);
  });

  it('of which one is refused do not hide it: it is counted apart', async () => {
    const jonas = await test.as(cast.colleague.userId);
    const programs = { patientId: cast.ana.patientId, title: 'x' };
    await expect(jonas.programs.create(programs)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await Promise.allSettled([...test.app.pending]);
    const mira = await test.as(cast.mira.userId);
    await mira.programs.create(programs);
    expect((await trail()).map(({ outcome, count }) => [outcome, count])).toEqual([
      ['refused', null],
      ['done', null],
    ]);
  });
});

describe('saves of a note that is being written', () => {
  it('are counted, and signing it is a row of its own', async () => {
    const m = await test.as(cast.mira.userId);
    const now = { startsAt: null, durationMinutes: 30, kind: 'now' as const };
    const { visitId } = await book(m, { patientId: cast.ana.patientId, ...now });
    await m.visits.join({ visitId, locationText: null, presentOthers: null });
    for (let n = 1; n <= 10; n++) await m.notes.save({ visitId, body: 'x'.repeat(n) });
    const written = async () => (await trail()).filter(({ act }) => act === 'note.write').map(({ count }) => count);
    expect(await written()).toEqual([null]);
    await m.notes.sign({ visitId });
    expect(await written()).toEqual([null, null]);
    await closeCounts(test.app, test.clock.nowMs + COUNT_WINDOW_MS);
    expect(await written()).toEqual([null, null, 9]);
  });
});
