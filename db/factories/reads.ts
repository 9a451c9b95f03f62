import 'server-only';
import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { MarkRow } from '#db/queries/annotation/marks';
import type { UploadRow } from '#db/queries/check-in/media';
import { listExerciseVersions } from '#db/queries/program/exercises';
import type { JobRow } from '#db/queries/runtime/jobs';
import type { BackupRow } from '#db/queries/runtime/store';
import { type Body, type Db, first, q } from '../body';
import { marks } from '../schema/annotation';
import { exercises, exerciseVersions } from '../schema/exercises';
import { jobs } from '../schema/jobs';
import { uploads } from '../schema/media';
import { patients } from '../schema/patients';
import { backups } from '../schema/store';

/** The rows of marks as they are kept beside the operations. */
export function* listMarks(d: Db, { surfaceId }: { surfaceId: string }): Body<MarkRow[]> {
  return yield* q(
    d.select().from(marks).where(eq(marks.surfaceId, surfaceId)).orderBy(asc(marks.committedAt), asc(marks.markId)),
  );
}

/** Every patient of a clinic by name. */
export function* listClinicPatients(d: Db, { clinicId }: { clinicId: string }) {
  const { id, name, userId } = patients;
  return yield* q(
    d.select({ id, name, userId }).from(patients).where(eq(patients.clinicId, clinicId)).orderBy(name, id),
  );
}

export function* findUploadOfMedia(d: Db, { mediaId }: { mediaId: string }): Body<UploadRow | undefined> {
  return yield* first(d.select().from(uploads).where(eq(uploads.mediaId, mediaId)));
}

export function* findJob(d: Db, { dedupeKey }: { dedupeKey: string }): Body<JobRow | undefined> {
  return yield* first(d.select().from(jobs).where(eq(jobs.dedupeKey, dedupeKey)));
}

/** The newest version of a library exercise with its English words. */
export function* findLatestVersion(d: Db, { slug }: { slug: string }) {
  const newest = yield* first(
    d
      .select({ id: exerciseVersions.id })
      .from(exerciseVersions)
      .innerJoin(exercises, eq(exercises.id, exerciseVersions.exerciseId))
      .where(and(eq(exercises.slug, slug), isNull(exercises.clinicId)))
      .orderBy(desc(exerciseVersions.number))
      .limit(1),
  );
  if (!newest) return undefined;
  const [version] = yield* listExerciseVersions(d, { versionIds: [newest.id] });
  return version;
}

/** What a store remembers of the backups in a folder, oldest first. */
export function* listBackupRows(d: Db, { folder }: { folder: string }): Body<BackupRow[]> {
  return yield* q(d.select().from(backups).where(eq(backups.folder, folder)).orderBy(asc(backups.madeAt)));
}
