import 'server-only';
import { and, desc, eq, inArray, isNull, notInArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { type Reach, reached } from '#db/reach';
import { consents, episodes, patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

type PatientRow = typeof patients.$inferSelect;
type EpisodeRow = typeof episodes.$inferSelect;
type ConsentRow = typeof consents.$inferSelect;

export function* insertPatient(d: Db, row: typeof patients.$inferInsert): Body<void> {
  yield* q(d.insert(patients).values(row));
}

export function* insertEpisode(d: Db, row: typeof episodes.$inferInsert): Body<void> {
  yield* q(d.insert(episodes).values(row));
}

/** The record, unless it was put away. */
export function* findPatient(d: Db, { clinicId, patientId }: PatientScope): Body<PatientRow | undefined> {
  return yield* first(
    d
      .select()
      .from(patients)
      .where(and(eq(patients.id, patientId), eq(patients.clinicId, clinicId), isNull(patients.lockedAt))),
  );
}

export function* updatePatient(
  d: Db,
  { clinicId, patientId }: PatientScope,
  change: Partial<typeof patients.$inferInsert>,
): Body<void> {
  yield* q(
    d
      .update(patients)
      .set(change)
      .where(and(eq(patients.id, patientId), eq(patients.clinicId, clinicId))),
  );
}

/** Gives a record its login; only a record without one takes it. */
export function* linkPatientUser(
  d: Db,
  { clinicId, patientId, userId }: PatientScope & { userId: string },
): Body<boolean> {
  const linked = yield* q(
    d
      .update(patients)
      .set({ userId })
      .where(and(eq(patients.id, patientId), eq(patients.clinicId, clinicId), isNull(patients.userId)))
      .returning({ id: patients.id }),
  );
  return linked.length === 1;
}

export function* listEpisodes(d: Db, { clinicId, patientId }: PatientScope): Body<EpisodeRow[]> {
  // Bounded: the hand problems of one patient; a person writes each.
  return yield* q(
    d
      .select()
      .from(episodes)
      .where(and(eq(episodes.patientId, patientId), eq(episodes.clinicId, clinicId)))
      .orderBy(desc(episodes.createdAt), desc(episodes.id)),
  );
}

export function* findOpenEpisode(d: Db, { clinicId, patientId }: PatientScope): Body<EpisodeRow | undefined> {
  return yield* first(
    d
      .select()
      .from(episodes)
      .where(and(eq(episodes.patientId, patientId), eq(episodes.clinicId, clinicId), isNull(episodes.closedAt)))
      .orderBy(desc(episodes.createdAt), desc(episodes.id))
      .limit(1),
  );
}

/** Corrects a hand problem; false where the patient has none by this id. */
export function* findEpisode(
  d: Db,
  { clinicId, patientId, episodeId }: PatientScope & { episodeId: string },
): Body<EpisodeRow | undefined> {
  return yield* first(
    d
      .select()
      .from(episodes)
      .where(and(eq(episodes.id, episodeId), eq(episodes.patientId, patientId), eq(episodes.clinicId, clinicId))),
  );
}

export function* updateEpisode(
  d: Db,
  { clinicId, patientId, episodeId }: PatientScope & { episodeId: string },
  change: Pick<EpisodeRow, 'title' | 'conditionText' | 'side' | 'injuryOn' | 'surgeryOn' | 'precautionsText'>,
): Body<boolean> {
  const updated = yield* q(
    d
      .update(episodes)
      .set(change)
      .where(and(eq(episodes.id, episodeId), eq(episodes.patientId, patientId), eq(episodes.clinicId, clinicId)))
      .returning({ id: episodes.id }),
  );
  return updated.length === 1;
}

/**
 * The clinic's patients by name alone: one's own, or those of colleagues whose care team one might join. No clinical
 * content.
 */
export function* listNames(d: Db, { whose, ...reach }: Reach & { whose: 'own' | 'others' }) {
  const { id, name } = patients;
  const among = whose === 'own' ? inArray(id, reached(d, reach)) : notInArray(id, reached(d, reach));
  // Bounded: two short columns of the patients of one clinic; their order needs all of them (domain/people/by-name.ts).
  return yield* q(
    d
      .select({ id, name })
      .from(patients)
      .where(and(eq(patients.clinicId, reach.clinicId), isNull(patients.lockedAt), among)),
  );
}

/** Every record of a clinic by name alone, those that are put away too. */
export function* listRecordNames(d: Db, { clinicId }: { clinicId: string }) {
  // Bounded: as listNames.
  return yield* q(
    d.select({ id: patients.id, name: patients.name }).from(patients).where(eq(patients.clinicId, clinicId)),
  );
}

/** The patients of a clinic who have a login, with the address they sign in with. No clinical content. */
export function* listPatientLogins(d: Db, { clinicId }: { clinicId: string }) {
  // Bounded: as listNames, with one more.
  return yield* q(
    d
      .select({ id: patients.id, name: patients.name, email: users.email })
      .from(patients)
      .innerJoin(users, eq(users.id, patients.userId))
      .where(eq(patients.clinicId, clinicId)),
  );
}

export function* listConsents(d: Db, { clinicId, patientId }: PatientScope): Body<ConsentRow[]> {
  // Bounded: what one patient agreed to and took back, by hand.
  return yield* q(
    d
      .select()
      .from(consents)
      .where(and(eq(consents.patientId, patientId), eq(consents.clinicId, clinicId)))
      .orderBy(desc(consents.givenAt), desc(consents.id)),
  );
}

/** The consent of a kind that holds now. */
export function* findConsent(
  d: Db,
  { clinicId, patientId, kind }: PatientScope & { kind: ConsentRow['kind'] },
): Body<ConsentRow | undefined> {
  return yield* first(
    d
      .select()
      .from(consents)
      .where(
        and(
          eq(consents.patientId, patientId),
          eq(consents.clinicId, clinicId),
          eq(consents.kind, kind),
          isNull(consents.revokedAt),
        ),
      ),
  );
}

export function* insertConsent(d: Db, row: typeof consents.$inferInsert): Body<void> {
  yield* q(d.insert(consents).values(row).onConflictDoNothing());
}

export function* revokeConsent(
  d: Db,
  { clinicId, patientId, kind, nowMs }: PatientScope & { kind: ConsentRow['kind']; nowMs: number },
): Body<boolean> {
  const revoked = yield* q(
    d
      .update(consents)
      .set({ revokedAt: nowMs })
      .where(
        and(
          eq(consents.patientId, patientId),
          eq(consents.clinicId, clinicId),
          eq(consents.kind, kind),
          isNull(consents.revokedAt),
        ),
      )
      .returning({ id: consents.id }),
  );
  return revoked.length > 0;
}
