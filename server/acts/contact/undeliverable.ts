import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertDelivery, listStates, markUndelivered } from '#db/queries/contact/deliveries';
import { findMessageThread } from '#db/queries/contact/messages';
import { findEventOf } from '#db/queries/contact/notices';
import { hurryEscalation } from '#db/queries/practice/escalations';
import type { Kind } from '#domain/contact/kinds';
import { messageOfCrisis } from '#domain/contact/thread';
import { flagOfEvent } from '#domain/practice/escalation';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { tellAllOfCrisis } from './message-notices';

export type Undelivered = { id: string; clinicId: string; userId: string };

/** Whether the person was reached by one way, or still may be. */
export function* mayStillArrive(d: Db, { id: noticeId, userId }: Undelivered): Body<{ sent: boolean; open: boolean }> {
  const states = yield* listStates(d, { noticeId, userId });
  return {
    sent: states.includes('sent'),
    open: states.some((state) => state === 'queued' || state === 'sending'),
  };
}

/**
 * Urgent news that reaches its person by no way: from now on a row of `deliveries` says so (`undelivered_at`), once, and a
 * red answer goes on to the next people at once, words of self-harm to all. Returns whether it was not known before.
 */
export function* undeliverable(
  d: Db,
  work: UnitOfWork,
  { notice, audience }: { notice: Undelivered; audience: Kind['audience'] },
): Body<boolean> {
  const { id: noticeId, clinicId, userId } = notice;
  const { nowMs } = work;
  // Where there is no address there is no row yet.
  if ((yield* listStates(d, { noticeId, userId })).length === 0) {
    const nowhere = { channel: 'email', addressHash: '', state: 'dead', lastError: 'no_address' } as const;
    const news = { kindGroup: 'safety', audience, isUrgent: true } as const;
    const counts = { attempts: 0, unsureCount: 0, dueAt: nowMs, runAt: nowMs, createdAt: nowMs };
    yield* insertDelivery(d, { id: uuidv7(), clinicId, noticeId, userId, ...nowhere, ...news, ...counts });
  }
  if (!(yield* markUndelivered(d, { noticeId, userId, nowMs }))) return false;
  yield* goOn(d, work, clinicId, (yield* findEventOf(d, { noticeId, userId })) ?? '');
  return true;
}

/** What happened is told to the next people, who may be reached. */
function* goOn(d: Db, work: UnitOfWork, clinicId: string, eventKey: string): Body<void> {
  const flagId = flagOfEvent(eventKey);
  if (flagId) yield* hurryEscalation(d, { clinicId, flagId, nowMs: work.nowMs });
  const messageId = messageOfCrisis(eventKey);
  const found = messageId ? yield* findMessageThread(d, { clinicId, messageId }) : undefined;
  if (!messageId || !found) return;
  const { episodeId, patientId } = found;
  work.inClinic(clinicId);
  yield* tellAllOfCrisis(d, work, { scope: { clinicId, patientId }, episodeId, messageId });
}
