import 'server-only';
import type { Db } from '#db/body';
import {
  findAvailability,
  findException,
  insertException,
  listExceptions,
  removeException,
  saveAvailability,
} from '#db/queries/visit/availability';
import { Failure, notFound } from '#domain/input/failure';
import { LAST_MS } from '#domain/input/fields';
import { MINUTE_MS } from '#domain/time/duration';
import { type AvailabilityException, type EditWorkingHours, workingHoursSchema } from '#domain/visit/working-hours';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { EXCEPTIONS_MAX, loadAvailability } from './availability';
import { tellWhoWaits } from './waiting-list';

type Clinician = { clinicId: string; userId: string };

/** What a clinician said of their own time, as it is edited; where nothing, what stands for it. */
export function* readOwnHours(d: Db, { nowMs }: UnitOfWork, clinician: Clinician) {
  const { availability, exceptions } = yield* loadAvailability(d, {
    ...{ ...clinician, fromMs: nowMs, untilMs: LAST_MS },
  });
  const { clinic, own } = availability;
  const none = clinic.hours.week.map(() => []);
  return {
    timeZone: own?.timeZone ?? clinic.timeZone,
    hours: own?.hours ?? { version: 0, visits: clinic.hours.week, reviews: none },
    exceptions: exceptions.map(({ id, kind, fromMs, untilMs, note }) => ({ id, kind, fromMs, untilMs, note })),
  };
}

/** Says when the clinician holds visits; only from the version that was on screen. */
export function* saveOwnHours(
  d: Db,
  work: UnitOfWork,
  { edited, ...clinician }: Clinician & { edited: EditWorkingHours },
) {
  const { timeZone, hours } = edited;
  const before = yield* findAvailability(d, clinician);
  const version = before ? workingHoursSchema.parse(before.hours).version : 0;
  if (version !== hours.version) throw new Failure('CONFLICT', 'changed_meanwhile');
  const saved = { ...hours, version: version + 1 };
  yield* saveAvailability(d, { ...clinician, timeZone, hours: saved, changedAt: work.nowMs });
  work.about(clinician.userId);
  return { hours: saved };
}

/** Adds time away, or beside the week's; the same press once more is the same one. */
export function* addException(
  d: Db,
  work: UnitOfWork,
  { exception, ...clinician }: Clinician & { exception: AvailabilityException },
) {
  if (exception.untilMs <= work.nowMs) throw new Failure('BAD_REQUEST', 'in_past');
  const there = yield* listExceptions(d, { ...clinician, fromMs: work.nowMs, untilMs: LAST_MS, limit: EXCEPTIONS_MAX });
  if (there.length >= EXCEPTIONS_MAX) throw new Failure('CONFLICT', 'too_many_entries');
  if (!(yield* insertException(d, { ...clinician, ...exception, createdAt: work.nowMs }))) {
    if (!(yield* findException(d, { ...clinician, id: exception.id }))) throw notFound();
    return { id: exception.id };
  }
  work.about(clinician.userId);
  const { fromMs, untilMs } = exception;
  // Time that is there now is time for who would come earlier.
  if (exception.kind === 'extra')
    yield* tellWhoWaits(d, work, {
      ...{ clinicId: clinician.clinicId, clinicianId: clinician.userId, startsAt: fromMs },
      durationMinutes: Math.floor((untilMs - fromMs) / MINUTE_MS),
    });
  return { id: exception.id };
}

/** Takes an entry out again. */
export function* dropException(d: Db, work: UnitOfWork, { id, ...clinician }: Clinician & { id: string }) {
  if (!(yield* removeException(d, { ...clinician, id }))) throw notFound();
  work.about(clinician.userId);
  return { id };
}
