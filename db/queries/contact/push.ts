import 'server-only';
import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { pushKeys, pushSubscriptions } from '#db/schema/contact';

export type PushSubscriptionRow = typeof pushSubscriptions.$inferSelect;
type KeysRow = typeof pushKeys.$inferSelect;

/** There is one row. */
const KEYS_ID = 'vapid';

export function* findPushKeys(d: Db): Body<KeysRow | undefined> {
  return yield* first(d.select().from(pushKeys).where(eq(pushKeys.id, KEYS_ID)));
}

/** Whoever comes first: the keys of others stay. */
export function* insertPushKeys(d: Db, row: Omit<KeysRow, 'id'>): Body<void> {
  yield* q(
    d
      .insert(pushKeys)
      .values({ id: KEYS_ID, ...row })
      .onConflictDoNothing(),
  );
}

type Account = { clinicId: string; userId: string };

/** The devices of an account that show notifications of a clinic, the newest first. */
export function* listSubscriptions(d: Db, { clinicId, userId }: Account): Body<PushSubscriptionRow[]> {
  // Bounded: PUSH_DEVICES_MAX of one account.
  return yield* q(
    d
      .select()
      .from(pushSubscriptions)
      .where(and(eq(pushSubscriptions.userId, userId), eq(pushSubscriptions.clinicId, clinicId)))
      .orderBy(desc(pushSubscriptions.createdAt), desc(pushSubscriptions.id)),
  );
}

/** A device shows what is of one account: the one that turned it on last. */
export function* saveSubscription(d: Db, row: typeof pushSubscriptions.$inferInsert): Body<void> {
  yield* q(d.delete(pushSubscriptions).where(eq(pushSubscriptions.sessionId, row.sessionId)));
  yield* q(
    d.insert(pushSubscriptions).values(row).onConflictDoUpdate({ target: pushSubscriptions.endpoint, set: row }),
  );
}

/** Lets go of all but the newest. */
export function* keepNewestSubscriptions(d: Db, { keep, ...account }: Account & { keep: number }): Body<void> {
  const tooMany = (yield* listSubscriptions(d, account)).slice(keep);
  if (tooMany.length === 0) return;
  const ids = tooMany.map(({ id }) => id);
  yield* q(d.delete(pushSubscriptions).where(inArray(pushSubscriptions.id, ids)));
}

export function* removeSubscription(d: Db, { userId, id }: { userId: string; id: string }): Body<void> {
  yield* q(d.delete(pushSubscriptions).where(and(eq(pushSubscriptions.id, id), eq(pushSubscriptions.userId, userId))));
}

/** The push service knows it no more. */
export function* removeEndpoint(d: Db, { userId, endpoint }: { userId: string; endpoint: string }): Body<void> {
  const gone = and(eq(pushSubscriptions.userId, userId), eq(pushSubscriptions.endpoint, endpoint));
  yield* q(d.delete(pushSubscriptions).where(gone));
}

/** The clinic agrees no more. */
export function* removeSubscriptionsOfClinic(d: Db, { clinicId }: { clinicId: string }): Body<void> {
  yield* q(d.delete(pushSubscriptions).where(eq(pushSubscriptions.clinicId, clinicId)));
}

type SignedIn = { deviceMark: string; userId: string; sessionId: string };

/** Somebody signed in on a device: it shows nothing of anybody else from now on, and ends with the new login. */
export function* handDeviceOver(d: Db, { deviceMark, userId, sessionId }: SignedIn): Body<void> {
  const here = eq(pushSubscriptions.deviceMark, deviceMark);
  yield* q(d.delete(pushSubscriptions).where(and(here, ne(pushSubscriptions.userId, userId))));
  yield* q(d.update(pushSubscriptions).set({ sessionId }).where(here));
}
