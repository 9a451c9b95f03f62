import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#domain/time/local-day';
import { filmedBy, inForceOn, plannedThen } from './in-force';
import { dayState } from './schedule';

const DAY = '2026-11-20';
const perDay = (times: number) => ({ v: 1 as const, kind: 'per_day' as const, times, days: null });
const version = (number: number, effectiveFromOn: string, times = 1, programId = 'p') => ({
  ...{ programId, number, effectiveFromOn },
  prescriptions: [{ lineageId: 'fist', schedule: perDay(times), fromOn: null, untilOn: null }],
});
const log = (localOn: string, slot: number | null) => ({
  ...{ lineageId: 'fist', localOn, slot },
  ...{ state: 'done' as const, performedAt: 0 },
});

describe('what was in force on a day', () => {
  it.each([
    ['before the program began, nothing', '2026-11-09', []],
    ['on its first day, the first version', '2026-11-10', [1]],
    ['between two, the earlier', '2026-11-19', [1]],
    ['on a day on which two began, the later', '2026-11-20', [3]],
    ['ever since, the last', '2027-01-01', [3]],
  ])('%s', (_, day, numbers) => {
    const versions = [version(3, DAY), version(1, '2026-11-10'), version(2, DAY)];
    expect(inForceOn(versions, day).map(({ number }) => number)).toEqual(numbers);
  });

  it('is one version of each program, none that begins later, and none newer had begun', () => {
    const one = fc.record({ programId: fc.constantFrom('p', 'q'), number: fc.nat(20), ago: fc.nat(30) });
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: (v) => `${v.programId}${v.number}` }), fc.nat(40), (made, back) => {
        const versions = made.map(({ ago, ...rest }) => ({ ...rest, effectiveFromOn: addDays(DAY, -ago) }));
        const day = addDays(DAY, -back);
        const held = inForceOn(versions, day);
        expect(new Set(held.map(({ programId }) => programId)).size).toBe(held.length);
        const begun = versions.filter(({ effectiveFromOn }) => effectiveFromOn <= day);
        for (const other of begun)
          expect(held.some((v) => v.programId === other.programId && v.number >= other.number)).toBe(true);
        expect(held.every((v) => begun.includes(v))).toBe(true);
      }),
    );
  });
});

describe('days that were done before a program was changed', () => {
  const versions = [version(1, '2026-11-10', 1), version(2, DAY, 3)];
  const state = (day: string, logs: ReturnType<typeof log>[]) =>
    dayState({ day, today: addDays(DAY, 1), planned: plannedThen(versions, day), logs });

  it('stay done when three sittings a day are asked from today on', () => {
    expect(state('2026-11-19', [log('2026-11-19', 1)])).toBe('done');
    expect(state(DAY, [log(DAY, 1)])).toBe('partly');
    expect(state(DAY, [log(DAY, 1), log(DAY, 2), log(DAY, 3)])).toBe('done');
  });

  it('count two logs of one slot as one sitting', () => {
    const twice = version(1, '2026-11-10', 2);
    const planned = plannedThen([twice], DAY);
    const today = addDays(DAY, 1);
    expect(dayState({ day: DAY, today, planned, logs: [log(DAY, 1), log(DAY, 1)] })).toBe('partly');
    expect(dayState({ day: DAY, today, planned, logs: [log(DAY, 1), log(DAY, 2)] })).toBe('done');
  });
});

describe('what a clip was filmed by', () => {
  const dosed = (programVersionId: string, publishedAt: number | null) => ({ programVersionId, publishedAt });
  const versions = [dosed('one', 100), dosed('two', 200), dosed('three', 300)];
  it.each([
    ['the version that the device had, though a newer one stood', 'one', 250, 'one'],
    ['the newest by then, where the device did not say', null, 250, 'two'],
    ['the newest by then, where it names what is not of this exercise', 'other', 199, 'one'],
    ['nothing, where it was not prescribed yet', null, 50, undefined],
  ])('is %s', (_, programVersionId, atMs, found) => {
    expect(filmedBy(versions, { programVersionId, atMs })?.programVersionId).toBe(found);
  });
});
