import * as z from 'zod/mini';
import { epochMsSchema, idSchema, lineSchema, proseSchema } from '#domain/input/fields';
import { MINUTE_MS } from '#domain/time/duration';
import { timeZoneSchema } from '#domain/time/local-day';

export const VISIT_DURATIONS_MINUTES = [15, 20, 30, 45, 60] as const;
/** More visits at one time than anybody has. */
export const OVERLAPS_MAX = 20;
/** By what a visit is held. Stored names. */
export const VISIT_MODES = ['video', 'phone', 'in_clinic'] as const;
export type VisitMode = (typeof VISIT_MODES)[number];
export const visitModeSchema = z.enum(VISIT_MODES);
export const VISIT_KINDS = ['first', 'review', 'check', 'now'] as const;
const visitKindSchema = z.enum(VISIT_KINDS);

const DURATION_MAX_MINUTES = 180;
const durationSchema = z.int().check(z.minimum(5), z.maximum(DURATION_MAX_MINUTES));

/** When a visit is to be: `startsAt` null = now. */
export const visitTimeSchema = z.object({
  patientId: idSchema,
  startsAt: z.nullable(epochMsSchema),
  durationMinutes: durationSchema,
});

/** What whoever holds a visit has to know before it; left out = nothing of it. */
export const visitNeedsSchema = z.object({
  /** What it is for. */
  purpose: z.optional(z.nullable(proseSchema(500))),
  /** For which language an interpreter is wanted. */
  interpreter: z.optional(z.nullable(lineSchema(60))),
  /** Somebody should be there who helps with the phone or the hand. */
  helperWanted: z.optional(z.boolean()),
});

/** Names a type of visit of the clinic's settings. */
export const visitTypeIdSchema = z.string().check(z.regex(/^[a-z0-9_-]{1,40}$/));

export const scheduleVisitSchema = z.object({
  ...visitTimeSchema.shape,
  ...visitNeedsSchema.shape,
  kind: visitKindSchema,
  /** Left out = by video. */
  mode: z.optional(visitModeSchema),
  /** As which of the clinic's types it is booked; left out = none. */
  typeId: z.optional(z.nullable(visitTypeIdSchema)),
  /** Made where it was typed, so that sending it again makes no second one. Left out = any. */
  visitId: z.optional(idSchema),
  /** In whose clock it was typed; left out = the patient's. */
  timeZone: z.optional(timeZoneSchema),
  /** For a visit that begins now: those at the same time that were shown, beside which it is wanted all the same. */
  despite: z.optional(z.array(idSchema).check(z.maxLength(OVERLAPS_MAX))),
});

/** Another time for a planned visit; `sequence` is the one that was on screen. */
export const rescheduleVisitSchema = z.object({
  visitId: idSchema,
  startsAt: epochMsSchema,
  durationMinutes: durationSchema,
  sequence: z.int().check(z.minimum(0)),
  /** In whose clock it was typed; left out = as it was. */
  timeZone: z.optional(timeZoneSchema),
});

/** A start this long ago is still the minute that somebody chose. */
const START_SLACK_MS = 2 * MINUTE_MS;

/** Nobody can be invited to what was. */
export function isPastStart(startsAt: number, nowMs: number): boolean {
  return startsAt < nowMs - START_SLACK_MS;
}

type Planned = { state: VisitState; startsAt: number; durationMinutes: number };

/** When a visit is over, as far as the calendar knows: one that is open lasts at least until now. */
function endsAt({ state, startsAt, durationMinutes }: Planned, nowMs: number): number {
  const planned = startsAt + durationMinutes * MINUTE_MS;
  return state === 'open' ? Math.max(planned, nowMs + 1) : planned;
}

/** Do two visits need the same person at the same time? One that ends as the other begins does not. */
export function isOverlap(one: Planned, other: Planned, nowMs: number): boolean {
  return one.startsAt < endsAt(other, nowMs) && other.startsAt < endsAt(one, nowMs);
}

/** No visit that began earlier than this before an instant can reach it, unless it is open. */
export const VISIT_REACH_MS = DURATION_MAX_MINUTES * MINUTE_MS;

/** Tells two tabs of one person apart inside the room. */
export const tabNonceSchema = z.string().check(z.regex(/^[a-z0-9]{8,16}$/));

export const joinVisitSchema = z.object({
  visitId: idSchema,
  /** Asked of the patient at every join: where are you, who is with you. */
  locationText: z.nullable(lineSchema(200)),
  presentOthers: z.nullable(proseSchema(200)),
  /** Given, the answer brings the room access with it, where the person is admitted. */
  tabNonce: z.optional(tabNonceSchema),
});

/** Why a scheduled visit is not held. */
const CANCELLED_STATES = ['cancelled', 'no_show'] as const;
export type CancelledState = (typeof CANCELLED_STATES)[number];

export const cancelVisitSchema = z.object({ visitId: idSchema, state: z.enum(CANCELLED_STATES) });

/** A visit by phone or in the clinic was held; `summary`: what the patient reads of it. */
export const holdVisitSchema = z.object({ visitId: idSchema, summary: z.optional(z.nullable(proseSchema(4000))) });

export const visitTokenSchema = z.object({ visitId: idSchema, tabNonce: tabNonceSchema });

/** A visit may be joined this long before its start. */
export const OPENS_BEFORE_MS = 10 * MINUTE_MS;

export type VisitState = 'scheduled' | 'open' | 'ended' | 'cancelled' | 'no_show';
export type VisitRole = 'clinician' | 'patient' | 'observer';

/** Can people enter the visit's room now? A clinician may open any visit by video that has not ended. */
export function isJoinable(
  visit: { state: VisitState; startsAt: number; mode: VisitMode },
  role: VisitRole,
  nowMs: number,
): boolean {
  if (visit.state === 'open') return true;
  if (visit.state !== 'scheduled' || visit.mode !== 'video') return false;
  return role === 'clinician' || nowMs >= visit.startsAt - OPENS_BEFORE_MS;
}

/** So long access to a visit's room is good for, from when it was given. */
export const ROOM_ACCESS_MS = 5 * MINUTE_MS;

export type ParticipantState = 'at_door' | 'waiting' | 'admitted' | 'removed' | 'left';

/** Was this person let in once, and not sent out since? They come in again without being let in. */
export function wasAdmitted({ state, admittedAt }: { state: ParticipantState; admittedAt: number | null }): boolean {
  return admittedAt !== null && (state === 'admitted' || state === 'left');
}

/** May this person be connected to the room: who is in, and who stands at its door and may come in when they press. */
export function mayConnect(
  { state, doorUntil }: { state: ParticipantState; doorUntil: number | null },
  nowMs: number,
): boolean {
  if (state === 'admitted') return true;
  return (state === 'at_door' || state === 'left') && doorUntil !== null && nowMs < doorUntil;
}

/** An end that was a slip is taken back within this time; what the server still takes allows for a slow line. */
export const REOPEN_MS = 10_000;
const REOPEN_SLACK_MS = 10_000;

/** May the visit go on again? An end that somebody signed for stays. */
export function isReopenable(visit: { state: VisitState; endedAt: number | null }, nowMs: number): boolean {
  return visit.state === 'ended' && visit.endedAt !== null && nowMs - visit.endedAt <= REOPEN_MS + REOPEN_SLACK_MS;
}

/** A planned visit whose whole length went by without anybody opening it: somebody is to say what became of it. */
export function isOverdue(
  visit: { state: VisitState; startsAt: number; durationMinutes: number },
  nowMs: number,
): boolean {
  return visit.state === 'scheduled' && nowMs >= visit.startsAt + visit.durationMinutes * 60_000;
}
