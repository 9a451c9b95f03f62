import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import {
  type ErrorTagRow,
  insertErrorTag,
  insertExercise,
  insertExerciseText,
  insertExerciseVersion,
  listErrorTags,
  listLibrary,
  updateErrorTag,
} from '#db/queries/program/exercises';
import { type ErrorTag, type Exercise, libraryFileSchema } from '#domain/program/exercise';
import type { Body, Db } from '../body';
import { canonicalJson } from '../canonical-json';
import dailyTask from './library/daily-task.json';
import dexterity from './library/dexterity.json';
import extensor from './library/extensor.json';
import isometric from './library/isometric.json';
import mirror from './library/mirror.json';
import pinch from './library/pinch.json';
import preparation from './library/preparation.json';
import putty from './library/putty.json';
import rangeOfMotion from './library/range-of-motion.json';
import recovery from './library/recovery.json';
import sensory from './library/sensory.json';
import tendonGlide from './library/tendon-glide.json';
import wrist from './library/wrist.json';

const FILES: readonly unknown[] = [
  rangeOfMotion,
  tendonGlide,
  isometric,
  putty,
  pinch,
  extensor,
  wrist,
  dexterity,
  sensory,
  mirror,
  dailyTask,
  preparation,
  recovery,
];

/** The library as it comes with Regrasp, parsed. */
export function readLibrary(): Exercise[] {
  return FILES.flatMap((file) => libraryFileSchema.parse(file));
}

/** Brings the library up to this release: a changed exercise becomes its next version, earlier ones stay as they were. */
export function* seedLibrary(d: Db, { nowMs }: { nowMs: number }): Body<void> {
  yield* bringLibraryTo(d, { exercises: readLibrary(), nowMs });
}

/** What `seedLibrary` does with the exercises of this release. What a release drops stays prescribable. */
export function* bringLibraryTo(
  d: Db,
  { exercises, nowMs }: { exercises: readonly Exercise[]; nowMs: number },
): Body<void> {
  const stored = new Map((yield* listLibrary(d)).map((one) => [one.slug, one]));
  const ids = [...stored.values()].map((one) => one.exerciseId);
  const tags = yield* listErrorTags(d, { exerciseIds: ids });
  for (const exercise of exercises) {
    const before = stored.get(exercise.slug);
    const exerciseId = before?.exerciseId ?? uuidv7();
    if (!before) yield* insertExercise(d, { id: exerciseId, slug: exercise.slug, clinicId: null, createdAt: nowMs });
    if (!before || contentOf(before) !== contentOf(exercise)) {
      yield* insertVersion(d, exercise, { exerciseId, number: (before?.number ?? 0) + 1, nowMs });
    }
    const known = tags.filter((tag) => tag.exerciseId === exerciseId);
    for (const tag of exercise.errorTags) yield* bringTagTo(d, { exerciseId, known, tag });
  }
}

/** A tag's words follow the release; reviews name it by code and keep their meaning. */
function* bringTagTo(
  d: Db,
  { exerciseId, known, tag }: { exerciseId: string; known: readonly ErrorTagRow[]; tag: ErrorTag },
): Body<void> {
  const { labelPatient, labelClinical, severity } = tag;
  const before = known.find((one) => one.code === tag.code);
  if (!before) yield* insertErrorTag(d, { id: uuidv7(), exerciseId, clinicId: null, ...tag });
  else if (
    before.labelPatient !== labelPatient ||
    before.labelClinical !== labelClinical ||
    before.severity !== severity
  ) {
    yield* updateErrorTag(d, { id: before.id, labelPatient, labelClinical, severity });
  }
}

/** All that a version holds, as text to compare. */
function contentOf(part: { [K in Exclude<keyof Exercise, 'errorTags'>]: unknown }): string {
  const { category, equipment, muscleGroup, gripType, objectSize, defaultDose } = part;
  const { progressionVariable, precautions, camera, pose, texts } = part;
  const what = [category, equipment, muscleGroup, gripType, objectSize, defaultDose];
  return canonicalJson([...what, progressionVariable, precautions, camera, pose, texts]);
}

function* insertVersion(
  d: Db,
  exercise: Exercise,
  { exerciseId, number, nowMs }: { exerciseId: string; number: number; nowMs: number },
): Body<void> {
  const id = uuidv7();
  const {
    category,
    equipment,
    muscleGroup,
    gripType,
    objectSize,
    defaultDose,
    progressionVariable,
    precautions,
    camera,
    pose,
  } = exercise;
  yield* insertExerciseVersion(d, {
    id,
    exerciseId,
    number,
    category,
    equipment,
    muscleGroup,
    gripType,
    objectSize,
    defaultDose,
    progressionVariable,
    precautions,
    camera,
    pose,
    createdAt: nowMs,
  });
  for (const [locale, words] of Object.entries(exercise.texts)) {
    yield* insertExerciseText(d, { exerciseVersionId: id, locale, ...words });
  }
}
