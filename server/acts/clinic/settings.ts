import 'server-only';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findClinic, updateClinic } from '#db/queries/clinic/clinics';
import { removeSubscriptionsOfClinic } from '#db/queries/contact/push';
import type { EditHours } from '#domain/clinic/hours';
import { type EditKeeping, nextKeeping } from '#domain/clinic/keeping';
import type { PushSettings } from '#domain/clinic/push-settings';
import {
  type ClinicSettings,
  clinicSettingsSchema,
  type editClinicSchema,
  nextPainPolicy,
} from '#domain/clinic/settings';
import type { VisitSettings } from '#domain/clinic/visit-settings';
import { Failure, notFound } from '#domain/input/failure';
import type { AlarmWords } from '#domain/practice/alarm-words';
import type { Barriers } from '#domain/practice/barriers';
import type { AppointmentSettings } from '#domain/visit/appointment-settings';
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
    alarmWords,
    barriers,
    push,
    appointments,
  } = settings;
  return {
    ...{ name, phone, emergencyNumber, timeZone: clinic.timeZone },
    ...{
      painPolicy,
      keeping,
      originals,
      visits,
      hours,
      replyOpenHours,
      escalation,
      alarmWords,
      barriers,
      push,
      appointments,
    },
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

type Change<T> = {
  clinicId: string;
  /** Versions of what was on the person's screen, and of what is kept now. */
  version: number;
  versionOf(settings: ClinicSettings): number;
  next(settings: ClinicSettings): { kept: Partial<ClinicSettings>; answer: T };
};

/** Changes a part of the settings; only from the version that the person saw. */
function* change<T>(d: Db, work: UnitOfWork, { clinicId, version, versionOf, next }: Change<T>): Body<T> {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber } = clinic;
  const settings = clinicSettingsSchema.parse(clinic.settings);
  if (version !== versionOf(settings)) throw new Failure('CONFLICT', 'changed_meanwhile');
  const { kept, answer } = next(settings);
  yield* updateClinic(d, { clinicId, name, phone, emergencyNumber, settings: { ...settings, ...kept } });
  work.about(clinicId);
  return answer;
}

type Edited<T> = { clinicId: string; edited: T };

/** Changes how long media are kept. */
export function* editKeeping(d: Db, work: UnitOfWork, { clinicId, edited }: Edited<EditKeeping>) {
  const { originals, ...wanted } = edited;
  return yield* change(d, work, {
    ...{ clinicId, version: edited.version, versionOf: ({ keeping }) => keeping.version },
    next(settings) {
      const keeping = nextKeeping(settings.keeping, wanted, work.nowMs);
      return { kept: { keeping, originalRetentionDays: originals }, answer: { keeping, originals } };
    },
  });
}

/** Changes the rules of live visits. */
export function* editVisits(d: Db, work: UnitOfWork, { clinicId, edited }: Edited<VisitSettings>) {
  const visits = { ...edited, version: edited.version + 1 };
  return yield* change(d, work, {
    ...{ clinicId, version: edited.version, versionOf: (settings) => settings.visits.version },
    next: () => ({ kept: { visits }, answer: { visits } }),
  });
}

/** Agrees that messages go through the push services of browser makers, or does so no more: then no device has any. */
export function* editPush(d: Db, work: UnitOfWork, { clinicId, edited }: Edited<PushSettings>) {
  const push = { ...edited, version: edited.version + 1 };
  const saved = yield* change(d, work, {
    ...{ clinicId, version: edited.version, versionOf: (settings) => settings.push.version },
    next: () => ({ kept: { push }, answer: { push } }),
  });
  if (!push.isAgreed) yield* removeSubscriptionsOfClinic(d, { clinicId });
  return saved;
}

/** Changes the opening hours and what hangs on them. */
export function* editHours(d: Db, work: UnitOfWork, { clinicId, edited }: Edited<EditHours>) {
  const kept = { ...edited, hours: { ...edited.hours, version: edited.hours.version + 1 } };
  return yield* change(d, work, {
    ...{ clinicId, version: edited.hours.version, versionOf: ({ hours }) => hours.version },
    next: () => ({ kept, answer: kept }),
  });
}

/** Changes the words at which a message shows the number to ring. */
export function* editAlarmWords(d: Db, work: UnitOfWork, { clinicId, edited }: Edited<AlarmWords>) {
  const alarmWords = { ...edited, version: edited.version + 1 };
  return yield* change(d, work, {
    ...{ clinicId, version: edited.version, versionOf: (settings) => settings.alarmWords.version },
    next: () => ({ kept: { alarmWords }, answer: { alarmWords } }),
  });
}

/** Changes what patients may pick from as hard at home, and what is suggested first. */
export function* editBarriers(d: Db, work: UnitOfWork, { clinicId, edited }: Edited<Barriers>) {
  const barriers = { ...edited, version: edited.version + 1 };
  return yield* change(d, work, {
    ...{ clinicId, version: edited.version, versionOf: (settings) => settings.barriers.version },
    next: () => ({ kept: { barriers }, answer: { barriers } }),
  });
}

/** Changes which visits there are and what patients may do about them. */
export function* editAppointments(d: Db, work: UnitOfWork, { clinicId, edited }: Edited<AppointmentSettings>) {
  const appointments = { ...edited, version: edited.version + 1 };
  return yield* change(d, work, {
    ...{ clinicId, version: edited.version, versionOf: (settings) => settings.appointments.version },
    next: () => ({ kept: { appointments }, answer: { appointments } }),
  });
}
