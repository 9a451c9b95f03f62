import { describe, expect, inject, it } from 'vitest';
import { listCheckInMedia, listCheckIns } from '#db/queries/check-in/check-ins';
import { listClinics } from '#db/queries/clinic/clinics';
import { listOpenFlags } from '#db/queries/practice/flags';
import { listLogs } from '#db/queries/practice/logs';
import { listHeldStops } from '#db/queries/practice/stops';
import { listReviews } from '#db/queries/review/reviews';
import { isJobDue } from '#db/queries/runtime/jobs';
import { DEFAULT_PAIN_POLICY } from '#domain/practice/pain-policy';
import { localMinutes } from '#domain/time/local-day';
import { instantOf } from '../factories/logs';
import { listClinicPatients } from '../factories/reads';
import { copyTemplate } from '../factories/test-database';
import { openDatabase } from '../open';
import { seedDemo } from './demo';
import type { StoredFile } from './demo-check-ins';

/** What the seed leaves in an empty database at this instant; `times` runs of it. */
async function seededAt(nowMs: number, times = 1, clips: StoredFile[] = []) {
  const { url, drop } = await copyTemplate(inject('template'));
  const database = openDatabase(url);
  try {
    for (let run = 0; run < times; run++) {
      const at = nowMs + run * 1000;
      await database.write((d) => seedDemo(d, { passwordHash: 'not a hash', nowMs: at, clips }));
    }
    return await database.read(function* (d) {
      const clinics = yield* listClinics(d);
      const clinicId = clinics[0]?.id ?? '';
      const people = yield* listClinicPatients(d, { clinicId });
      const logs = [];
      for (const { id: patientId, name } of people) {
        const rows = yield* listLogs(d, { clinicId, patientId, sinceMs: 0 });
        logs.push(...rows.map((row) => ({ ...row, name })));
      }
      const checkIns = [];
      for (const { id: patientId, name } of people) {
        const rows = yield* listCheckIns(d, { clinicId, patientId, limit: 9 });
        checkIns.push(...rows.map((row) => ({ ...row, name })));
      }
      const checkInIds = checkIns.map(({ id }) => id);
      const media = (yield* listCheckInMedia(d, { checkInIds })).map((one) => one.media);
      const reviews = (yield* listReviews(d, { checkInIds })).map(({ review }) => review);
      const work = yield* isJobDue(d, { kinds: ['normalise'], nowMs });
      const flags = [];
      for (const { id: patientId } of people)
        flags.push(...(yield* listOpenFlags(d, { clinicId, patientId, limit: 20 })));
      const stops = [];
      for (const { id: patientId } of people) stops.push(...(yield* listHeldStops(d, { clinicId, patientId })));
      const urgent = flags.filter((flag) => flag.severity === 'urgent');
      return { stops, urgent, clinics, people, logs, flags, checkIns, media, reviews, work };
    });
  } finally {
    await database.close();
    await drop();
  }
}

const files = (count: number): StoredFile[] =>
  Array.from({ length: count }, (_, n) => ({
    storageKey: `0${n}/${String(n).repeat(32)}`,
    sha256: String(n).repeat(64),
    bytes: 1000,
    mime: 'video/mp4',
  }));

const MORNING = Date.UTC(2026, 10, 24, 9);
/** Each of these runs makes a whole clinic; a busy machine needs its time for it on PostgreSQL. */
const SLOW_MS = 30_000;
let morning: ReturnType<typeof seededAt> | undefined;
const seededInTheMorning = () => {
  morning ??= seededAt(MORNING);
  return morning;
};

