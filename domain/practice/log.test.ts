import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dose } from '#domain/program/dose';
import {
  baselinePain,
  correctionOf,
  currentLogs,
  type Log,
  type LogSet,
  logDay,
  logFromPrescription,
  logSchema,
  practiceSchema,
  type TrendLog,
  trend,
} from './log';

const uuid = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const AT = Date.parse('2026-11-24T09:00:00Z');
const DOSE: Dose = {
  sets: 2,
  repsMin: 8,
  repsMax: 12,
  holdSeconds: 3,
  restSeconds: 60,
  tempo: { closeSeconds: 2, holdSeconds: 3, openSeconds: 2 },
  load: { kind: 'putty', brand: null, level: 2, kgf: null, percent: null },
  effortTarget: 4,
  painLimit: 4,
  schedule: { v: 1, kind: 'per_day', times: 1, days: null },
};
const quick = (dose: Partial<Dose> = {}): Log =>
  logFromPrescription({
    id: uuid(1),
    practiceId: uuid(2),
    prescription: { id: uuid(3), lineageId: uuid(4), programVersionId: uuid(5), dose: { ...DOSE, ...dose } },
    performedAt: AT,
    performedTimeZone: 'Europe/Berlin',
    source: 'quick',
  });
const set = (more: Partial<LogSet> = {}): LogSet => ({
  reps: 10,
  holdSeconds: null,
  countedBy: 'tempo',
  autoReps: null,
  ...more,
});

describe('practiceSchema', () => {
  const practice = {
    id: uuid(2),
    localOn: '2026-11-24',
    slot: null,
    startedAt: AT,
    endedAt: null,
    painBefore: null,
    painAfter: null,
    effort: null,
    device: null,
  };
  it.each<[Record<string, unknown>, boolean]>([
    [{}, true],
    [{ painBefore: 0, painAfter: 10, effort: 5, slot: 1, endedAt: AT, device: 'phone' }, true],
    [{ painBefore: 11 }, false],
    [{ painAfter: -1 }, false],
    [{ effort: 2.5 }, false],
    [{ painBefore: undefined }, false],
    [{ slot: 0 }, false],
    [{ slot: 25 }, false],
    [{ endedAt: AT - 1 }, true],
    [{ localOn: '2026-02-30' }, false],
    [{ id: 'x' }, false],
    [{ startedAt: 0 }, true],
    [{ device: 'a\0' }, false],
  ])('%j: %s', (change, valid) => {
    expect(practiceSchema.safeParse({ ...practice, ...change }).success).toBe(valid);
  });
});

describe('logSchema', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['as prescribed', {}, true],
    ['pain 0', { pain: 0 }, true],
    ['pain 10', { pain: 10 }, true],
    ['pain 11', { pain: 11 }, false],
    ['pain left out', { pain: undefined }, false],
    ['quality −1', { quality: -1 }, false],
    ['without a practice', { practiceId: null }, true],
    ['partial with a reason', { state: 'partial', reason: 'tired' }, true],
    ['partial without one', { state: 'partial' }, true],
    ['done with a reason', { reason: 'tired' }, false],
    ['skipped with a reason', { state: 'skipped', reason: 'no_time', sets: [] }, true],
    ['skipped without one', { state: 'skipped', sets: [] }, false],
    ['skipped with sets', { state: 'skipped', reason: 'pain' }, false],
    ['another reason', { state: 'skipped', reason: 'lazy', sets: [] }, false],
    ['a comment of 1000', { comment: 'a'.repeat(1000) }, true],
    ['a comment of 1001', { comment: 'a'.repeat(1001) }, false],
    ['a comment with NUL', { comment: 'a\0b' }, false],
    ['an unknown zone', { performedTimeZone: 'Mars/Olympus' }, false],
    ['an id that is none', { id: 'x' }, false],
    ['a correction', { supersedesId: uuid(9), correctionReason: 'wrong hand' }, true],
    ['a correction without why', { supersedesId: uuid(9) }, false],
    ['why without a correction', { correctionReason: 'x' }, false],
    ['correcting itself', { supersedesId: uuid(1), correctionReason: 'x' }, false],
    ['a set not counted', { sets: [set({ reps: null })] }, true],
    ['no repetition at all', { sets: [set({ reps: 0 })] }, true],
    ['reps −1', { sets: [set({ reps: -1 })] }, false],
    ['reps 500', { sets: [set({ reps: 500, autoReps: 0 })] }, true],
    ['reps 501', { sets: [set({ reps: 501 })] }, false],
    ['501 counted by itself', { sets: [set({ autoReps: 501 })] }, false],
    ['holds of 0 and an hour', { sets: [set({ holdSeconds: [0, 3600] })] }, true],
    ['a longer hold', { sets: [set({ holdSeconds: [3601] })] }, false],
    ['a hold of −1', { sets: [set({ holdSeconds: [-1] })] }, false],
    ['counted by nobody', { sets: [{ ...set(), countedBy: 'camera' }] }, false],
    ['20 sets', { sets: Array.from({ length: 20 }, () => set()) }, true],
    ['21 sets', { sets: Array.from({ length: 21 }, () => set()) }, false],
  ])('%s: %s', (_, change, valid) => {
    expect(logSchema.safeParse({ ...quick(), ...change }).success).toBe(valid);
  });
});

