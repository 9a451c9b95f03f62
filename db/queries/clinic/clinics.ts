import 'server-only';
import { eq } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { clinics } from '#db/schema/clinics';

type ClinicRow = typeof clinics.$inferSelect;

export function* findClinic(d: Db, { clinicId }: { clinicId: string }): Body<ClinicRow | undefined> {
  return yield* first(d.select().from(clinics).where(eq(clinics.id, clinicId)));
}

export function* listClinics(d: Db): Body<ClinicRow[]> {
  // Bounded: the clinics of this store; whoever runs it makes each by hand.
  return yield* q(d.select().from(clinics).orderBy(clinics.createdAt, clinics.id));
}

export function* insertClinic(d: Db, row: typeof clinics.$inferInsert): Body<void> {
  yield* q(d.insert(clinics).values(row));
}

export function* updateClinic(
  d: Db,
  { clinicId, ...change }: { clinicId: string } & Pick<ClinicRow, 'name' | 'phone' | 'emergencyNumber' | 'settings'>,
): Body<void> {
  yield* q(d.update(clinics).set(change).where(eq(clinics.id, clinicId)));
}
