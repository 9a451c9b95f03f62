import * as z from 'zod/mini';
import { type ReplyRules, replyBy } from '#domain/clinic/hours';
import { idSchema, proseSchema } from '#domain/input/fields';
import { type Shown, shownSchema } from '#domain/practice/log';
import type { RedFlag, Zone } from '#domain/practice/pain-policy';
import { redFlagsSchema } from '#domain/practice/symptom-check';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import type { MediaState } from './media';

/**
 * What the patient answers before the video is sent. Null = not answered; no red flags = "None of these". Earlier builds
 * of the phone (v 1) sent the ticks alone, and none meant either.
 */
export const checkInAnswersSchema = z.object({
  v: z.union([z.literal(1), z.literal(2)]),
  pain: z.nullable(z.int().check(z.minimum(0), z.maximum(10))),
  redFlags: redFlagsSchema,
});

/** The red flags that were answered; null where nobody answered, [] where the answer is "None of these". */
export function redFlagsAnswered({ v, redFlags }: Pick<CheckInAnswers, 'v' | 'redFlags'>): RedFlag[] | null {
  return v === 1 && redFlags?.length === 0 ? null : redFlags;
}

/** As they are stored, with what the device told the person. */
export type CheckInAnswers = z.infer<typeof checkInAnswersSchema> & { shown?: Shown | null };

/** The largest clip that is taken. */
export const CLIP_BYTES_MAX = 500_000_000;

export const sha256Schema = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const clipsSchema = z
  .array(
    z.object({
      mediaId: idSchema,
      bytes: z.int().check(z.minimum(1), z.maximum(CLIP_BYTES_MAX)),
      sha256: sha256Schema,
    }),
  )
  .check(
    z.maxLength(3),
    z.refine((clips) => new Set(clips.map((clip) => clip.mediaId)).size === clips.length),
  );

/**
 * The small JSON that goes first and is triaged at once; the clips follow by resumable upload. Without any, the
 * answers wait for `addClips`: pain that the clinic must know of does not wait for a clip.
 */
export const submitCheckInSchema = z.object({
  opId: idSchema,
  checkInId: idSchema,
  /** Whose check-in; left out = the sender's own. A caregiver names the person they help. */
  patientId: z.optional(idSchema),
  lineageId: z.nullable(idSchema),
  /** The version of the program that the device had when it was filmed; earlier builds do not say. */
  programVersionId: z.optional(idSchema),
  question: proseSchema(1000),
  answers: checkInAnswersSchema,
  clips: clipsSchema,
  /** No clip will follow: the answers are all, and are looked at as they are. */
  withoutClip: z.optional(z.boolean()),
  /** The check-in whose clip was asked for once more; this one answers that. */
  replacesId: z.optional(idSchema),
  submittedAt: deviceMsSchema,
  clock: z.optional(deviceClockSchema),
  /** What the device told the person; earlier builds do not say. */
  shown: z.optional(z.nullable(shownSchema)),
});

export type SubmitCheckIn = z.infer<typeof submitCheckInSchema>;

/** The clips of a check-in whose answers went ahead. */
export const addClipsSchema = z.object({
  opId: idSchema,
  checkInId: idSchema,
  clips: clipsSchema.check(z.minLength(1)),
});

/** Answers that waited for a clip go without it. */
export const withoutClipSchema = z.object({ opId: idSchema, checkInId: idSchema });

export type CheckInState =
  | 'received'
  | 'processing'
  | 'ready'
  | 'in_review'
  | 'answered'
  | 'redo_requested'
  | 'escalated'
  | 'withdrawn'
  | 'failed_media';
/** As long as a check-in waits for its media, they alone say where it stands; afterwards people do. */
export const WAITS_FOR_MEDIA: readonly CheckInState[] = ['received', 'processing', 'failed_media'];

/** What nobody has answered yet. */
const OPEN: readonly CheckInState[] = [...WAITS_FOR_MEDIA, 'ready', 'in_review', 'escalated'];

export function isOpen(state: CheckInState): boolean {
  return OPEN.includes(state);
}

type Queued = { state: CheckInState; queueRank: number; dueAt: number };

/**
 * What waits for somebody: a clip that cannot be read hides nothing, a red answer does not wait for its clip, and nothing
 * waits for one beyond the time that was promised.
 */
export function isInQueue({ state, queueRank, dueAt }: Queued, nowMs: number): boolean {
  if (state === 'received' || state === 'processing') return queueRank === 0 || dueAt <= nowMs;
  return isOpen(state);
}

/**
 * Where a check-in stands by its media, those that were taken back left out: one that failed is never hidden behind
 * those that did not. Without any it waits.
 */
export function stateOfMedia(all: readonly MediaState[]): 'received' | 'processing' | 'ready' | 'failed_media' {
  const states = all.filter((state) => state !== 'deleted');
  if (states.includes('failed')) return 'failed_media';
  if (states.length === 0 || states.some((state) => state === 'pending')) return 'received';
  return states.every((state) => state === 'ready') ? 'ready' : 'processing';
}

export type Triage = { severity: 'none' | 'amber' | 'red' | 'urgent'; queueRank: 0 | 1; dueAt: number };

/**
 * What an answer means for the queue. Red is pinned, and due by the clock; else the time runs while the clinic is open. It
 * counts from when the clinic has the answers: nobody can be late for what lay on a phone without a line.
 */
export function triage(zone: Zone, rules: ReplyRules, receivedAt: number): Triage {
  const severity = zone === 'green' ? 'none' : zone;
  const isPinned = zone === 'red' || zone === 'urgent';
  if (isPinned) return { severity, queueRank: 0, dueAt: receivedAt + rules.replyHoursRed * HOUR_MS };
  // A clinic that never opens promises nothing; its queue has an order all the same.
  const dueAt = replyBy(rules, receivedAt) ?? receivedAt + rules.replyHours * HOUR_MS;
  return { severity, queueRank: 1, dueAt };
}

/**
 * What the patient is promised of a check-in; null where nothing is: a red answer has no date, only the number to ring, and
 * who never opens cannot keep one.
 */
export function promiseOf({ queueRank, dueAt }: Pick<Queued, 'queueRank' | 'dueAt'>, opens: boolean): number | null {
  return queueRank === 0 || !opens ? null : dueAt;
}

/** The zone that a severity came of; one that is none needed nothing. */
export function zoneOf(severity: Triage['severity']): Zone {
  return severity === 'none' ? 'green' : severity;
}

/** Share of the promised time that belongs to the patient's own clinician; then anyone of the clinic may answer. */
const OWN_SHARE = 0.6;

/** A check-in due before this instant is open to the pool, per rank. A default of this project. */
export function poolLimits(rules: ReplyRules, nowMs: number): { pinnedMs: number; routineMs: number } {
  const left = (hours: number) => Math.round(nowMs + hours * HOUR_MS * (1 - OWN_SHARE));
  const open = replyBy({ ...rules, replyOpenHours: rules.replyOpenHours * (1 - OWN_SHARE) }, nowMs);
  return { pinnedMs: left(rules.replyHoursRed), routineMs: Math.round(open ?? left(rules.replyHours)) };
}

/** A claim lasts this long without a sign from the page. */
export const LEASE_MS = 15 * MINUTE_MS;
/** Who answers for a colleague may see the patient for this long. */
export const COVER_MS = 24 * HOUR_MS;
/** A skipped check-in stays out of that clinician's sight for this long. */
export const SKIP_MS = 4 * HOUR_MS;
/** This many skips, by whomever, bring it to the patient's lead clinician. */
export const SKIPS_TO_ESCALATE = 2;
