import 'server-only';
import type { z } from 'zod';
import type { Db } from '#db/body';
import { findClinic, updateClinic } from '#db/queries/clinic/clinics';
import { removeSubscriptionsOfClinic } from '#db/queries/contact/push';
import type { EditHours } from '#domain/clinic/hours';
import { type EditKeeping, nextKeeping } from '#domain/clinic/keeping';
import type { PushSettings } from '#domain/clinic/push-settings';
import { clinicSettingsSchema, type editClinicSchema, nextPainPolicy } from '#domain/clinic/settings';
import type { VisitSettings } from '#domain/clinic/visit-settings';
import { Failure, notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** How patients reach the clinic, and its rules. */
export function* readClinic(d: Db, { clinicId }: { clinicId: string }) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber } = clinic;
  const settings = clinicSettingsSchema.parse(clinic.settings);
  const {
    painPolicy,
    keeping,
    originalRetentionDays: originals,
    visits,
    hours,
    replyOpenHours,
    escalation,
    push,
  } = settings;
  return {
    ...{ name, phone, emergencyNumber, timeZone: clinic.timeZone },
    ...{ painPolicy, keeping, originals, visits, hours, replyOpenHours, escalation, push },
  };
}

type Edit = { clinicId: string; edited: z.output<typeof editClinicSchema> };

/** Changes the settings; the pain policy only from the version that the person saw. */
export function* editClinic(d: Db, work: UnitOfWork, { clinicId, edited }: Edit) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const settings = clinicSettingsSchema.parse(clinic.settings);
  const { painPolicy: wanted, ...reached } = edited;
  if (wanted.version !== settings.painPolicy.version) throw new Failure('CONFLICT', 'changed_meanwhile');
  const painPolicy = nextPainPolicy(settings.painPolicy, wanted);
  yield* updateClinic(d, { clinicId, ...reached, settings: { ...settings, painPolicy } });
  work.about(clinicId);
  return { painPolicy };
}

/** Changes how long media are kept; only from the version that the person saw. */
export function* editKeeping(
  d: Db,
  work: UnitOfWork,
  { clinicId, edited: { originals, ...edited } }: { clinicId: string; edited: EditKeeping },
) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber } = clinic;
  const settings = clinicSettingsSchema.parse(clinic.settings);
  if (edited.version !== settings.keeping.version) throw new Failure('CONFLICT', 'changed_meanwhile');
  const keeping = nextKeeping(settings.keeping, edited, work.nowMs);
  const changed = { ...settings, keeping, originalRetentionDays: originals };
  yield* updateClinic(d, { clinicId, name, phone, emergencyNumber, settings: changed });
  work.about(clinicId);
  return { keeping, originals };
}

/** Changes the rules of live visits; only from the version that the person saw. */
export function* editVisits(
  d: Db,
  work: UnitOfWork,
  { clinicId, edited }: { clinicId: string; edited: VisitSettings },
) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber } = clinic;
  const settings = clinicSettingsSchema.parse(clinic.settings);
  if (edited.version !== settings.visits.version) throw new Failure('CONFLICT', 'changed_meanwhile');
  const visits = { ...edited, version: edited.version + 1 };
  yield* updateClinic(d, { clinicId, name, phone, emergencyNumber, settings: { ...settings, visits } });
  work.about(clinicId);
  return { visits };
}

/** Agrees that messages go through the push services of browser makers, or does so no more: then no device has any. */
export function* editPush(d: Db, work: UnitOfWork, { clinicId, edited }: { clinicId: string; edited: PushSettings }) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber } = clinic;
  const settings = clinicSettingsSchema.parse(clinic.settings);
  if (edited.version !== settings.push.version) throw new Failure('CONFLICT', 'changed_meanwhile');
  const push = { ...edited, version: edited.version + 1 };
  yield* updateClinic(d, { clinicId, name, phone, emergencyNumber, settings: { ...settings, push } });
  if (!push.isAgreed) yield* removeSubscriptionsOfClinic(d, { clinicId });
  work.about(clinicId);
  return { push };
}

/** Changes the opening hours and what hangs on them; only from the version that the person saw. */
export function* editHours(d: Db, work: UnitOfWork, { clinicId, edited }: { clinicId: string; edited: EditHours }) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber } = clinic;
  const settings = clinicSettingsSchema.parse(clinic.settings);
  if (edited.hours.version !== settings.hours.version) throw new Failure('CONFLICT', 'changed_meanwhile');
  const hours = { ...edited.hours, version: edited.hours.version + 1 };
  const changed = { ...edited, hours };
  yield* updateClinic(d, { clinicId, name, phone, emergencyNumber, settings: { ...settings, ...changed } });
  work.about(clinicId);
  return changed;
}
