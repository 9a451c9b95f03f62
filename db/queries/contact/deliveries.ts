import 'server-only';
import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, lte, min, notInArray, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition, increment } from '#db/columns';
import { deliveries } from '#db/schema/contact';
import { notices } from '#db/schema/notices';
import { UNSURE_MAX } from '#domain/contact/retry';
import type { NoticeRow } from './notices';

export type DeliveryRow = typeof deliveries.$inferSelect;
export type ChannelName = DeliveryRow['channel'];

/** Literal, as in the partial indexes: with parameters no engine can prove that an index covers the question. */
const UNPLANNED = condition('notices.planned_at is null');
const OPEN = condition("deliveries.state in ('queued', 'sending')");

/** Notices of which nobody has decided yet how they leave, the oldest first. */
export function* listUnplanned(d: Db, { limit }: { limit: number }): Body<NoticeRow[]> {
  return yield* q(
    d.select().from(notices).where(UNPLANNED).orderBy(asc(notices.createdAt), asc(notices.id)).limit(limit),
  );
}

/** Whoever decided first: false where another did. */
export function* markPlanned(d: Db, { noticeId, nowMs }: { noticeId: string; nowMs: number }): Body<boolean> {
  const planned = yield* q(
    d
      .update(notices)
      .set({ plannedAt: nowMs })
      .where(and(eq(notices.id, noticeId), isNull(notices.plannedAt)))
      .returning({ id: notices.id }),
  );
  return planned.length === 1;
}

/** To be decided once more: the address has changed meanwhile. */
export function* markUnplanned(d: Db, { noticeIds }: { noticeIds: readonly string[] }): Body<void> {
  yield* q(
    d
      .update(notices)
      .set({ plannedAt: null })
      .where(inArray(notices.id, [...noticeIds])),
  );
}

/** Once per notice, channel and address, however often it is decided. */
export function* insertDelivery(d: Db, row: typeof deliveries.$inferInsert): Body<void> {
  yield* q(d.insert(deliveries).values(row).onConflictDoNothing());
}

type Address = { userId: string; channel: ChannelName; addressHash: string };

/** When the next message to an address goes that others may still join, or null. */
export function* findBundleAt(d: Db, { userId, channel, addressHash, nowMs }: Address & { nowMs: number }) {
  const row = yield* first(
    d
      .select({ at: min(deliveries.runAt) })
      .from(deliveries)
      .where(
        and(
          OPEN,
          eq(deliveries.userId, userId),
          eq(deliveries.channel, channel),
          gte(deliveries.runAt, nowMs),
          eq(deliveries.addressHash, addressHash),
          eq(deliveries.state, 'queued'),
          eq(deliveries.isUrgent, false),
          eq(deliveries.attempts, 0),
        ),
      ),
  );
  return row?.at == null ? null : Number(row.at);
}

type Due = { nowMs: number; isUrgent: boolean; channel: ChannelName };

const due = ({ nowMs, isUrgent, channel }: Due) =>
  and(
    OPEN,
    eq(deliveries.isUrgent, isUrgent),
    eq(deliveries.channel, channel),
    lte(deliveries.runAt, nowMs),
    or(isNull(deliveries.leaseUntil), lt(deliveries.leaseUntil, nowMs)),
    lt(deliveries.unsureCount, UNSURE_MAX),
  );

/** The delivery that is due first. Asked before claiming, so that an idle server takes no write lock. */
export function* findDue(d: Db, asked: Due): Body<DeliveryRow | undefined> {
  return yield* first(
    d.select().from(deliveries).where(due(asked)).orderBy(asc(deliveries.runAt), asc(deliveries.id)).limit(1),
  );
}

/**
 * Takes what is due together with a delivery: all of one address, or an urgent one alone. What went out before and may
 * have arrived is repeated as it was. One statement with its full condition, so that no two senders take the same.
 */
