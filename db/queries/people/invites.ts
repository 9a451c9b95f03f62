import 'server-only';
import { and, desc, eq, gt, inArray, isNull, type SQL } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { clinics } from '#db/schema/clinics';
import { invites, users } from '#db/schema/people';

export type InviteRow = typeof invites.$inferSelect;

export function* insertInvite(d: Db, row: typeof invites.$inferInsert): Body<void> {
  yield* q(d.insert(invites).values(row));
}

/** What a link shows before it is used. Expired, used and revoked links show nothing. */
export function* findOpenInvite(d: Db, { tokenHash, nowMs }: { tokenHash: string; nowMs: number }) {
  return yield* first(
    d
      .select({
        invite: invites,
        clinic: { id: clinics.id, name: clinics.name, locale: clinics.locale, timeZone: clinics.timeZone },
      })
      .from(invites)
      .innerJoin(clinics, eq(clinics.id, invites.clinicId))
      .where(
        and(
          eq(invites.tokenHash, tokenHash),
          gt(invites.expiresAt, nowMs),
          isNull(invites.usedAt),
          isNull(invites.revokedAt),
        ),
      ),
  );
}

/** Uses an invite up, in one statement with its full condition: of two at once, one gets it. */
export function* consumeInvite(
  d: Db,
  { tokenHash, userId, nowMs }: { tokenHash: string; userId: string; nowMs: number },
): Body<InviteRow | undefined> {
  const [row] = yield* q(
    d
      .update(invites)
      .set({ usedAt: nowMs, usedBy: userId })
      .where(
        and(
          eq(invites.tokenHash, tokenHash),
          gt(invites.expiresAt, nowMs),
          isNull(invites.usedAt),
          isNull(invites.revokedAt),
        ),
      )
      .returning(),
  );
  return row;
}

/** Links for a new password or address of an account that still work stop working: its access changed, or is about to. */
export function* revokePasswordLinks(d: Db, { userId, nowMs }: { userId: string; nowMs: number }): Body<void> {
  yield* q(
    d
      .update(invites)
      .set({ revokedAt: nowMs })
      .where(
        and(
          eq(invites.userId, userId),
          inArray(invites.kind, ['password', 'email']),
          isNull(invites.usedAt),
          isNull(invites.revokedAt),
        ),
      ),
  );
}

/** A link for a new address stops working where another one is made. */
export function* revokeEmailLinks(d: Db, { userId, nowMs }: { userId: string; nowMs: number }): Body<void> {
  yield* revokeOpen(d, nowMs, and(eq(invites.userId, userId), eq(invites.kind, 'email')));
}

/** Of these invites, those that nobody has used stop working; returns how many did. */
function* revokeOpen(d: Db, nowMs: number, which: SQL | undefined): Body<number> {
  const open = and(which, isNull(invites.usedAt), isNull(invites.revokedAt));
  const revoked = yield* q(d.update(invites).set({ revokedAt: nowMs }).where(open).returning({ id: invites.id }));
  return revoked.length;
}

/** Takes back an invite of staff that nobody has used; false where there is none. */
export function* revokeStaffInvite(
  d: Db,
  { clinicId, inviteId, nowMs }: { clinicId: string; inviteId: string; nowMs: number },
): Body<boolean> {
  const { id, kind } = invites;
  const one = and(eq(id, inviteId), eq(invites.clinicId, clinicId), eq(kind, 'staff'));
  return (yield* revokeOpen(d, nowMs, one)) === 1;
}

/** Earlier open invites of the same patient stop working when a new one is made. */
export function* revokePatientInvites(
  d: Db,
  { clinicId, patientId, nowMs }: { clinicId: string; patientId: string; nowMs: number },
): Body<number> {
  const { kind } = invites;
  const theirs = and(eq(invites.clinicId, clinicId), eq(invites.patientId, patientId), eq(kind, 'patient'));
  return yield* revokeOpen(d, nowMs, theirs);
}

export function* listOpenStaffInvites(d: Db, { clinicId, nowMs }: { clinicId: string; nowMs: number }) {
  // Bounded: invitations that are open; each ends by itself.
  return yield* q(
    d
      .select({
        id: invites.id,
        name: invites.name,
        role: invites.role,
        discipline: invites.discipline,
        expiresAt: invites.expiresAt,
      })
      .from(invites)
      .where(
        and(
          eq(invites.clinicId, clinicId),
          eq(invites.kind, 'staff'),
          gt(invites.expiresAt, nowMs),
          isNull(invites.usedAt),
          isNull(invites.revokedAt),
        ),
      )
      .orderBy(desc(invites.createdAt)),
  );
}

/** The newest invite of a patient that still works. */
export function* findOpenPatientInvite(
  d: Db,
  { clinicId, patientId, nowMs }: { clinicId: string; patientId: string; nowMs: number },
) {
  return yield* first(
    d
      .select({ id: invites.id, expiresAt: invites.expiresAt })
      .from(invites)
      .where(
        and(
          eq(invites.clinicId, clinicId),
          eq(invites.patientId, patientId),
          gt(invites.expiresAt, nowMs),
          isNull(invites.usedAt),
          isNull(invites.revokedAt),
        ),
      )
      .orderBy(desc(invites.createdAt))
      .limit(1),
  );
}

/** No link that was made before works any more: it may have been used since. */
export function* revokeAllLinks(d: Db, { nowMs }: { nowMs: number }): Body<void> {
  yield* q(
    d
      .update(invites)
      .set({ revokedAt: nowMs })
      .where(and(isNull(invites.usedAt), isNull(invites.revokedAt))),
  );
}

/** Links for a new password of this account, the newest first: who made each, and whether it was used. */
export function* listPasswordLinks(d: Db, { userId, limit }: { userId: string; limit: number }) {
  return yield* q(
    d
      .select({
        id: invites.id,
        createdAt: invites.createdAt,
        createdByName: users.name,
        usedAt: invites.usedAt,
        revokedAt: invites.revokedAt,
        expiresAt: invites.expiresAt,
      })
      .from(invites)
      .leftJoin(users, eq(users.id, invites.createdBy))
      .where(and(eq(invites.userId, userId), eq(invites.kind, 'password')))
      .orderBy(desc(invites.createdAt), desc(invites.id))
      .limit(limit),
  );
}
