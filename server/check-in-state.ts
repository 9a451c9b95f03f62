import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import {
  type CheckInRow,
  findCheckInOfMedia,
  insertCheckInEvent,
  listCheckInMedia,
  moveCheckIn,
} from '#db/queries/check-ins';
import type { AppProcess } from './process';

const BEFORE_REVIEW: CheckInRow['state'][] = ['received', 'processing', 'failed_media'];

/** Where a check-in stands by its clips: all ready, one failed, or on the way. */
function stateOf(states: readonly string[]): CheckInRow['state'] {
  if (states.includes('failed')) return 'failed_media';
  if (states.every((state) => state === 'ready')) return 'ready';
  return states.some((state) => state === 'processing' || state === 'received') ? 'processing' : 'received';
}

function* follow(d: Db, mediaId: string, nowMs: number): Body<CheckInRow | null> {
  const checkIn = yield* findCheckInOfMedia(d, { mediaId });
  if (!checkIn || !BEFORE_REVIEW.includes(checkIn.state)) return checkIn ?? null;
  const clips = yield* listCheckInMedia(d, { checkInIds: [checkIn.id] });
  const state = stateOf(clips.map((clip) => clip.media.state));
  if (state === checkIn.state) return checkIn;
  yield* moveCheckIn(d, { checkInId: checkIn.id, from: BEFORE_REVIEW, change: { state } });
  yield* insertCheckInEvent(d, {
    id: uuidv7(),
    checkInId: checkIn.id,
    fromState: checkIn.state,
    toState: state,
    at: nowMs,
  });
  return checkIn;
}

/** Moves a check-in on after one of its clips changed, and tells who looks at it. */
export async function followMedia(app: AppProcess, mediaId: string, nowMs: number): Promise<void> {
  const checkIn = await app.database.write((d) => follow(d, mediaId, nowMs));
  if (!checkIn) return;
  const to = { clinicId: checkIn.clinicId, userId: null };
  app.live.publish([
    { event: { topic: 'check_in', id: checkIn.id }, patientId: checkIn.patientId, ...to },
    { event: { topic: 'queue', id: checkIn.id }, patientId: null, ...to },
  ]);
}