describe('logDay', () => {
  it('is the day where it was performed', () => {
    const performedAt = Date.parse('2026-11-24T23:30:00Z');
    expect(logDay({ performedAt, performedTimeZone: 'Europe/Berlin' })).toBe('2026-11-25');
    expect(logDay({ performedAt, performedTimeZone: 'America/New_York' })).toBe('2026-11-24');
  });
});

describe('logFromPrescription', () => {
  it('claims the lower end of the range and leaves answers open', () => {
    const one = { reps: 8, holdSeconds: Array(8).fill(3), countedBy: 'hand', autoReps: null };
    expect(quick()).toEqual({
      id: uuid(1),
      practiceId: uuid(2),
      prescriptionId: uuid(3),
      lineageId: uuid(4),
      programVersionId: uuid(5),
      state: 'done',
      reason: null,
      performedAt: AT,
      performedTimeZone: 'Europe/Berlin',
      loadUsed: DOSE.load,
      pain: null,
      quality: null,
      comment: null,
      source: 'quick',
      supersedesId: null,
      correctionReason: null,
      sets: [one, one],
    });
  });
  it('has no hold and no load where none is prescribed', () => {
    const log = quick({ holdSeconds: 0, load: { kind: 'none', brand: null, level: null, kgf: null, percent: null } });
    expect(log.loadUsed).toBeNull();
    expect(log.sets.map(({ holdSeconds }) => holdSeconds)).toEqual([null, null]);
  });
  it('always parses', () => {
    const int = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(int(10), int(100), fc.integer({ min: 0, max: 600 }), (sets, reps, holdSeconds) => {
        const log = quick({ sets, repsMin: reps, repsMax: reps, holdSeconds });
        expect(logSchema.parse(log)).toEqual(log);
      }),
    );
  });
});

describe('correctionOf', () => {
  const change = { id: uuid(8), correctionReason: 'counted again', source: 'proxy' as const };
  it('takes the place of the log and keeps the rest', () => {
    const log = quick();
    expect(correctionOf(log, { ...change, values: { pain: 4 } })).toEqual({
      ...log,
      id: uuid(8),
      pain: 4,
      source: 'proxy',
      correctionReason: 'counted again',
      supersedesId: uuid(1),
    });
    expect(log.pain).toBeNull();
  });
  it('a correction to skipped has no sets, one to done no reason', () => {
    const skipped = correctionOf(quick(), { ...change, values: { state: 'skipped', reason: 'pain' } });
    expect(skipped).toMatchObject({ sets: [], reason: 'pain' });
    const done = correctionOf(skipped, { ...change, id: uuid(7), values: { state: 'done', sets: [set()] } });
    expect(done).toMatchObject({ reason: null, supersedesId: uuid(8), sets: [set()] });
    const partial = correctionOf(skipped, { ...change, id: uuid(7), values: { state: 'partial', sets: [set()] } });
    expect(partial).toMatchObject({ reason: 'pain', sets: [set()] });
    for (const log of [skipped, done, partial]) expect(logSchema.safeParse(log).success).toBe(true);
  });
  it('needs an id of its own', () => {
    expect(() => correctionOf(quick(), { ...change, id: uuid(1), values: {} })).toThrow(RangeError);
  });
});

describe('currentLogs', () => {
  const entry = (id: string, supersedesId: string | null = null) => ({ id, supersedesId });
  it.each([
    ['none corrected', [entry('a'), entry('b')], ['a', 'b']],
    ['one corrected', [entry('a'), entry('b'), entry('c', 'a')], ['b', 'c']],
    ['corrected twice', [entry('a'), entry('b', 'a'), entry('c', 'b')], ['c']],
    ['correction first', [entry('b', 'a'), entry('a')], ['b']],
    ['the corrected one is not here', [entry('b', 'a')], ['b']],
  ])('%s', (_, logs, ids) => {
    expect(currentLogs(logs).map(({ id }) => id)).toEqual(ids);
  });
  it('of a chain only the last is left, in any order', () => {
    const chain = (length: number) => Array.from({ length }, (_, i) => entry(`${i}`, i === 0 ? null : `${i - 1}`));
    const shuffled = fc
      .integer({ min: 1, max: 12 })
      .chain((length) => fc.shuffledSubarray(chain(length), { minLength: length }));
    fc.assert(
      fc.property(shuffled, (logs) => {
        expect(currentLogs(logs).map(({ id }) => id)).toEqual([`${logs.length - 1}`]);
        expect(currentLogs(currentLogs(logs))).toEqual(currentLogs(logs));
      }),
    );
  });
});

