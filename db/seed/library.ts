import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { type Exercise, libraryFileSchema } from '#domain/exercise';
import type { Body, Db } from '../body';
import {
  findLatestVersion,
  insertErrorTag,
  insertExercise,
  insertExerciseText,
  insertExerciseVersion,
  listErrorTags,
} from '../queries/exercises';
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
  for (const exercise of readLibrary()) {
    const latest = yield* findLatestVersion(d, { slug: exercise.slug });
    const exerciseId = latest?.exerciseId ?? uuidv7();
    if (!latest) yield* insertExercise(d, { id: exerciseId, slug: exercise.slug, clinicId: null, createdAt: nowMs });
    if (latest && isSame(latest, exercise)) continue;
    yield* insertVersion(d, exercise, { exerciseId, number: (latest?.number ?? 0) + 1, nowMs });
    const known = new Set((yield* listErrorTags(d, { exerciseIds: [exerciseId] })).map((tag) => tag.code));
    for (const tag of exercise.errorTags) {
      if (!known.has(tag.code)) yield* insertErrorTag(d, { id: uuidv7(), exerciseId, clinicId: null, ...tag });
    }
  }
}

type Stored = { texts: unknown; defaultDose: unknown; pose: unknown };

function isSame(stored: Stored, exercise: Exercise): boolean {
  const fingerprint = (part: Stored) =>
    JSON.stringify([sorted(part.texts), sorted(part.defaultDose), sorted(part.pose)]);
  return (
    fingerprint(stored) ===
    fingerprint({ texts: exercise.texts.en, defaultDose: exercise.defaultDose, pose: exercise.pose })
  );
}

/** Keys in order, since PostgreSQL's jsonb keeps none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
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