export function* claimDeliveries(
  d: Db,
  { next, token, leaseUntil, ...asked }: Due & { next: DeliveryRow; token: string; leaseUntil: number },
): Body<DeliveryRow[]> {
  const { id, userId, clinicId, addressHash, messageToken } = next;
  const together = and(
    eq(deliveries.userId, userId),
    eq(deliveries.clinicId, clinicId),
    eq(deliveries.addressHash, addressHash),
    eq(deliveries.audience, next.audience),
    messageToken === null ? isNull(deliveries.messageToken) : eq(deliveries.messageToken, messageToken),
  );
  return yield* q(
    d
      .update(deliveries)
      .set({
        state: 'sending',
        leaseToken: token,
        leaseUntil,
        messageToken: messageToken ?? token,
        attempts: increment(deliveries.attempts),
      })
      .where(and(due(asked), asked.isUrgent ? eq(deliveries.id, id) : together))
      .returning(),
  );
}

/** Which of these notices were read in the app meanwhile. */
export function* listRead(d: Db, { noticeIds }: { noticeIds: readonly string[] }): Body<string[]> {
  // Bounded: the notices of one message.
  const rows = yield* q(
    d
      .select({ id: notices.id })
      .from(notices)
      .where(and(inArray(notices.id, [...noticeIds]), isNotNull(notices.readAt))),
  );
  return rows.map(({ id }) => id);
}

type Mailed = { userId: string; subjectIds: readonly string[]; besides: readonly string[] };

/** An e-mail about a visit that arrived, or may have. */
const mailed = () =>
  and(
    eq(deliveries.channel, 'email'),
    eq(deliveries.kindGroup, 'visits'),
    or(inArray(deliveries.state, ['sent', 'unsure']), gte(deliveries.unsureCount, 1)),
  );

/** Of which of these an e-mail to the account told before, or may have: by others than the notices that are named. */
export function* listMailedSubjects(d: Db, { userId, subjectIds, besides }: Mailed): Body<Set<string>> {
  if (subjectIds.length === 0) return new Set();
  // Bounded: what was said about the subjects of one message.
  const rows = yield* q(
    d
      .select({ subjectId: notices.subjectId })
      .from(notices)
      .innerJoin(deliveries, eq(deliveries.noticeId, notices.id))
      .where(
        and(
          inArray(notices.subjectId, [...subjectIds]),
          notInArray(notices.id, [...besides]),
          eq(deliveries.userId, userId),
          mailed(),
        ),
      ),
  );
  return new Set(rows.map(({ subjectId }) => subjectId));
}

/** Who was told of a visit by e-mail, or is being told now, and as what. */
export function* listMailedReaders(d: Db, { clinicId, subjectId }: { clinicId: string; subjectId: string }) {
  // Bounded: those who take part in one visit, each as a patient or as staff.
  return yield* q(
    d
      .selectDistinct({ userId: deliveries.userId, audience: deliveries.audience })
      .from(notices)
      .innerJoin(deliveries, eq(deliveries.noticeId, notices.id))
      .where(
        and(
          eq(notices.subjectId, subjectId),
          eq(notices.clinicId, clinicId),
          or(mailed(), and(eq(deliveries.channel, 'email'), eq(deliveries.state, 'sending'))),
        ),
      ),
  );
}

const claimed = (token: string) => and(eq(deliveries.leaseToken, token), eq(deliveries.state, 'sending'));

/** From now on it may arrive, whoever hears of it; false where another has the claim meanwhile. */
export function* markHandedOver(d: Db, { token }: { token: string }): Body<boolean> {
  const rows = yield* q(
    d
      .update(deliveries)
      .set({ unsureCount: increment(deliveries.unsureCount) })
      .where(claimed(token))
      .returning({ id: deliveries.id }),
  );
  return rows.length > 0;
}

export type Settled = Partial<
  Pick<
    DeliveryRow,
    'state' | 'runAt' | 'lastError' | 'sentAt' | 'unsureCount' | 'messageToken' | 'undeliveredAt' | 'attempts'
  >
>;