describe('trend', () => {
  const log = (n: number, more: Partial<TrendLog> = {}): TrendLog => ({
    id: uuid(n),
    supersedesId: null,
    lineageId: 'glides',
    performedAt: AT + n,
    versionNumber: 1,
    state: 'done',
    pain: null,
    sets: [set()],
    ...more,
  });
  const values = (logs: TrendLog[], measure: 'reps' | 'hold' | 'pain') =>
    trend(logs)[0]?.[measure].map(({ value }) => value);

  it('one line across versions, in the order performed', () => {
    expect(trend([log(2, { versionNumber: 2, pain: 3 }), log(1, { pain: 0 })])).toEqual([
      {
        lineageId: 'glides',
        reps: [
          { atMs: AT + 1, versionNumber: 1, value: 10 },
          { atMs: AT + 2, versionNumber: 2, value: 10 },
        ],
        hold: [
          { atMs: AT + 1, versionNumber: 1, value: null },
          { atMs: AT + 2, versionNumber: 2, value: null },
        ],
        pain: [
          { atMs: AT + 1, versionNumber: 1, value: 0 },
          { atMs: AT + 2, versionNumber: 2, value: 3 },
        ],
      },
    ]);
  });
  it.each<[string, Partial<TrendLog>, number | null]>([
    ['sets add up', { sets: [set({ reps: 8 }), set({ reps: 7 })] }, 15],
    ['a known zero stays', { sets: [set({ reps: 0 })] }, 0],
    ['an unknown set makes it unknown', { sets: [set({ reps: 8 }), set({ reps: null })] }, null],
    ['unknown first as well', { sets: [set({ reps: null }), set({ reps: 8 })] }, null],
    ['no sets', { sets: [] }, null],
    ['skipped', { state: 'skipped' }, null],
  ])('repetitions: %s', (_, change, value) => {
    expect(values([log(1, change)], 'reps')).toEqual([value]);
  });
  it.each<[string, Partial<TrendLog>, number | null]>([
    ['over all holds', { sets: [set({ holdSeconds: [2, 4] }), set({ holdSeconds: [9] })] }, 5],
    ['over those known', { sets: [set({ holdSeconds: [4] }), set()] }, 4],
    ['a hold of 0 counts', { sets: [set({ holdSeconds: [0, 4] })] }, 2],
    ['none known', { sets: [set(), set({ holdSeconds: [] })] }, null],
    ['skipped', { state: 'skipped', sets: [set({ holdSeconds: [4] })] }, null],
  ])('mean hold: %s', (_, change, value) => {
    expect(values([log(1, change)], 'hold')).toEqual([value]);
  });
  it('pain of a skipped exercise is kept, an open answer is a gap', () => {
    expect(values([log(1, { state: 'skipped', pain: 6 }), log(2)], 'pain')).toEqual([6, null]);
  });
  it('shows corrections only, and ties by id', () => {
    const logs = [
      log(3, { supersedesId: uuid(1), performedAt: AT, pain: 2 }),
      log(1),
      log(2, { performedAt: AT, pain: 1 }),
    ];
    expect(values(logs, 'pain')).toEqual([1, 2]);
    expect(values(logs.toReversed(), 'pain')).toEqual([1, 2]);
  });
  it('each lineage has its own line', () => {
    const logs = [log(2, { lineageId: 'putty' }), log(1), log(3, { lineageId: 'putty' })];
    expect(trend(logs).map(({ lineageId, reps }) => [lineageId, reps.length])).toEqual([
      ['glides', 1],
      ['putty', 2],
    ]);
  });
});

describe('baselinePain', () => {
  const practices = (answers: (number | null)[]) => answers.map((painBefore, i) => ({ startedAt: AT + i, painBefore }));
  it.each<[(number | null)[], number | null]>([
    [[], null],
    [[null, null], null],
    [[3], 3],
    [[0], 0],
    [[2, 4], 2],
    [[4, 2], 2],
    [[1, 5, 2], 2],
    [[1, null, 3, null, 2], 2],
    [[9, 9, 9, 1, 2, 3, 4, 5], 3],
    [[9, 1, 2, 3, 4], 3],
    [[1, 2, 3, 4], 2],
    [[0, 1, 1, 1, 9, 9], 1],
    [[10, 9, 2, 1, 0], 2],
  ])('%j has a baseline of %s', (answers, baseline) => {
    expect(baselinePain(practices(answers), AT + 100)).toBe(baseline);
    expect(baselinePain(practices(answers).toReversed(), AT + 100)).toBe(baseline);
  });
  it('takes nothing of the sitting itself, nor of later ones', () => {
    const answers = practices([1, 4, 9, 9]);
    expect(baselinePain(answers, AT + 2)).toBe(1);
    expect(baselinePain(answers, AT + 1)).toBe(1);
    expect(baselinePain(answers, AT)).toBeNull();
  });
  it('takes nothing of more than thirty days before', () => {
    const answers = [{ startedAt: AT, painBefore: 5 }];
    expect(baselinePain(answers, AT + 30 * 24 * 3_600_000)).toBe(5);
    expect(baselinePain(answers, AT + 30 * 24 * 3_600_000 + 1)).toBeNull();
  });
  it('is one of the last five answers', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 10 })), { maxLength: 20 }), (answers) => {
        const last = answers.filter((answer) => answer !== null).slice(-5);
        expect(last.length === 0 ? [null] : last).toContain(baselinePain(practices(answers), AT + 100));
      }),
    );
  });
});
