import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import {
  type CheckInRow,
  findCheckInOfMedia,
  insertCheckInEvent,
  listCheckInMedia,
  moveCheckIn,
} from '#db/queries/check-in/check-ins';
import { stateOfMedia, WAITS_FOR_MEDIA } from '#domain/check-in/submission';
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
  if (yield* moveCheckIn(d, { checkInId: checkIn.id, from: [...WAITS_FOR_MEDIA], change: { state: toState } })) {
    yield* noteCheckIn(d, { checkInId: checkIn.id, fromState: checkIn.state, toState, reason: 'media', nowMs });
  }
  return checkIn;
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
