import 'server-only';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { lastEntryAt } from '#db/queries/people/erasures';
import type { PatientScope } from '#db/scope';
import { erasableFrom } from '#domain/clinic/keeping';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { notFound } from '#domain/input/failure';

/** From when on the record may be deleted for good, epoch ms, by the clinic's term and its last entry. */
export function* readErasableFrom(d: Db, { scope }: { scope: PatientScope }): Body<number> {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw notFound();
  return erasableFrom(clinicSettingsSchema.parse(clinic.settings).keeping, yield* lastEntryAt(d, scope));
}
