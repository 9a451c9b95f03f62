import * as z from 'zod/mini';
import { epochMsSchema, idSchema, lineSchema, proseSchema } from '#domain/input/fields';
import { MINUTE_MS } from '#domain/time/duration';

export const VISIT_DURATIONS_MINUTES = [15, 20, 30, 45, 60] as const;
const visitKindSchema = z.enum(['first', 'review', 'check', 'now']);

export const scheduleVisitSchema = z.object({
  patientId: idSchema,
  /** Null = now. */
  startsAt: z.nullable(epochMsSchema),
  durationMinutes: z.int().check(z.minimum(5), z.maximum(180)),
  kind: visitKindSchema,
});

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

export const visitTokenSchema = z.object({ visitId: idSchema, tabNonce: tabNonceSchema });

/** A visit may be joined this long before its start. */
export const OPENS_BEFORE_MS = 10 * MINUTE_MS;

export type VisitState = 'scheduled' | 'open' | 'ended' | 'cancelled' | 'no_show';
export type VisitRole = 'clinician' | 'patient' | 'observer';

/** Can people enter the visit's page now? A clinician may open any visit that has not ended. */
export function isJoinable(visit: { state: VisitState; startsAt: number }, role: VisitRole, nowMs: number): boolean {
  if (visit.state === 'open') return true;
  if (visit.state !== 'scheduled') return false;
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
