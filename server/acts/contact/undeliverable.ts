import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertDelivery, listStates, markUndelivered } from '#db/queries/contact/deliveries';
import { findEventOf } from '#db/queries/contact/notices';
import { hurryEscalation } from '#db/queries/practice/escalations';
import type { Kind } from '#domain/contact/kinds';
import { flagOfEvent } from '#domain/practice/escalation';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

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
 * red answer goes on to the next people at once. Returns whether it was not known before.
 */
export function* undeliverable(
  d: Db,
  { nowMs }: UnitOfWork,
  { notice, audience }: { notice: Undelivered; audience: Kind['audience'] },
): Body<boolean> {
  const { id: noticeId, clinicId, userId } = notice;
  // Where there is no address there is no row yet.
  if ((yield* listStates(d, { noticeId, userId })).length === 0) {
    const nowhere = { channel: 'email', addressHash: '', state: 'dead', lastError: 'no_address' } as const;
    const news = { kindGroup: 'safety', audience, isUrgent: true } as const;
    const counts = { attempts: 0, unsureCount: 0, dueAt: nowMs, runAt: nowMs, createdAt: nowMs };
    yield* insertDelivery(d, { id: uuidv7(), clinicId, noticeId, userId, ...nowhere, ...news, ...counts });
  }
  if (!(yield* markUndelivered(d, { noticeId, userId, nowMs }))) return false;
  const flagId = flagOfEvent((yield* findEventOf(d, { noticeId, userId })) ?? '');
  if (flagId) yield* hurryEscalation(d, { clinicId, flagId, nowMs });
  return true;
}
