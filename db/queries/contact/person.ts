import 'server-only';
import { and, count, desc, eq, isNotNull, isNull, max, min, ne } from 'drizzle-orm';
import { type Body, type Db, first, q, together } from '#db/body';
import { condition } from '#db/columns';
import { clinics } from '#db/schema/clinics';
import { contactChoices, deadAddresses, deliveries } from '#db/schema/contact';
import { patients } from '#db/schema/patients';
import { memberships, users } from '#db/schema/people';
import type { ChannelName } from './deliveries';
import { listSubscriptions } from './push';

type Account = { clinicId: string; userId: string };
type ChoicesRow = typeof contactChoices.$inferSelect;
type DeadAddressRow = typeof deadAddresses.$inferSelect;

export function* findChoices(d: Db, { userId }: { userId: string }): Body<ChoicesRow | undefined> {
  return yield* first(d.select().from(contactChoices).where(eq(contactChoices.userId, userId)));
}

export function* saveChoices(d: Db, row: ChoicesRow): Body<void> {
  const { userId: target } = contactChoices;
  yield* q(d.insert(contactChoices).values(row).onConflictDoUpdate({ target, set: row }));
}

/** An account as what leaves the app needs it, or undefined where it cannot sign in any more. */
export function* findContact(d: Db, { clinicId, userId }: Account) {
  const [user, choices, record, works, clinic, dead, pushDevices] = yield* together(
    first(
      d
        .select({ email: users.email, locale: users.locale, disabledAt: users.disabledAt })
        .from(users)
        .where(eq(users.id, userId)),
    ),
    findChoices(d, { userId }),
    first(
      d
        .select({ timeZone: patients.timeZone, loginEndedAt: patients.loginEndedAt, lockedAt: patients.lockedAt })
        .from(patients)
        .where(and(eq(patients.clinicId, clinicId), eq(patients.userId, userId))),
    ),
    first(
      d
        .select({ id: memberships.id })
        .from(memberships)
        .where(and(eq(memberships.clinicId, clinicId), eq(memberships.userId, userId), isNull(memberships.toAt)))
        .limit(1),
    ),
    first(
      d
        .select({ timeZone: clinics.timeZone, settings: clinics.settings })
        .from(clinics)
        .where(eq(clinics.id, clinicId)),
    ),
    listDeadAddresses(d, { userId }),
    listSubscriptions(d, { clinicId, userId }),
  );
  if (!user || user.disabledAt !== null || !clinic) return undefined;
  const hasRecord = record !== undefined && record.loginEndedAt === null && record.lockedAt === null;
  return {
    email: user.email,
    locale: user.locale,
    choices: choices ?? null,
    /** Of the record that the account opens; null where it opens none. */
    recordZone: hasRecord ? record.timeZone : null,
    isStaff: works !== undefined,
    clinicZone: clinic.timeZone,
    clinicSettings: clinic.settings,
    dead,
    pushDevices,
  };
}

export type Contact = NonNullable<ReturnType<typeof findContact> extends Body<infer T> ? T : never>;

/** A clinic that the account belongs to: of its work, else of its record. */
export function* findClinicOf(d: Db, { userId }: { userId: string }): Body<string | null> {
  const work = yield* first(
    d.select({ clinicId: memberships.clinicId }).from(memberships).where(eq(memberships.userId, userId)).limit(1),
  );
  if (work) return work.clinicId;
  const record = yield* first(
    d.select({ clinicId: patients.clinicId }).from(patients).where(eq(patients.userId, userId)).limit(1),
  );
  return record?.clinicId ?? null;
}

function* listDeadAddresses(d: Db, { userId }: { userId: string }): Body<DeadAddressRow[]> {
  // Bounded: one per channel.
  return yield* q(d.select().from(deadAddresses).where(eq(deadAddresses.userId, userId)));
}

export function* findDeadAddress(
  d: Db,
  { userId, channel }: { userId: string; channel: ChannelName },
): Body<DeadAddressRow | undefined> {
  const ofAccount = and(eq(deadAddresses.userId, userId), eq(deadAddresses.channel, channel));
  return yield* first(d.select().from(deadAddresses).where(ofAccount));
}

export function* saveDeadAddress(d: Db, row: DeadAddressRow): Body<void> {
  const target = [deadAddresses.userId, deadAddresses.channel];
  yield* q(d.insert(deadAddresses).values(row).onConflictDoUpdate({ target, set: row }));
}

/** It took a message again. */
export function* removeDeadAddress(d: Db, { userId, channel }: { userId: string; channel: ChannelName }): Body<void> {
  yield* q(d.delete(deadAddresses).where(and(eq(deadAddresses.userId, userId), eq(deadAddresses.channel, channel))));
}

/** Accounts of a clinic whose address was refused, the newest first: so many are named, and how many there are. */
export function* readDeadAddresses(d: Db, { clinicId, limit }: { clinicId: string; limit: number }) {
  const ofClinic = and(eq(deadAddresses.clinicId, clinicId), eq(deadAddresses.channel, 'email'));
  const named = yield* q(
    d
      .select({
        userId: users.id,
        name: users.name,
        email: users.email,
        addressHash: deadAddresses.addressHash,
        at: deadAddresses.at,
        code: deadAddresses.code,
      })
      .from(deadAddresses)
      .innerJoin(users, eq(users.id, deadAddresses.userId))
      .where(ofClinic)
      .orderBy(desc(deadAddresses.at), desc(users.id))
      .limit(limit),
  );
  const all = yield* first(d.select({ n: count() }).from(deadAddresses).where(ofClinic));
  return { named, count: all?.n ?? 0 };
}

const OPEN = condition("deliveries.state in ('queued', 'sending')");

type StateOf = { clinicId: string; channel: ChannelName; nowMs: number };

/** When a clinic's last message by a way was taken, and what of its news waits though it is due. */
export function* readDeliveryState(d: Db, { clinicId, channel, nowMs }: StateOf) {
  const ofClinic = and(eq(deliveries.clinicId, clinicId), eq(deliveries.channel, channel));
  const last = yield* first(
    d
      .select({ at: max(deliveries.sentAt) })
      .from(deliveries)
      .where(and(ofClinic, isNotNull(deliveries.sentAt))),
  );
  const waiting = yield* first(
    d
      .select({ n: count(), since: min(deliveries.dueAt) })
      .from(deliveries)
      .where(and(OPEN, ofClinic)),
  );
  const since = waiting?.since == null ? null : Number(waiting.since);
  return {
    lastSentAt: last?.at == null ? null : Number(last.at),
    waiting: waiting?.n ?? 0,
    waitingSince: since !== null && since < nowMs ? since : null,
  };
}

/**
 * When the oldest delivery of all that waits should have gone, or null. Notifications come beside it: one maker's service
 * that is busy, or one phone in a drawer, is no fault of this server.
 */
export function* findOldestDue(d: Db): Body<number | null> {
  const row = yield* first(
    d
      .select({ at: min(deliveries.dueAt) })
      .from(deliveries)
      .where(and(OPEN, ne(deliveries.channel, 'push'))),
  );
  return row?.at == null ? null : Number(row.at);
}
