import 'server-only';
import { and, asc, desc, eq, gt, inArray, isNull, notExists, or, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Body, type Db, first, q } from '#db/body';
import { errorTags, exerciseDemos, exercises, exerciseTexts, exerciseVersions } from '#db/schema/exercises';
import { media } from '#db/schema/media';

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

/** Gives a tag the words of this release; its code and exercise stay. */
export function* updateErrorTag(
  d: Db,
  { id, ...change }: Pick<ErrorTagRow, 'id' | 'labelPatient' | 'labelClinical' | 'severity'>,
): Body<void> {
  yield* q(d.update(errorTags).set(change).where(eq(errorTags.id, id)));
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
  muscleGroup: exerciseVersions.muscleGroup,
  gripType: exerciseVersions.gripType,
  objectSize: exerciseVersions.objectSize,
  defaultDose: exerciseVersions.defaultDose,
  progressionVariable: exerciseVersions.progressionVariable,
  precautions: exerciseVersions.precautions,
  camera: exerciseVersions.camera,
  pose: exerciseVersions.pose,
};

/** The languages that may answer for one, best first; English is always there. */
function languagesFor(locale: string): string[] {
  return [...new Set([locale, locale.split('-')[0] ?? locale, 'en'])];
}

const shown = (d: Db, locale: string, which: SQL | undefined) =>
  d
    .select({ ...version, locale: exerciseTexts.locale, texts: words })
    .from(exerciseVersions)
    .innerJoin(exercises, eq(exercises.id, exerciseVersions.exerciseId))
    .innerJoin(
      exerciseTexts,
      and(
        eq(exerciseTexts.exerciseVersionId, exerciseVersions.id),
        inArray(exerciseTexts.locale, languagesFor(locale)),
      ),
    )
    .where(which)
    .orderBy(desc(exerciseVersions.number), asc(exerciseVersions.id));

/** Each version once, in the best language there is for it. */
function inLanguage<R extends { exerciseVersionId: string; locale: string }>(rows: readonly R[], locale: string): R[] {
  const rank = (row: R) => languagesFor(locale).indexOf(row.locale);
  const best = new Map<string, R>();
  for (const row of rows) {
    const before = best.get(row.exerciseVersionId);
    if (!before || rank(row) < rank(before)) best.set(row.exerciseVersionId, row);
  }
  return [...best.values()];
}

/** Of each exercise the newest version. */
function isNewest(d: Db): SQL {
  const later = alias(exerciseVersions, 'later');
  return notExists(
    d
      .select({ id: later.id })
      .from(later)
      .where(and(eq(later.exerciseId, exerciseVersions.exerciseId), gt(later.number, exerciseVersions.number))),
  );
}

/** The whole library in its newest versions, each with its words in every language: what a release is compared with. */
export function* listLibrary(d: Db) {
  // Bounded: the library comes with the release, each exercise once.
  const newest = yield* q(
    d
      .select(version)
      .from(exerciseVersions)
      .innerJoin(exercises, eq(exercises.id, exerciseVersions.exerciseId))
      .where(and(isNull(exercises.clinicId), isNewest(d)))
      .orderBy(asc(exerciseVersions.id)),
  );
  if (newest.length === 0) return [];
  // Bounded: the words of the library that comes with the release.
  const texts = yield* q(
    d
      .select({ exerciseVersionId: exerciseTexts.exerciseVersionId, locale: exerciseTexts.locale, texts: words })
      .from(exerciseTexts)
      .where(
        inArray(
          exerciseTexts.exerciseVersionId,
          newest.map((row) => row.exerciseVersionId),
        ),
      ),
  );
  return newest.map((row) => {
    const own = texts.filter((text) => text.exerciseVersionId === row.exerciseVersionId);
    return { ...row, texts: Object.fromEntries(own.map((text) => [text.locale, text.texts])) };
  });
}

const prescribable = (clinicId: string) => or(isNull(exercises.clinicId), eq(exercises.clinicId, clinicId));

/** What a clinic may prescribe: the library and its own, each in its newest version, by name. */
export function* listExercises(d: Db, { clinicId, locale = 'en' }: { clinicId: string; locale?: string }) {
  // Bounded: the library of the release and what the clinic added, each exercise once. The editor searches it as a whole.
  const rows = inLanguage(yield* q(shown(d, locale, and(prescribable(clinicId), isNewest(d)))), locale);
  const { compare } = new Intl.Collator(locale);
  return rows.toSorted((a, b) => compare(a.texts.name, b.texts.name));
}

/** One exercise in its newest version, where the clinic may prescribe it. */
export function* findExercise(
  d: Db,
  { clinicId, exerciseId, locale = 'en' }: { clinicId: string; exerciseId: string; locale?: string },
) {
  // Bounded: one version, in the languages that may answer for the reader's.
  const rows = yield* q(shown(d, locale, and(eq(exercises.id, exerciseId), prescribable(clinicId), isNewest(d))));
  return inLanguage(rows, locale)[0];
}

/** The versions that prescriptions name, with their words. */
export function* listExerciseVersions(
  d: Db,
  { versionIds, locale = 'en' }: { versionIds: readonly string[]; locale?: string },
) {
  if (versionIds.length === 0) return [];
  // Bounded: the versions that are named.
  return inLanguage(yield* q(shown(d, locale, inArray(exerciseVersions.id, [...versionIds]))), locale);
}

/** Does this version belong to what the clinic may prescribe? */
export function* findPrescribable(
  d: Db,
  { clinicId, versionIds }: { clinicId: string; versionIds: readonly string[] },
) {
  if (versionIds.length === 0) return [];
  // Bounded: the versions that are named.
  return yield* q(
    d
      .select({
        exerciseVersionId: exerciseVersions.id,
        exerciseId: exercises.id,
        slug: exercises.slug,
        category: exerciseVersions.category,
        muscleGroup: exerciseVersions.muscleGroup,
        equipment: exerciseVersions.equipment,
      })
      .from(exerciseVersions)
      .innerJoin(exercises, eq(exercises.id, exerciseVersions.exerciseId))
      .where(and(inArray(exerciseVersions.id, [...versionIds]), prescribable(clinicId))),
  );
}

export function* listErrorTags(d: Db, { exerciseIds }: { exerciseIds: readonly string[] }): Body<ErrorTagRow[]> {
  if (exerciseIds.length === 0) return [];
  // Bounded: a few tags of each exercise that is named.
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
  // Bounded: one clip per exercise that the clinic filmed.
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

/** A demo clip of the clinic that can be played. */
export function* findReadyDemo(d: Db, { clinicId, mediaId }: { clinicId: string; mediaId: string }) {
  return yield* first(
    d
      .select({ id: media.id })
      .from(media)
      .where(
        and(eq(media.id, mediaId), eq(media.clinicId, clinicId), eq(media.kind, 'demo'), eq(media.state, 'ready')),
      ),
  );
}
