import * as z from 'zod/mini';
import { idSchema, proseSchema, wholeNumber } from '#domain/input/fields';
import type { Dose } from '#domain/program/dose';
import { loadSchema } from '#domain/program/load';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';
import { DAY_MS } from '#domain/time/duration';
import { type LocalDay, localDay, localDaySchema, timeZoneSchema } from '#domain/time/local-day';
import { zoneSchema } from './pain-policy';

/** 0–10; null = not answered. */
export const answerSchema = z.nullable(wholeNumber(0, 10));

export const SKIP_REASONS = ['pain', 'tired', 'no_time', 'no_equipment', 'unsure_how', 'other'] as const;
const skipReasonSchema = z.enum(SKIP_REASONS);
export type SkipReason = z.infer<typeof skipReasonSchema>;

/**
 * One sitting, as the client sends it; the server adds owner and receipt. An end before its start comes of a clock that was
 * set back: how long it took is not known then.
 */
export const practiceSchema = z.object({
  id: idSchema,
  localOn: localDaySchema,
  slot: z.nullable(wholeNumber(1, 24)),
  startedAt: deviceMsSchema,
  endedAt: z.nullable(deviceMsSchema),
  painBefore: answerSchema,
  painAfter: answerSchema,
  effort: answerSchema,
  device: z.nullable(proseSchema(200)),
});
export type Practice = z.infer<typeof practiceSchema>;

/** One set; its number is its place. `holdSeconds` holds one entry per hold; null = not known, never 0. */
export const logSetSchema = z.object({
  reps: z.nullable(wholeNumber(0, 500)),
  holdSeconds: z.nullable(z.array(z.number().check(z.gte(0), z.lte(3600))).check(z.maxLength(500))),
  countedBy: z.enum(['tempo', 'tap', 'timer', 'hand']),
  /** What the machine had counted before a person corrected it. */
  autoReps: z.nullable(wholeNumber(0, 500)),
});
export type LogSet = z.infer<typeof logSetSchema>;

const loadUsedSchema = loadSchema;
export type LoadUsed = z.infer<typeof loadUsedSchema>;

/** What the device told the person that their pain means, by which version of the clinic's policy. */
export const shownSchema = z.object({ zone: zoneSchema, policyVersion: wholeNumber(1, 100_000) });
export type Shown = z.infer<typeof shownSchema>;

/** One performance of one prescription, as the client sends it. A correction names the log it supersedes and says why. */
export const logSchema = z
  .object({
    id: idSchema,
    practiceId: z.nullable(idSchema),
    prescriptionId: idSchema,
    lineageId: idSchema,
    programVersionId: idSchema,
    state: z.enum(['done', 'partial', 'skipped']),
    /** Why it was skipped or only partly done. */
    reason: z.nullable(skipReasonSchema),
    performedAt: deviceMsSchema,
    performedTimeZone: timeZoneSchema,
    loadUsed: z.nullable(loadUsedSchema),
    pain: answerSchema,
    quality: answerSchema,
    comment: z.nullable(proseSchema(1000)),
    source: z.enum(['player', 'quick', 'visit', 'proxy']),
    supersedesId: z.nullable(idSchema),
    correctionReason: z.nullable(proseSchema(300)),
    sets: z.array(logSetSchema).check(z.maxLength(20)),
    /** When it was entered, which may be later than it was done. Devices of earlier builds do not say, nor what they showed. */
    saidAt: z.optional(deviceMsSchema),
    shown: z.optional(shownSchema),
  })
  .check(
    z.refine(({ state, reason }) => state !== 'skipped' || reason !== null, { path: ['reason'] }),
    z.refine(({ state, reason }) => state !== 'done' || reason === null, { path: ['reason'] }),
    z.refine(({ state, sets }) => state !== 'skipped' || sets.length === 0, { path: ['sets'] }),
    z.refine(({ id, supersedesId }) => id !== supersedesId, { path: ['supersedesId'] }),
    z.refine(({ supersedesId, correctionReason }) => (supersedesId === null) === (correctionReason === null), {
      path: ['correctionReason'],
    }),
  );
export type Log = z.infer<typeof logSchema>;

/** The local day a log belongs to: where and when it was performed, however late it arrives. */
export function logDay(log: Pick<Log, 'performedAt' | 'performedTimeZone'>): LocalDay {
  return localDay(log.performedAt, log.performedTimeZone);
}

/** What "as prescribed" means, set by set: of a range of repetitions the lower end. */
export function prescribedSets({
  sets,
  repsMin,
  holdSeconds,
}: Pick<Dose, 'sets' | 'repsMin' | 'holdSeconds'>): LogSet[] {
  return Array.from({ length: sets }, () => ({
    reps: repsMin,
    holdSeconds: holdSeconds === 0 ? null : Array.from({ length: repsMin }, () => holdSeconds),
    countedBy: 'hand',
    autoReps: null,
  }));
}

/**
 * The "Done as prescribed" log. With a range of repetitions it claims the lower end only, so that a quick log never
 * counts as more than was asked. Pain and quality stay unanswered.
 */
export function logFromPrescription(input: {
  id: string;
  practiceId: string | null;
  prescription: { id: string; lineageId: string; programVersionId: string; dose: Dose };
  performedAt: number;
  performedTimeZone: string;
  source: Log['source'];
}): Log {
  const { prescription, ...given } = input;
  const { load } = prescription.dose;
  return {
    ...given,
    prescriptionId: prescription.id,
    lineageId: prescription.lineageId,
    programVersionId: prescription.programVersionId,
    state: 'done',
    reason: null,
    loadUsed: load.kind === 'none' ? null : load,
    pain: null,
    quality: null,
    comment: null,
    supersedesId: null,
    correctionReason: null,
    sets: prescribedSets(prescription.dose),
  };
}

