import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import {
  type CheckInRow,
  findCheckInOfMedia,
  findReplacement,
  insertCheckInEvent,
  listCheckInMedia,
  moveCheckIn,
} from '#db/queries/check-in/check-ins';
import { findClinic } from '#db/queries/clinic/clinics';
import { stateOfMedia, triage, WAITS_FOR_MEDIA, zoneOf } from '#domain/check-in/submission';
import { clinicSettingsSchema, replyRulesOf } from '#domain/clinic/settings';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Step = {
  checkInId: string;
  fromState: string | null;
  toState: CheckInRow['state'];
  by?: string;
  reason?: string | null;
  nowMs: number;
};

/** One line of a check-in's history; by nobody where the server did it. */
export function* noteCheckIn(d: Db, { nowMs, ...step }: Step): Body<void> {
  yield* insertCheckInEvent(d, { id: uuidv7(), ...step, at: nowMs });
}

/** In the write that changes a clip: its check-in follows. Null where it belongs to none. */
export function* followMedia(d: Db, { mediaId, nowMs }: { mediaId: string; nowMs: number }): Body<CheckInRow | null> {
  const checkIn = yield* findCheckInOfMedia(d, { mediaId });
  if (!checkIn) return null;
  const clips = yield* listCheckInMedia(d, { checkInIds: [checkIn.id] });
  const toState = stateOfMedia(clips.map((clip) => clip.media.state));
  if (toState === checkIn.state) return checkIn;
  // Answered in words while the clip was on its way: whoever answered has not seen it.
  const isSeenFirstNow = clips.some(({ media }) => media.id === mediaId && media.state === 'ready');
  const isOpenAgain = isSeenFirstNow && (yield* openAgain(d, { row: checkIn, state: toState, nowMs })) !== null;
  if (isOpenAgain) {
    yield* noteCheckIn(d, { checkInId: checkIn.id, fromState: checkIn.state, toState, reason: 'clips', nowMs });
  } else if (yield* moveCheckIn(d, { checkInId: checkIn.id, from: [...WAITS_FOR_MEDIA], change: { state: toState } })) {
    yield* noteCheckIn(d, { checkInId: checkIn.id, fromState: checkIn.state, toState, reason: 'media', nowMs });
  }
  return checkIn;
}

/** What was answered in words before its clip came. */
const ANSWERED = ['answered', 'redo_requested'] as const;

type Again = { row: CheckInRow; state: CheckInRow['state']; nowMs: number };

/**
 * A clip came after the answer: the check-in is open again, and its promise begins anew. The new promised time; null
 * where nothing was answered, or another check-in has taken its place.
 */
export function* openAgain(d: Db, { row, state, nowMs }: Again): Body<number | null> {
  const { clinicId, patientId, severity } = row;
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic || (yield* findReplacement(d, { clinicId, patientId, checkInId: row.id }))) return null;
  const rules = replyRulesOf(clinicSettingsSchema.parse(clinic.settings), clinic.timeZone);
  const { dueAt } = triage(zoneOf(severity), rules, nowMs);
  const change = { state, dueAt, closedAt: null };
  return (yield* moveCheckIn(d, { checkInId: row.id, from: [...ANSWERED], change })) ? dueAt : null;
}

/** Tells who looks at the clip, its check-in or the queue. */
export function tellMedia(
  work: UnitOfWork,
  media: { id: string; patientId: string | null },
  checkIn: CheckInRow | null,
): void {
  const to = media.patientId === null ? {} : { patientId: media.patientId };
  work.tell('media', media.id, to);
  if (!checkIn) return;
  work.tell('check_in', checkIn.id, to);
  work.tell('queue', checkIn.id);
}
