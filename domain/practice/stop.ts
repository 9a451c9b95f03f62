import type { Righted } from '#domain/time/device-clock';
import { MINUTE_MS } from '#domain/time/duration';
import type { LocalDay } from '#domain/time/local-day';
import type { PainHistory } from './judgement';
import { baselinePain } from './log';
import { hasSettled, type PainAnswer } from './pain-policy';

/**
 * What a pain or red-flag answer forbids. `lineageId` null = everything. Red: pain of one day, which a later morning may
 * end; urgent: a clinic alone ends it. Times in epoch ms; `saidOn` in the patient's time zone.
 */
export type Stop = {
  lineageId: string | null;
  severity: 'red' | 'urgent';
  /** The rule that fired, or `it_hurts`. */
  rule: string;
  saidAt: number;
  saidOn: LocalDay;
};

/** What was said about one exercise, or about the hand (`lineageId` null), and what it meant. */
export type Judged = { zone: PainAnswer['zone']; rule: string; lineageId: string | null };

/**
 * The stop that an answer makes, or null. Red forbids the exercise that it was said of until the next day at least;
 * urgent, and every red-flag answer, forbids everything. Defaults of this project, not recommendations.
 */
export function stopFor({ zone, rule, lineageId }: Judged): Pick<Stop, 'lineageId' | 'severity' | 'rule'> | null {
  if (zone === 'urgent') return { lineageId: null, severity: 'urgent', rule };
  return zone === 'red' ? { lineageId, severity: 'red', rule } : null;
}

/** A pain said before any practice of a day: in the morning check, or before a sitting. */
export type MorningPain = { localOn: LocalDay; saidAt: number; pain: number | null };

/** The first answer of each day; what is said later that day does not take its place. */
function firstOfDays(mornings: readonly MorningPain[]): MorningPain[] {
  const first = new Map<LocalDay, MorningPain>();
  for (const one of mornings) {
    const known = first.get(one.localOn);
    if (one.pain !== null && (!known || one.saidAt < known.saidAt)) first.set(one.localOn, one);
  }
  return [...first.values()];
}

/**
 * The morning that ended a red stop, or null where it holds: the first pain said on a later day, below amber and less
 * than 2 over the usual (`hasSettled`). No answer holds it; an urgent stop is never ended by an answer.
 */
export function endedByMorning(
  stop: Pick<Stop, 'severity' | 'saidOn'>,
  mornings: readonly MorningPain[],
  { policy, painsBefore }: PainHistory,
): MorningPain | null {
  if (stop.severity === 'urgent') return null;
  const later = firstOfDays(mornings).filter(({ localOn }) => localOn > stop.saidOn);
  const settled = later.filter(
    ({ pain, saidAt }) =>
      hasSettled({ morningPain: pain, baseline: baselinePain(painsBefore, saidAt), policy }) === true,
  );
  return settled.sort((a, b) => a.saidAt - b.saidAt)[0] ?? null;
}

/** How long "It was a slip" frees what was stopped: later, somebody may have practised by what it said, or not. */
const SLIP_MS = 10 * MINUTE_MS;

/** Whether what was said at `saidAt` can still be taken back so that it stops nothing. */
export function isSlipInTime(saidAt: number, takenBackAt: number): boolean {
  return takenBackAt >= saidAt && takenBackAt - saidAt <= SLIP_MS;
}

/**
 * The same where times were put right: what arrives late from a clock that cannot be true has the time of its arrival, and
 * then the device's own clock says what lay between.
 */
export function isSlipOf(said: Righted, takenBack: Righted): boolean {
  if (!isSlipInTime(said.at, takenBack.at)) return false;
  return said.deviceAt === null || takenBack.deviceAt === null || isSlipInTime(said.deviceAt, takenBack.deviceAt);
}

/** The stop that forbids this exercise, the most severe and then the earliest; null where nothing does. */
export function stopOn<S extends Stop>(lineageId: string | null, stops: readonly S[]): S | null {
  const holding = stops.filter((stop) => stop.lineageId === null || stop.lineageId === lineageId);
  const rank = ({ severity }: S) => (severity === 'urgent' ? 0 : 1);
  return [...holding].sort((a, b) => rank(a) - rank(b) || a.saidAt - b.saidAt)[0] ?? null;
}
