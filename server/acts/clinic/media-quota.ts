import 'server-only';
import type { Body, Db } from '#db/body';
import { sumMediaBytes } from '#db/queries/check-in/media';
import { findClinic } from '#db/queries/clinic/clinics';
import type { PatientScope } from '#db/scope';
import { QUOTA_REACHED } from '#domain/check-in/media';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { notFound } from '#domain/input/failure';
import { DAY_MS } from '#domain/time/duration';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** Whether so many bytes more are too many for one patient and day, as the clinic has set it; null where they are not. */
export function* refusedByQuota(
  d: Db,
  { nowMs }: UnitOfWork,
  { scope, bytes }: { scope: PatientScope; bytes: number },
): Body<typeof QUOTA_REACHED | null> {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw notFound();
  const { clipMegabytesADay } = clinicSettingsSchema.parse(clinic.settings).keeping;
  const used = yield* sumMediaBytes(d, { ...scope, sinceMs: nowMs - DAY_MS });
  return used + bytes > clipMegabytesADay * 1e6 ? QUOTA_REACHED : null;
}
