import 'server-only';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { listStaff } from '#db/queries/people/staff';
import { findAvailability, listExceptions } from '#db/queries/visit/availability';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { notFound } from '#domain/input/failure';
import { type Availability, workingSpans } from '#domain/visit/availability';
import { workingHoursSchema } from '#domain/visit/working-hours';

type Clinician = { clinicId: string; userId: string };
type Span = { fromMs: number; untilMs: number };

/** More than anybody enters for a year. */
export const EXCEPTIONS_MAX = 500;

/** What is known of when a clinician holds visits in a span of time. */
export function* loadAvailability(d: Db, { clinicId, userId, fromMs, untilMs }: Clinician & Span) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const settings = clinicSettingsSchema.parse(clinic.settings);
  const row = yield* findAvailability(d, { clinicId, userId });
  const exceptions = yield* listExceptions(d, { clinicId, userId, fromMs, untilMs, limit: EXCEPTIONS_MAX });
  const own = row ? { hours: workingHoursSchema.parse(row.hours), timeZone: row.timeZone } : null;
  const availability: Availability = {
    clinic: { hours: settings.hours, timeZone: clinic.timeZone },
    own,
    exceptions,
  };
  return { availability, exceptions, settings: settings.appointments };
}

/** Is this somebody who holds visits in the clinic now? Others look like nobody. */
function* requireClinician(d: Db, { clinicId, userId }: Clinician): Body<void> {
  const staff = yield* listStaff(d, { clinicId });
  if (!staff.some((one) => one.userId === userId && one.role === 'clinician')) throw notFound();
}

/** When a clinician of the clinic holds visits in a span of time, as colleagues see it. */
export function* readCalendar(d: Db, asked: Clinician & Span) {
  yield* requireClinician(d, asked);
  const { availability, exceptions } = yield* loadAvailability(d, asked);
  const { visits, reviews } = workingSpans(availability, { from: asked.fromMs, until: asked.untilMs });
  return {
    timeZone: availability.own?.timeZone ?? availability.clinic.timeZone,
    /** They said when; else the clinic's opening hours stand for it. */
    isOwn: availability.own !== null,
    visits,
    reviews,
    exceptions: exceptions.map(({ id, kind, fromMs, untilMs, note }) => ({ id, kind, fromMs, untilMs, note })),
  };
}

/** The clinic's types of visit; retired ones too, since visits keep their names. */
export function* readVisitTypes(d: Db, { clinicId }: { clinicId: string }) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  return clinicSettingsSchema.parse(clinic.settings).appointments.types;
}