/** Why a log was corrected, where somebody pressed "It was a slip": shown in the reader's words. */
export const SLIP = 'slip';

export type LogCorrection = {
  id: string;
  correctionReason: string;
  source: Log['source'];
  values: Partial<
    Pick<
      Log,
      | 'state'
      | 'reason'
      | 'performedAt'
      | 'performedTimeZone'
      | 'loadUsed'
      | 'pain'
      | 'quality'
      | 'comment'
      | 'sets'
      | 'saidAt'
      | 'shown'
    >
  >;
};

/**
 * The log that takes another's place: same prescription and practice, `values` changed, the rest kept. Changing to
 * "skipped" drops the sets, changing to "done" the reason. The old row stays. Throws RangeError when the id is not new.
 */
export function correctionOf(log: Log, change: LogCorrection): Log {
  const { id, correctionReason, source, values } = change;
  if (id === log.id) throw new RangeError('A correction needs an id of its own');
  const next = { ...log, ...values, id, source, correctionReason, supersedesId: log.id };
  if (next.state === 'skipped') return { ...next, sets: [] };
  return next.state === 'done' ? { ...next, reason: null } : next;
}

/** Why a log was corrected, chosen from a list; earlier builds sent words of one's own. */
export const CORRECTION_REASONS = ['mistyped', 'remembered', 'other'] as const;

/** Why a log was removed: `undone` = taken back by the bar that follows Save. */
export const REMOVAL_REASONS = ['not_done', 'twice', 'wrong_exercise', 'wrong_day', 'other', 'undone'] as const;
export type RemovalReason = (typeof REMOVAL_REASONS)[number];

/** A log that was made by mistake, as the device sends it: the row stays and counts nowhere. `saidAt`: on the device. */
export const removeLogSchema = z.object({
  opId: idSchema,
  logId: idSchema,
  reason: z.enum(REMOVAL_REASONS),
  saidAt: deviceMsSchema,
  clock: z.optional(deviceClockSchema),
});
export type RemoveLog = z.infer<typeof removeLogSchema>;

/** The logs no other log supersedes, in their order. */
export function currentLogs<L extends Pick<Log, 'id' | 'supersedesId'>>(logs: readonly L[]): L[] {
  const superseded = new Set(logs.map(({ supersedesId }) => supersedesId));
  return logs.filter(({ id }) => !superseded.has(id));
}

export type TrendLog = Pick<Log, 'id' | 'supersedesId' | 'lineageId' | 'performedAt' | 'state' | 'pain' | 'sets'> & {
  versionNumber: number;
};
/** `value` null = not known: a gap in the line. */
type TrendPoint = { atMs: number; versionNumber: number; value: number | null };
/** Repetitions in all, mean hold in seconds, pain 0–10. */
export type Trend = { lineageId: string; reps: TrendPoint[]; hold: TrendPoint[]; pain: TrendPoint[] };

/**
 * One trend per prescription lineage across program versions, one point per current log, by time (ties by id), in
 * order of the first log. A skipped log is a gap for repetitions and hold; a set whose repetitions are unknown makes
 * the total unknown; the mean hold is taken over the holds that are known.
 */
export function trend(logs: readonly TrendLog[]): Trend[] {
  const trends = new Map<string, Trend>();
  const ordered = currentLogs(logs).sort((a, b) => a.performedAt - b.performedAt || (a.id < b.id ? -1 : 1));
  for (const log of ordered) {
    const { lineageId, versionNumber, performedAt: atMs } = log;
    const one = trends.get(lineageId) ?? { lineageId, reps: [], hold: [], pain: [] };
    one.reps.push({ atMs, versionNumber, value: repsTotal(log) });
    one.hold.push({ atMs, versionNumber, value: holdMean(log) });
    one.pain.push({ atMs, versionNumber, value: log.pain });
    trends.set(lineageId, one);
  }
  return [...trends.values()];
}

type Performed = Pick<Log, 'state' | 'sets'>;

function repsTotal({ state, sets }: Performed): number | null {
  if (state === 'skipped' || sets.length === 0) return null;
  return sets.reduce<number | null>((sum, { reps }) => (sum === null || reps === null ? null : sum + reps), 0);
}

function holdMean({ state, sets }: Performed): number | null {
  const holds = sets.flatMap(({ holdSeconds }) => holdSeconds ?? []);
  if (state === 'skipped' || holds.length === 0) return null;
  return holds.reduce((sum, seconds) => sum + seconds, 0) / holds.length;
}

/** How many of the last answered before-values make the baseline: a default, not a recommendation. */
const BASELINE_ANSWERS = 5;
/** How far back they are taken from. */
export const BASELINE_MS = 30 * DAY_MS;

/** Pain before a sitting, 0–10; null = not answered. `startedAt`: epoch ms. */
export type PainBefore = { startedAt: number; painBefore: number | null };

/**
 * The person's usual pain, 0–10, as it was before an instant: the median of the last five answered `painBefore` values of
 * sittings that began strictly earlier, within 30 days; of an even number the lower middle one, so that the rise rule speaks sooner
 * rather than later. Null when none was answered.
 */
export function baselinePain(sittings: readonly PainBefore[], beforeMs: number): number | null {
  // `toSorted` is missing on phones of before 2022.
  const earlier = [...sittings]
    .filter(({ startedAt }) => startedAt < beforeMs && startedAt >= beforeMs - BASELINE_MS)
    .sort((a, b) => a.startedAt - b.startedAt);
  const answers = earlier
    .map(({ painBefore }) => painBefore)
    .filter((pain) => pain !== null)
    .slice(-BASELINE_ANSWERS)
    .sort((a, b) => a - b);
  return answers[Math.floor((answers.length - 1) / 2)] ?? null;
}
