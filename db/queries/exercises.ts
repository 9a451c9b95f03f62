import 'server-only';
import { and, asc, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '../body';
import { errorTags, exerciseDemos, exercises, exerciseTexts, exerciseVersions } from '../schema/exercises';
import { media } from '../schema/media';

export type ErrorTagRow = typeof errorTags.$inferSelect;

export function* insertExercise(d: Db, row: typeof exercises.$inferInsert): Body<void> {
  yield* q(d.insert(exercises).values(row));
}

export function* insertExerciseVersion(d: Db, row: typeof exerciseVersions.$inferInsert): Body<void> {
  yield* q(d.insert(exerciseVersions).values(row));
}

export function* insertExerciseText(d: Db, row: typeof exerciseTexts.$inferInsert): Body<void> {
  yield* q(d.insert(exerciseTexts).values(row));
}

export function* insertErrorTag(d: Db, row: typeof errorTags.$inferInsert): Body<void> {
  yield* q(d.insert(errorTags).values(row));
}

const words = {
  name: exerciseTexts.name,
  purpose: exerciseTexts.purpose,
  steps: exerciseTexts.steps,
  cues: exerciseTexts.cues,
  precautions: exerciseTexts.precautions,
};

const version = {
  exerciseVersionId: exerciseVersions.id,
  exerciseId: exerciseVersions.exerciseId,
  number: exerciseVersions.number,
  slug: exercises.slug,
  category: exerciseVersions.category,
  equipment: exerciseVersions.equipment,
  defaultDose: exerciseVersions.defaultDose,
  progressionVariable: exerciseVersions.progressionVariable,
  camera: exerciseVersions.camera,
  pose: exerciseVersions.pose,
};

/** The newest version of a library exercise with its English words. */
export function* findLatestVersion(d: Db, { slug }: { slug: string }) {
  return yield* first(
    d
      .select({ ...version, texts: words })
      .from(exerciseVersions)
      .innerJoin(exercises, eq(exercises.id, exerciseVersions.exerciseId))
      .innerJoin(
        exerciseTexts,
        and(eq(exerciseTexts.exerciseVersionId, exerciseVersions.id), eq(exerciseTexts.locale, 'en')),
      )
      .where(and(eq(exercises.slug, slug), isNull(exercises.clinicId)))
      .orderBy(desc(exerciseVersions.number))
      .limit(1),
  );
}

/** What a clinic may prescribe: the library and its own, each in its newest version. English words; other languages beside. */
export function* listExercises(d: Db, { clinicId }: { clinicId: string }) {
  const rows = yield* q(
    d
      .select({ ...version, texts: words })
      .from(exerciseVersions)
      .innerJoin(exercises, eq(exercises.id, exerciseVersions.exerciseId))
      .innerJoin(
        exerciseTexts,
        and(eq(exerciseTexts.exerciseVersionId, exerciseVersions.id), eq(exerciseTexts.locale, 'en')),
      )
      .where(or(isNull(exercises.clinicId), eq(exercises.clinicId, clinicId)))
      .orderBy(asc(exerciseTexts.name), desc(exerciseVersions.number)),
  );
  const newest = new Map<string, (typeof rows)[number]>();
  for (const row of rows) if (!newest.has(row.exerciseId)) newest.set(row.exerciseId, row);
  return [...newest.values()];
}

/** The versions that prescriptions name, with their words. */
export function* listExerciseVersions(d: Db, { versionIds }: { versionIds: readonly string[] }) {
  if (versionIds.length === 0) return [];
  return yield* q(
    d
      .select({ ...version, texts: words })
      .from(exerciseVersions)
      .innerJoin(exercises, eq(exercises.id, exerciseVersions.exerciseId))
      .innerJoin(
        exerciseTexts,
        and(eq(exerciseTexts.exerciseVersionId, exerciseVersions.id), eq(exerciseTexts.locale, 'en')),
      )
      .where(inArray(exerciseVersions.id, [...versionIds])),
  );
}

/** Does this version belong to what the clinic may prescribe? */
export function* findPrescribable(
  d: Db,
  { clinicId, versionIds }: { clinicId: string; versionIds: readonly string[] },
) {
  if (versionIds.length === 0) return [];
  return yield* q(
    d
      .select({ exerciseVersionId: exerciseVersions.id, exerciseId: exercises.id, category: exerciseVersions.category })
      .from(exerciseVersions)
      .innerJoin(exercises, eq(exercises.id, exerciseVersions.exerciseId))
      .where(
        and(
          inArray(exerciseVersions.id, [...versionIds]),
          or(isNull(exercises.clinicId), eq(exercises.clinicId, clinicId)),
        ),
      ),
  );
}

export function* listErrorTags(d: Db, { exerciseIds }: { exerciseIds: readonly string[] }): Body<ErrorTagRow[]> {
  if (exerciseIds.length === 0) return [];
  return yield* q(
    d
      .select()
      .from(errorTags)
      .where(inArray(errorTags.exerciseId, [...exerciseIds]))
      .orderBy(asc(errorTags.code)),
  );
}

/** The clinic's demo clips that can be played, the newest of each exercise. */
export function* listDemos(d: Db, { clinicId }: { clinicId: string }): Body<{ exerciseId: string; mediaId: string }[]> {
  return yield* q(
    d
      .select({ exerciseId: exerciseDemos.exerciseId, mediaId: exerciseDemos.mediaId })
      .from(exerciseDemos)
      .innerJoin(media, eq(media.id, exerciseDemos.mediaId))
      .where(and(eq(exerciseDemos.clinicId, clinicId), isNull(exerciseDemos.retiredAt), eq(media.state, 'ready')))
      .orderBy(desc(exerciseDemos.createdAt)),
  );
}

/** Puts a demo clip in the place of the one before. */
export function* replaceDemo(d: Db, row: typeof exerciseDemos.$inferInsert): Body<void> {
  yield* q(
    d
      .update(exerciseDemos)
      .set({ retiredAt: row.createdAt })
      .where(
        and(
          eq(exerciseDemos.clinicId, row.clinicId),
          eq(exerciseDemos.exerciseId, row.exerciseId),
          isNull(exerciseDemos.retiredAt),
        ),
      ),
  );
  yield* q(d.insert(exerciseDemos).values(row));
}

/** A clip that this clinician recorded as a demo. */
export function* findDemoMedia(
  d: Db,
  { clinicId, userId, mediaId }: { clinicId: string; userId: string; mediaId: string },
) {
  return yield* first(
    d
      .select({ id: media.id })
      .from(media)
      .where(
        and(eq(media.id, mediaId), eq(media.clinicId, clinicId), eq(media.ownerUserId, userId), eq(media.kind, 'demo')),
      ),
  );
}
