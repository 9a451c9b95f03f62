import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Body, Db } from '#db/body';
import { insertClinic } from '#db/queries/clinic/clinics';
import { insertInvite } from '#db/queries/people/invites';
import { DEFAULT_CLINIC_SETTINGS } from '#domain/clinic/settings';
import { nameSchema } from '#domain/input/fields';
import { phoneSchema } from '#domain/input/phone-field';
import { INVITE_DAYS } from '#domain/people/account';
import { DAY_MS } from '#domain/time/duration';
import { timeZoneSchema } from '#domain/time/local-day';
import { hashToken, newToken } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer, type UnitOfWork } from '#server/runtime/unit-of-work';

export const newClinicSchema = z.object({
  name: nameSchema(120),
  timeZone: timeZoneSchema,
  phone: phoneSchema,
  emergencyNumber: phoneSchema,
  adminName: nameSchema(120),
});

type NewClinic = z.infer<typeof newClinicSchema>;

/** A clinic and the invite of its first admin. */
function* insertClinicAndInvite(
  d: Db,
  work: UnitOfWork,
  { clinicId, tokenHash, input }: { clinicId: string; tokenHash: string; input: NewClinic },
): Body<void> {
  const { adminName, ...clinic } = input;
  const { nowMs } = work;
  yield* insertClinic(d, {
    id: clinicId,
    ...clinic,
    locale: 'en',
    settings: DEFAULT_CLINIC_SETTINGS,
    demo: false,
    createdAt: nowMs,
  });
  yield* insertInvite(d, {
    id: uuidv7(),
    clinicId,
    tokenHash,
    kind: 'staff',
    role: 'admin',
    discipline: 'other',
    name: adminName,
    createdAt: nowMs,
    expiresAt: nowMs + INVITE_DAYS * DAY_MS,
  });
  work.about(clinicId);
}

/** For whoever runs the server: a clinic and the one-time link of its first admin. Without the link nobody gets in. */
export async function createClinic(
  app: AppProcess,
  input: NewClinic,
  nowMs: number,
): Promise<{ clinicId: string; url: string }> {
  const clinicId = uuidv7();
  const token = newToken();
  await runAsServer(app, { act: 'clinic.create', clinicId, nowMs }, (d, work) =>
    insertClinicAndInvite(d, work, { clinicId, tokenHash: hashToken(token), input }),
  );
  return { clinicId, url: new URL(`/invite/${token}`, app.env.REGRASP_URL).href };
}
