import 'server-only';
import { and, eq, inArray, isNotNull, or, type SQL } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '#db/body';
import { surfaces } from '#db/schema/annotation';
import { appointmentRequests } from '#db/schema/appointments';
import { checkIns } from '#db/schema/check-ins';
import { flags } from '#db/schema/logs';
import { notices } from '#db/schema/notices';
import { episodes, patients } from '#db/schema/patients';
import { programs } from '#db/schema/programs';
import { visits } from '#db/schema/visits';

/** Which rows of a table belong to a patient. */
export type Whose = (d: Db, patientId: string) => SQL | undefined;

export const own =
  (column: AnyPgColumn): Whose =>
  (_, patientId) =>
    eq(column, patientId);

export const within =
  (column: AnyPgColumn, parent: PgTable, parentId: AnyPgColumn, whose: Whose): Whose =>
  (d, patientId) =>
    inArray(column, d.select({ id: parentId }).from(parent).where(whose(d, patientId)));

export const ofAccount = (column: AnyPgColumn): Whose =>
  within(column, patients, patients.userId, (_, patientId) =>
    and(eq(patients.id, patientId), isNotNull(patients.userId)),
  );

export const inVisit = (column: AnyPgColumn) => within(column, visits, visits.id, own(visits.patientId));
export const inCheckIn = (column: AnyPgColumn) => within(column, checkIns, checkIns.id, own(checkIns.patientId));
export const onSurface = (column: AnyPgColumn) => within(column, surfaces, surfaces.id, own(surfaces.patientId));
export const inProgram = (column: AnyPgColumn) => within(column, programs, programs.id, own(programs.patientId));

/** A notice is about the patient where its subject is one of their rows; the patient's own notices are theirs too. */
export const noticed: Whose = (d, patientId) =>
  or(
    eq(notices.subjectId, patientId),
    inCheckIn(notices.subjectId)(d, patientId),
    inVisit(notices.subjectId)(d, patientId),
    within(
      notices.subjectId,
      appointmentRequests,
      appointmentRequests.id,
      own(appointmentRequests.patientId),
    )(d, patientId),
    within(notices.subjectId, flags, flags.id, own(flags.patientId))(d, patientId),
    within(notices.subjectId, episodes, episodes.id, own(episodes.patientId))(d, patientId),
    ofAccount(notices.userId)(d, patientId),
  );
