import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { findConsent, insertConsent, listConsents, revokeConsent } from '#db/queries/people/patients';
import type { PatientScope } from '#db/scope';
import { saidToPatients } from '#domain/clinic/keeping';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { notFound } from '#domain/input/failure';
import {
  CONSENT_TEXT_VERSION,
  type ConsentKind,
  type changeConsentSchema,
  FIRST_USE_CONSENTS,
  isInForce,
  type KeptDays,
  keptUnder,
} from '#domain/people/patient';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Scoped = { scope: PatientScope };

/** How long the clinic says that it keeps what patients send, in days; null = as long as the record. */
export function* readKept(d: Db, { scope }: Scoped): Body<KeptDays> {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw notFound();
  return saidToPatients(clinicSettingsSchema.parse(clinic.settings).keeping);
}

/** Whether the patient agrees to what this kind means today. */
export function* agreesTo(d: Db, { scope, kind }: Scoped & { kind: ConsentKind }): Body<boolean> {
  return isInForce(yield* findConsent(d, { ...scope, kind }), yield* readKept(d, { scope }));
}

/** Every consent on record, newest first, and whether it is in force. */
export function* readConsents(d: Db, { scope }: Scoped) {
  const kept = yield* readKept(d, { scope });
  const consents = (yield* listConsents(d, scope)).map((row) => ({ ...row, inForce: isInForce(row, kept) }));
  return { kept, consents };
}

/** Must the patient still agree before the first use? With whom to talk if not. */
export function* readConsentNeeded(d: Db, { scope }: Scoped) {
  const { kept, consents } = yield* readConsents(d, { scope });
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber } = clinic;
  const asked = FIRST_USE_CONSENTS.some((kind) => !consents.some((one) => one.kind === kind && one.inForce));
  return { asked, kept, clinic: { name, phone, emergencyNumber } };
}

type Change = z.output<typeof changeConsentSchema> & Scoped & { givenBy: string };

/** Gives or takes back consents, to the text as it stands. One to an older text ends at the instant of the new one. */
export function* changeConsents(
  d: Db,
  work: UnitOfWork,
  { scope, kinds, given, givenBy }: Change,
): Body<{ changed: true }> {
  const { nowMs } = work;
  const kept = yield* readKept(d, { scope });
  for (const kind of kinds) {
    if (given && isInForce(yield* findConsent(d, { ...scope, kind }), kept)) continue;
    yield* revokeConsent(d, { ...scope, kind, nowMs });
    const text = { textVersion: CONSENT_TEXT_VERSION, keepDays: keptUnder(kind, kept) };
    if (given) yield* insertConsent(d, { id: uuidv7(), ...scope, kind, ...text, givenBy, givenAt: nowMs });
  }
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { changed: true };
}
