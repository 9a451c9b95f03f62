import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { findConsent, insertConsent, listConsents, revokeConsent } from '#db/queries/people/patients';
import type { PatientScope } from '#db/scope';
import { notFound } from '#domain/input/failure';
import { CONSENT_TEXT_VERSION, type changeConsentSchema, FIRST_USE_CONSENTS, isInForce } from '#domain/people/patient';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** Must the patient still agree before the first use? With whom to talk if not. */
export function* readConsentNeeded(d: Db, { scope }: { scope: PatientScope }) {
  const given = (yield* listConsents(d, scope)).filter(isInForce);
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber } = clinic;
  const asked = FIRST_USE_CONSENTS.some((kind) => !given.some((consent) => consent.kind === kind));
  return { asked, clinic: { name, phone, emergencyNumber } };
}

type Change = z.output<typeof changeConsentSchema> & { scope: PatientScope; givenBy: string };

/** Gives or takes back consents, to the text as it stands. One to an older text ends at the instant of the new one. */
export function* changeConsents(
  d: Db,
  work: UnitOfWork,
  { scope, kinds, given, givenBy }: Change,
): Body<{ changed: true }> {
  const { nowMs } = work;
  for (const kind of kinds) {
    if (given && isInForce(yield* findConsent(d, { ...scope, kind }))) continue;
    yield* revokeConsent(d, { ...scope, kind, nowMs });
    const consent = { id: uuidv7(), ...scope, kind, textVersion: CONSENT_TEXT_VERSION, givenBy, givenAt: nowMs };
    if (given) yield* insertConsent(d, consent);
  }
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { changed: true };
}
