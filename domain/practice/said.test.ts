import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import type { PackStop } from './day-pack';
import { DEFAULT_PAIN_POLICY } from './pain-policy';
import { type Amended, asksForMorning, heldStops, type Said, type SaidHere } from './said';

const AT = Date.parse('2026-11-24T10:00:00Z');
const A = '019a0000-0000-7000-8000-00000000000a';

const patient = { id: 'p', name: 'Ana', operatesWith: 'left' as const, timeZone: 'Europe/Lisbon' };
const pack = (stops: PackStop[] = []) => ({
  patient,
  stops,
  mornings: [],
  painsBefore: [],
  painPolicy: DEFAULT_PAIN_POLICY,
});
const known = (over: Partial<PackStop> = {}): PackStop => ({
  id: 'stop',
  sourceId: 'log-1',
  sourceKind: 'log',
  lineageId: A,
  severity: 'red',
  rule: 'red_from',
  pain: 7,
  redFlags: null,
  saidAt: AT,
  saidOn: '2026-11-24',
  liftedAt: null,
  ...over,
});
const said = (over: Partial<Said> = {}): Said => ({
  sourceId: 'log-1',
  sourceKind: 'log',
  lineageId: A,
  zone: 'red',
  rule: 'pain',
  pain: 7,
  redFlags: null,
  saidAt: AT,
  ...over,
});
const here = (over: Partial<SaidHere> = {}): SaidHere => ({
  said: [],
  amended: [],
  painsBefore: [],
  mornings: [],
  ...over,
});
const slip = (later: number): Amended => ({ kind: 'slip', sourceId: 'log-1', saidAt: AT + later });

describe('what is held on a device', () => {
  it('is what was said here, before the clinic knows of it', () => {
    expect(heldStops(pack(), here({ said: [said()] }))).toMatchObject([
      { lineageId: A, severity: 'red', isKnown: false, saidOn: '2026-11-24' },
    ]);
    expect(heldStops(pack(), here({ said: [said({ zone: 'amber' })] }))).toEqual([]);
  });

  it('is once what both know, as the clinic has it: lifted there, it is free here', () => {
    expect(heldStops(pack([known()]), here({ said: [said()] }))).toMatchObject([{ isKnown: true }]);
    expect(heldStops(pack([known({ liftedAt: AT + 1 })]), here({ said: [said()] }))).toEqual([]);
  });

  it.each([
    [10 * MINUTE_MS, 0],
    [10 * MINUTE_MS + 1, 1],
  ])('is freed by a slip in time, here as at the clinic: %i ms later, %i held', (later, n) => {
    expect(heldStops(pack(), here({ said: [said()], amended: [slip(later)] }))).toHaveLength(n);
    expect(heldStops(pack([known()]), here({ amended: [slip(later)] }))).toHaveLength(n);
  });

  it('becomes everything when the number that followed "It hurts" is urgent', () => {
    const worse: Amended = { kind: 'pain', sourceId: 'log-1', saidAt: AT + 1, pain: 9, zone: 'urgent' };
    const hurts = said({ sourceKind: 'symptom_check', rule: 'it_hurts', pain: null });
    const all = { lineageId: null, severity: 'urgent', pain: 9 };
    expect(heldStops(pack(), here({ said: [hurts], amended: [worse] }))).toMatchObject([all]);
    expect(heldStops(pack([known({ pain: null })]), here({ amended: [worse] }))).toContainEqual(
      expect.objectContaining(all),
    );
    const milder: Amended = { ...worse, pain: 1, zone: 'green' };
    expect(heldStops(pack(), here({ said: [hurts], amended: [milder] }))).toMatchObject([{ severity: 'red', pain: 1 }]);
  });

  it('ends by a morning that was said here, without a line', () => {
    const settled = { localOn: '2026-11-25', saidAt: AT + DAY_MS, pain: 1 };
    expect(heldStops(pack([known()]), here({ mornings: [settled] }))).toEqual([]);
    const practised = { startedAt: AT + DAY_MS, painBefore: 1 };
    expect(heldStops(pack([known()]), here({ painsBefore: [practised] }))).toEqual([]);
    expect(heldStops(pack([known({ severity: 'urgent' })]), here({ mornings: [settled] }))).toHaveLength(1);
  });
});

describe('the question of the morning', () => {
  const stop = { lineageId: A, severity: 'red' as const, rule: 'r', saidAt: AT, saidOn: '2026-11-24' };
  it.each<[string, Parameters<typeof asksForMorning>, boolean]>([
    ['nothing is stopped', [[], [], '2026-11-25'], false],
    ['stopped today', [[stop], [], '2026-11-24'], false],
    ['stopped yesterday', [[stop], [], '2026-11-25'], true],
    ['only the clinic can end it', [[{ ...stop, severity: 'urgent' }], [], '2026-11-25'], false],
    ['said already today', [[stop], [{ localOn: '2026-11-25', saidAt: AT, pain: 4 }], '2026-11-25'], false],
    ['"No answer" today', [[stop], [{ localOn: '2026-11-25', saidAt: AT, pain: null }], '2026-11-25'], true],
  ])('%s', (_what, asked, asks) => {
    expect(asksForMorning(...asked)).toBe(asks);
  });
});
