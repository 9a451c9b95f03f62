import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#domain/time/duration';
import { dayLogs, type LogHere, loggedLately } from './day-logs';

const AT = Date.UTC(2026, 10, 24, 9);
const log = (id: string, more: Partial<LogHere> = {}): LogHere => ({
  ...{ id, lineageId: 'fist', localOn: '2026-11-24', slot: 1, state: 'done', performedAt: AT, pain: 2 },
  ...{ supersedesId: null, ...more },
});
const ids = (logs: readonly { id: string }[]) => logs.map(({ id }) => id);

describe('the logs of a day', () => {
  it('are those of the pack and of this device, each once', () => {
    expect(ids(dayLogs([log('a')], { logs: [log('a'), log('b')], removed: [] }))).toEqual(['a', 'b']);
  });

  it('are without what was removed on this device, before its clinic knows', () => {
    expect(ids(dayLogs([log('a'), log('b')], { logs: [log('c')], removed: ['a', 'c'] }))).toEqual(['b']);
  });

  it('hold a correction in the place of its log, for the same planned sitting', () => {
    const corrected = log('c', { supersedesId: 'b', slot: null, state: 'skipped' });
    const again = log('d', { supersedesId: 'c', slot: null, state: 'partial' });
    const logs = dayLogs([log('a', { slot: 1 }), log('b', { slot: 2 })], { logs: [corrected, again], removed: [] });
    expect(logs.map(({ id, slot, state }) => [id, slot, state])).toEqual([
      ['d', 2, 'partial'],
      ['a', 1, 'done'],
    ]);
  });
});

describe('a second log of the same exercise', () => {
  const asked = { lineageId: 'fist', atMs: AT };
  it.each([
    ['minutes after the first', log('a', { performedAt: AT - 3 * MINUTE_MS }), true],
    ['minutes before one that came late', log('a', { performedAt: AT + 15 * MINUTE_MS }), true],
    ['long after', log('a', { performedAt: AT - 16 * MINUTE_MS }), false],
    ['after one that was skipped', log('a', { state: 'skipped' }), false],
    ['after one of another exercise', log('a', { lineageId: 'glide' }), false],
  ])('%s', (_, before, isAsked) => {
    expect(loggedLately([before], asked) !== null).toBe(isAsked);
  });

  it('is held against the nearest', () => {
    const near = log('near', { performedAt: AT - MINUTE_MS });
    expect(loggedLately([log('far', { performedAt: AT - 9 * MINUTE_MS }), near], asked)).toBe(near);
  });
});
