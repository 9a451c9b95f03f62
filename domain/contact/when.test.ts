import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { wallTime } from '#domain/time/wall-time';
import { contactChoicesSchema, DEFAULT_CHOICES, isWanted } from './choices';
import { GROUPS, isOptional } from './kinds';
import { isOver, retryAfterMs } from './retry';
import { BUNDLE_MS, DIGEST_MINUTES, isQuiet, type Planned, sendAt } from './when';

const at = (text: string) => Date.parse(text);
const news = {
  group: 'answers',
  isUrgent: false,
  isTimed: false,
  choices: DEFAULT_CHOICES,
  timeZone: 'Europe/London',
  bundleAt: null,
} as const satisfies Omit<Planned, 'nowMs'>;
const morning = { ...DEFAULT_CHOICES, digest: 'morning' as const };
const awake = { quietFrom: 0, quietUntil: 0, digest: 'none' as const };

describe('when news leaves', () => {
  it.each<[string, Partial<Planned> & { now: string }, string]>([
    ['by day, five minutes for others to join', { now: '2026-11-24T10:00:00Z' }, '2026-11-24T10:05:00Z'],
    [
      'joins what goes earlier',
      { now: '2026-11-24T10:03:00Z', bundleAt: at('2026-11-24T10:05:00Z') },
      '2026-11-24T10:05:00Z',
    ],
    [
      'does not wait for what goes much later',
      { now: '2026-11-24T10:00:00Z', bundleAt: at('2026-11-25T08:00:00Z') },
      '2026-11-24T10:05:00Z',
    ],
    ['in the evening, the next morning', { now: '2026-11-24T21:30:00Z' }, '2026-11-25T08:00:00Z'],
    ['at night, the same morning', { now: '2026-11-24T03:00:00Z' }, '2026-11-24T08:00:00Z'],
    ['in the last minutes before the quiet, the next morning', { now: '2026-11-24T20:56:00Z' }, '2026-11-25T08:00:00Z'],
    [
      'at night and urgent, at once',
      { now: '2026-11-24T03:00:00Z', isUrgent: true, group: 'safety' },
      '2026-11-24T03:00:00Z',
    ],
    [
      'urgent joins nothing',
      { now: '2026-11-24T10:00:00Z', isUrgent: true, bundleAt: at('2026-11-24T10:04:00Z') },
      '2026-11-24T10:00:00Z',
    ],
    [
      'of its minute, at once, also at night and before a digest',
      { now: '2026-11-24T03:00:00Z', isTimed: true, group: 'reminders', choices: morning },
      '2026-11-24T03:00:00Z',
    ],
    ['a digest, the next morning', { now: '2026-11-24T10:00:00Z', choices: morning }, '2026-11-25T08:00:00Z'],
    [
      'a digest and quiet until nine, at nine',
      { now: '2026-11-24T10:00:00Z', choices: { ...morning, quietUntil: 540 } },
      '2026-11-25T09:00:00Z',
    ],
    [
      'safety waits for no digest',
      { now: '2026-11-24T10:00:00Z', group: 'safety', choices: morning },
      '2026-11-24T10:05:00Z',
    ],
    [
      'in Kathmandu, by its quarters of an hour',
      { now: '2026-11-24T17:00:00Z', timeZone: 'Asia/Kathmandu' },
      '2026-11-25T02:15:00Z',
    ],
    [
      'in Adelaide, by its half hours',
      { now: '2026-11-24T12:00:00Z', timeZone: 'Australia/Adelaide' },
      '2026-11-24T21:30:00Z',
    ],
    ['as summer ends, by the clock on the wall', { now: '2026-10-24T22:00:00Z' }, '2026-10-25T08:00:00Z'],
    ['as summer begins, by the clock on the wall', { now: '2026-03-28T22:00:00Z' }, '2026-03-29T07:00:00Z'],
    [
      'quiet until an hour that is skipped',
      { now: '2026-03-28T22:00:00Z', choices: { ...DEFAULT_CHOICES, quietUntil: 90 } },
      '2026-03-29T01:30:00Z',
    ],
    [
      'quiet until an hour that comes twice, in its second',
      { now: '2026-10-25T01:10:00Z', choices: { ...DEFAULT_CHOICES, quietUntil: 90 } },
      '2026-10-25T01:30:00Z',
    ],
    ['no quiet hours', { now: '2026-11-24T03:00:00Z', choices: awake }, '2026-11-24T03:05:00Z'],
  ])('%s', (_what, { now, ...over }, expected) => {
    expect(new Date(sendAt({ ...news, ...over, nowMs: at(now) })).toISOString()).toBe(new Date(expected).toISOString());
  });

  const zone = fc.constantFrom(
    'Europe/London',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Pacific/Apia',
    'UTC',
  );
  const minutes = fc.integer({ min: 0, max: 1439 });
  const anyNews = fc.record({
    nowMs: fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
    group: fc.constantFrom(...GROUPS),
    choices: fc.record({
      quietFrom: minutes,
      quietUntil: minutes,
      digest: fc.constantFrom('none' as const, 'morning' as const),
    }),
    timeZone: zone,
    bundleIn: fc.option(fc.integer({ min: 0, max: DAY_MS }), { nil: null }),
  });

  it('never in quiet hours, never before it is news, within two days', () => {
    fc.assert(
      fc.property(anyNews, ({ bundleIn, ...asked }) => {
        const bundleAt = bundleIn === null ? null : asked.nowMs + bundleIn;
        const sent = sendAt({ ...asked, isUrgent: false, isTimed: false, bundleAt });
        expect(sent).toBeGreaterThanOrEqual(asked.nowMs);
        expect(sent).toBeLessThanOrEqual(asked.nowMs + 2 * DAY_MS + 2 * HOUR_MS);
        expect(isQuiet(wallTime(sent, asked.timeZone).minutes, asked.choices)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('urgent: always now, whatever was chosen', () => {
    fc.assert(
      fc.property(anyNews, ({ bundleIn, ...asked }) => {
        const bundleAt = bundleIn === null ? null : asked.nowMs + bundleIn;
        expect(sendAt({ ...asked, isUrgent: true, isTimed: false, bundleAt })).toBe(asked.nowMs);
      }),
    );
  });

  it('without digest and quiet hours within five minutes, and what comes meanwhile at the same instant', () => {
    fc.assert(
      fc.property(anyNews, fc.integer({ min: 0, max: BUNDLE_MS }), ({ nowMs, timeZone, group }, laterMs) => {
        const asked = { group, timeZone, choices: awake, isUrgent: false, isTimed: false };
        const first = sendAt({ ...asked, nowMs, bundleAt: null });
        expect(first).toBe(nowMs + BUNDLE_MS);
        expect(sendAt({ ...asked, nowMs: nowMs + laterMs, bundleAt: first })).toBe(first);
      }),
    );
  });

  it('a digest shows its time on the wall, or the end of the quiet', () => {
    fc.assert(
      fc.property(anyNews, ({ nowMs, timeZone }) => {
        const sent = sendAt({ ...news, nowMs, timeZone, choices: { ...awake, digest: 'morning' } });
        expect(wallTime(sent, timeZone).minutes).toBe(DIGEST_MINUTES);
      }),
    );
  });
});

describe('what is tried again', () => {
  it('waits longer each time, urgent news never more than a minute', () => {
    const waits = (isUrgent: boolean) => [1, 2, 3, 4, 5, 30].map((attempts) => retryAfterMs(attempts, isUrgent) / 1000);
    expect(waits(true)).toEqual([10, 20, 40, 60, 60, 60]);
    expect(waits(false)).toEqual([30, 60, 120, 240, 480, 3600]);
  });

  it('is given up after three days', () => {
    expect(isOver(0, 3 * DAY_MS - 1)).toBe(false);
    expect(isOver(0, 3 * DAY_MS)).toBe(true);
  });
});

describe('choices', () => {
  it('turn off what may be, and safety never', () => {
    for (const group of GROUPS) {
      const parsed = contactChoicesSchema.safeParse({ ...DEFAULT_CHOICES, emailOff: [group] });
      expect(parsed.success).toBe(isOptional(group));
      expect(isWanted(group, { emailOff: [group] })).toBe(!isOptional(group));
    }
  });

  it.each([
    { quietFrom: 1440 },
    { quietUntil: -1 },
    { quietFrom: 7.5 },
    { timeZone: 'Mars/Olympus' },
    { timeZone: '+02:00' },
    { digest: 'hourly' },
    { smsPhone: 'no number' },
    { emailOff: ['all'] },
  ])('refuses %o', (wrong) => {
    expect(contactChoicesSchema.safeParse({ ...DEFAULT_CHOICES, ...wrong }).success).toBe(false);
  });
});