describe('the demo clinic', { timeout: SLOW_MS }, () => {
  it.each([
    ['at night', Date.UTC(2026, 10, 24, 3)],
    ['in the evening', Date.UTC(2026, 10, 24, 20)],
    ['a week after the clocks changed', Date.UTC(2026, 10, 1, 12)],
  ])('seeded %s is of people who sleep at night and have not lived tomorrow', async (_when, nowMs) => {
    const { logs } = await seededAt(nowMs);
    const hours = logs.map(({ log }) => Math.floor(localMinutes(log.performedAt, log.performedTimeZone) / 60));
    expect(logs.length).toBeGreaterThan(500);
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(8);
    expect(Math.max(...hours)).toBeLessThanOrEqual(21);
    expect(Math.max(...logs.map(({ log }) => log.performedAt))).toBeLessThan(nowMs);
  });

  it('has no red pain without its flag, and the flag points at the log', async () => {
    const { logs, flags } = await seededInTheMorning();
    const red = logs.filter(({ log }) => (log.pain ?? 0) >= DEFAULT_PAIN_POLICY.redFrom);
    expect(red.map(({ name, log }) => [name, log.pain])).toEqual([['Soo-jin Park', 7]]);
    expect(flags.filter((flag) => flag.kind === 'pain').map((flag) => flag.raisedAt)).toEqual([
      red[0]?.log.performedAt,
    ]);
  });

  it('has check-ins at different stages, and no clip that says more than the disk holds', async () => {
    const { checkIns, media, reviews, work } = await seededAt(MORNING, 1, files(4));
    const states = Object.fromEntries(checkIns.map(({ name, state }) => [name, state]));
    expect(states).toEqual({
      'Ana Duarte': 'answered',
      'Walter Lindqvist': 'processing',
      'Soo-jin Park': 'redo_requested',
      'Rosa Ibarra': 'processing',
    });
    expect(media.map(({ state }) => state)).toEqual(['received', 'received', 'received', 'received']);
    expect(new Set(media.map(({ storageKey }) => storageKey))).toEqual(
      new Set(files(4).map(({ storageKey }) => storageKey)),
    );
    expect(work).toBe(true);
    expect(reviews.map(({ state, outcome }) => [state, outcome]).sort()).toEqual([
      ['published', 'feedback'],
      ['published', 'redo'],
    ]);
  });

  it('without a file has clips that are still on their way, and nobody has answered them', async () => {
    const { checkIns, media, reviews, work } = await seededInTheMorning();
    const waiting = checkIns.map(({ name, state }) => [name, state]).sort();
    expect(waiting).toEqual([
      ['Rosa Ibarra', 'received'],
      ['Walter Lindqvist', 'received'],
    ]);
    expect(media.map(({ state, storageKey }) => [state, storageKey])).toEqual(Array(2).fill(['pending', null]));
    expect(reviews).toEqual([]);
    expect(work).toBe(false);
  });

  it('has an urgent flag that points at the check-in that raised it', async () => {
    const { checkIns, urgent } = await seededInTheMorning();
    const walters = checkIns.find(({ name }) => name === 'Walter Lindqvist');
    expect(walters).toMatchObject({ severity: 'urgent', queueRank: 0, answers: { redFlags: ['spreading_numbness'] } });
    expect(urgent).toMatchObject([{ sourceKind: 'check_in', sourceId: walters?.id, raisedAt: walters?.submittedAt }]);
  });

  it('has what those answers stopped, and nobody practised past it', async () => {
    const { flags, stops, logs } = await seededInTheMorning();
    expect(stops).toHaveLength(flags.length);
    for (const stop of stops) {
      const flag = flags.find(({ id }) => id === stop.flagId);
      expect(flag).toMatchObject({ severity: stop.severity, saidAt: stop.saidAt, lineageId: stop.lineageId });
      const later = logs.filter(({ log }) => log.patientId === stop.patientId && log.performedAt > stop.saidAt);
      expect(later).toEqual([]);
    }
    expect(flags.map(({ pain, redFlags }) => pain ?? redFlags)).toEqual(
      expect.arrayContaining([7, ['spreading_numbness']]),
    );
  });

  it('differs from person to person: versions, adherence, pain, silence', async () => {
    const { people, logs } = await seededInTheMorning();
    const of = (name: string) => logs.filter((row) => row.name === name);
    expect(people).toHaveLength(8);
    const versions = people.map(({ name }) => new Set(of(name).map((row) => row.versionNumber)).size);
    expect(new Set(versions)).toEqual(new Set([0, 1, 2, 3]));
    expect(new Set(people.map(({ name }) => of(name).length)).size).toBeGreaterThan(5);
    const last = of('Henry Boateng').at(-1)?.log.performedAt ?? 0;
    expect(Math.floor((MORNING - last) / 86_400_000)).toBe(4);
    expect(of('Nikhil Menon')).toEqual([]);
  });

  it('is the same story for the same morning, and made once however often it is asked for', async () => {
    const story = ({ logs }: Awaited<ReturnType<typeof seededAt>>) =>
      logs.map(({ name, log }) => [name, log.performedAt, log.state, log.pain, log.source]);
    const once = await seededInTheMorning();
    const thrice = await seededAt(MORNING, 3);
    expect(thrice.clinics).toHaveLength(1);
    expect(story(thrice)).toEqual(story(once));
  });
});

describe('an instant on the wall clock', () => {
  it.each([
    ['2026-11-24', 9 * 60, 'Europe/London', Date.UTC(2026, 10, 24, 9)],
    ['2026-07-01', 9 * 60, 'Europe/London', Date.UTC(2026, 6, 1, 8)],
    ['2026-07-01', 30, 'Pacific/Auckland', Date.UTC(2026, 5, 30, 12, 30)],
    ['2026-07-01', 23 * 60, 'America/New_York', Date.UTC(2026, 6, 2, 3)],
    ['2026-10-25', 12 * 60, 'Europe/London', Date.UTC(2026, 9, 25, 12)],
  ])('%s, minute %i in %s', (day, minute, timeZone, expected) => {
    expect(instantOf(day, minute, timeZone)).toBe(expected);
  });
});
