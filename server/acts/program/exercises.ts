import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import {
  findExercise,
  findReadyDemo,
  listDemos,
  listErrorTags,
  listExercises,
  replaceDemo,
} from '#db/queries/program/exercises';
import { notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Reader = { clinicId: string; locale: string };

/** The library and the clinic's own exercises in the reader's language, with the clinic's demo clips. */
export function* readLibrary(d: Db, { clinicId, locale }: Reader) {
  const exercises = yield* listExercises(d, { clinicId, locale });
  const demos = yield* listDemos(d, { clinicId });
  const tags = yield* listErrorTags(d, { exerciseIds: exercises.map((exercise) => exercise.exerciseId) });
  return exercises.map((exercise) => ({
    ...exercise,
    demoMediaId: demos.find((demo) => demo.exerciseId === exercise.exerciseId)?.mediaId ?? null,
    errorTags: tags.filter((tag) => tag.exerciseId === exercise.exerciseId),
  }));
}

/** One exercise of it. */
export function* readExercise(d: Db, { clinicId, locale, exerciseId }: Reader & { exerciseId: string }) {
  const exercise = yield* findExercise(d, { clinicId, locale, exerciseId });
  if (!exercise) throw notFound();
  const demos = yield* listDemos(d, { clinicId });
  return {
    ...exercise,
    demoMediaId: demos.find((demo) => demo.exerciseId === exercise.exerciseId)?.mediaId ?? null,
    errorTags: yield* listErrorTags(d, { exerciseIds: [exercise.exerciseId] }),
  };
}

type Demo = { clinicId: string; exerciseId: string; mediaId: string; createdBy: string };

/** Shows the clinic's own clip of an exercise instead of the drawing. */
export function* setDemo(d: Db, work: UnitOfWork, demo: Demo): Body<{ set: true }> {
  const { clinicId, exerciseId, mediaId } = demo;
  const exercise = yield* findExercise(d, { clinicId, exerciseId });
  const media = yield* findReadyDemo(d, { clinicId, mediaId });
  if (!media || !exercise) throw notFound();
  yield* replaceDemo(d, { id: uuidv7(), ...demo, createdAt: work.nowMs });
  work.about(exerciseId);
  work.tell('exercise', exerciseId);
  return { set: true };
}