/** Says what became of some of a claim; whoever lost it changes nothing. */
export function* settleDeliveries(
  d: Db,
  { token, ids, change }: { token: string; ids: readonly string[]; change: Settled },
): Body<number> {
  if (ids.length === 0) return 0;
  const rows = yield* q(
    d
      .update(deliveries)
      .set({ ...change, leaseUntil: null, leaseToken: null })
      .where(and(claimed(token), inArray(deliveries.id, [...ids])))
      .returning({ id: deliveries.id }),
  );
  return rows.length;
}

const isLost = (nowMs: number) =>
  and(eq(deliveries.state, 'sending'), lt(deliveries.leaseUntil, nowMs), gte(deliveries.unsureCount, UNSURE_MAX));

/** What was handed over as often as may be, and whose sender never came back. */
export function* closeLost(d: Db, { nowMs }: { nowMs: number }): Body<DeliveryRow[]> {
  return yield* q(
    d
      .update(deliveries)
      .set({ state: 'unsure', lastError: 'lost', leaseUntil: null, leaseToken: null })
      .where(and(OPEN, isLost(nowMs)))
      .returning(),
  );
}

/** Urgent, not delivered, and said to nobody else yet. */
export function* listLate(d: Db, { sinceMs, limit }: { sinceMs: number; limit: number }): Body<DeliveryRow[]> {
  return yield* q(
    d
      .select()
      .from(deliveries)
      .where(
        and(OPEN, eq(deliveries.isUrgent, true), lte(deliveries.createdAt, sinceMs), isNull(deliveries.undeliveredAt)),
      )
      .limit(limit),
  );
}

/** Is there anything to look after? Asked first, so that an idle server takes no write lock. */
export function* isAnyLate(d: Db, { sinceMs, nowMs }: { sinceMs: number; nowMs: number }): Body<boolean> {
  const isLate = and(
    eq(deliveries.isUrgent, true),
    lte(deliveries.createdAt, sinceMs),
    isNull(deliveries.undeliveredAt),
  );
  const found = yield* first(
    d
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(and(OPEN, or(isLate, isLost(nowMs))))
      .limit(1),
  );
  return found !== undefined;
}

/** Once; false where it was said before. */
export function* markUndelivered(
  d: Db,
  { noticeId, userId, nowMs }: { noticeId: string; userId: string; nowMs: number },
): Body<boolean> {
  const rows = yield* q(
    d
      .update(deliveries)
      .set({ undeliveredAt: nowMs })
      .where(and(eq(deliveries.noticeId, noticeId), eq(deliveries.userId, userId), isNull(deliveries.undeliveredAt)))
      .returning({ id: deliveries.id }),
  );
  return rows.length > 0;
}

/** What is over and was said long ago. */
export function* removeOldDeliveries(d: Db, { beforeMs }: { beforeMs: number }): Body<void> {
  yield* q(
    d
      .delete(deliveries)
      .where(and(lt(deliveries.createdAt, beforeMs), inArray(deliveries.state, ['sent', 'unsure', 'dead', 'dropped']))),
  );
}

/** After a backup was restored: what is open in it may have gone out before the loss, and is repeated once at most. */
export function* doubtOpenDeliveries(d: Db): Body<void> {
  yield* q(
    d
      .update(deliveries)
      .set({ unsureCount: UNSURE_MAX - 1, state: 'queued', leaseUntil: null, leaseToken: null })
      .where(and(OPEN, lt(deliveries.unsureCount, UNSURE_MAX - 1))),
  );
}

type OfNotice = { noticeId: string; userId: string };

/** How the ways stand by which a notice was to reach its person. */
export function* listStates(d: Db, { noticeId, userId }: OfNotice): Body<DeliveryRow['state'][]> {
  // Bounded: one per way and address.
  const rows = yield* q(
    d
      .select({ state: deliveries.state })
      .from(deliveries)
      .where(and(eq(deliveries.noticeId, noticeId), eq(deliveries.userId, userId))),
  );
  return rows.map(({ state }) => state);
}
