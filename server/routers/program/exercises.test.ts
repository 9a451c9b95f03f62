import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { findLatestVersion } from '#db/factories/reads';
import { insertMedia, type MediaRow } from '#db/queries/check-in/media';
import {
  insertExercise,
  insertExerciseText,
  insertExerciseVersion,
  listDemos,
  listErrorTags,
  listExerciseVersions,
} from '#db/queries/program/exercises';
import { bringLibraryTo, readLibrary, seedLibrary } from '#db/seed/library';
import type { Exercise } from '#domain/program/exercise';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
  await test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs }));
});

const latest = (slug: string) => test.app.database.read((d) => findLatestVersion(d, { slug }));
const mira = () => test.as(cast.mira.userId);

/** A release in which this exercise is another one. */
function bring(slug: string, change: (exercise: Exercise) => Exercise) {
  const exercises = readLibrary().map((one) => (one.slug === slug ? change(one) : one));
  return test.app.database.write((d) => bringLibraryTo(d, { exercises, nowMs: test.clock.nowMs }));
}

const renamed =
  (name: string) =>
  (one: Exercise): Exercise => ({ ...one, texts: { ...one.texts, en: { ...one.texts.en, name } } });

describe('the library', () => {
  it('is seeded once: the same release again changes nothing', async () => {
    const before = await (await mira()).exercises.list();
    await test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs + 1 }));
    expect(before).toHaveLength(readLibrary().length);
    expect(await (await mira()).exercises.list()).toEqual(before);
  });

  it.each<[string, (one: Exercise) => Exercise]>([
    ['a name', renamed('Zigzag fist')],
    ['a precaution for the clinician', (one) => ({ ...one, precautions: ['swelling'] })],
    ['the equipment', (one) => ({ ...one, equipment: ['table', 'chair'] })],
    ['a language', (one) => ({ ...one, texts: { ...one.texts, de: { ...one.texts.en, name: 'Faust' } } })],
    ['the dose', (one) => ({ ...one, defaultDose: { ...one.defaultDose, sets: 9 } })],
  ])('makes the next version when %s changed, and keeps the version before', async (_what, change) => {
    const before = await latest('wrist-bend-and-straighten');
    if (!before) throw new Error('the library has it');
    await bring('wrist-bend-and-straighten', change);
    const after = await latest('wrist-bend-and-straighten');
    expect(after?.number).toBe(before.number + 1);
    const versionIds = [before.exerciseVersionId];
    expect(await test.app.database.read((d) => listExerciseVersions(d, { versionIds }))).toEqual([before]);
    const listed = (await (await mira()).exercises.list()).filter((one) => one.slug === before.slug);
    expect(listed.map((one) => one.exerciseVersionId)).toEqual([after?.exerciseVersionId]);
  });

  it('keeps a tag by its code and gives it the words of the release', async () => {
    const tag = readLibrary().find((one) => one.slug === 'tendon-glides')?.errorTags[0];
    const exercise = await latest('tendon-glides');
    if (!tag || !exercise) throw new Error('tendon glides have a tag');
    const tags = () => test.app.database.read((d) => listErrorTags(d, { exerciseIds: [exercise.exerciseId] }));
    const before = (await tags()).find((one) => one.code === tag.code);
    const words = { ...tag, labelPatient: 'Let each finger finish first.' };
    await bring('tendon-glides', (one) => ({
      ...one,
      errorTags: one.errorTags.map((other) => (other.code === tag.code ? words : other)),
    }));
    const after = (await tags()).filter((one) => one.code === tag.code);
    expect(after).toEqual([{ ...before, labelPatient: 'Let each finger finish first.' }]);
    expect((await latest('tendon-glides'))?.number).toBe(exercise.number);
  });
});

/** An exercise that a clinic made itself, with words in two languages. */
async function ownExercise(clinicId: string) {
  const library = await latest('tendon-glides');
  if (!library) throw new Error('the library has it');
  const exerciseId = uuidv7();
  const { category, equipment, muscleGroup, defaultDose, progressionVariable, precautions, camera, pose } = library;
  const words = { purpose: 'p p', steps: ['a a'], cues: ['c c'], precautions: [] };
  await test.app.database.write(function* (d) {
    yield* insertExercise(d, { id: exerciseId, slug: 'our-own', clinicId, createdAt: test.clock.nowMs });
    for (const [number, name] of [
      [1, 'Apple grip'],
      [2, 'Zebra grip'],
    ] as const) {
      const id = uuidv7();
      const version = { category, equipment, muscleGroup, defaultDose, progressionVariable, precautions, camera, pose };
      yield* insertExerciseVersion(d, { id, exerciseId, number, ...version, createdAt: test.clock.nowMs });
      yield* insertExerciseText(d, { exerciseVersionId: id, locale: 'en', name, ...words });
      yield* insertExerciseText(d, { exerciseVersionId: id, locale: 'de', name: `${name} (de)`, ...words });
    }
  });
  return exerciseId;
}

async function clip(clinicId: string, ownerUserId: string, over: Partial<MediaRow> = {}) {
  const id = uuidv7();
  const row = { id, clinicId, ownerUserId, kind: 'demo' as const, state: 'ready' as const };
  await test.app.database.write((d) => insertMedia(d, { ...row, createdAt: test.clock.nowMs, ...over }));
  return id;
}

describe('exercises to prescribe', () => {
  it('are the library and the clinic’s own, each in its newest version, with tags and dose', async () => {
    const exerciseId = await ownExercise(cast.clinicId);
    const list = await (await mira()).exercises.list();
    expect(list.find((one) => one.exerciseId === exerciseId)).toMatchObject({ number: 2, demoMediaId: null });
    expect(list.find((one) => one.exerciseId === exerciseId)?.texts.name).toBe('Zebra grip');
    const glides = list.find((one) => one.slug === 'tendon-glides');
    expect(glides?.errorTags.length).toBeGreaterThan(0);
    expect(glides?.defaultDose.sets).toBeGreaterThan(0);
    const outsider = await test.as(cast.outsider.userId);
    expect((await outsider.exercises.list()).some((one) => one.exerciseId === exerciseId)).toBe(false);
    await expect(outsider.exercises.get({ exerciseId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await (await mira()).exercises.get({ exerciseId })).toMatchObject({ number: 2, errorTags: [] });
  });

  it('speak the language asked for where they have it, else English', async () => {
    const [own, library] = await test.app.database.read(function* (d) {
      const exercise = yield* findLatestVersion(d, { slug: 'thumb-to-each-fingertip' });
      const versionIds = [exercise?.exerciseVersionId ?? ''];
      return [
        yield* listExerciseVersions(d, { versionIds, locale: 'de-AT' }),
        yield* listExerciseVersions(d, { versionIds }),
      ];
    });
    expect(own).toEqual(library);
    await bring('thumb-to-each-fingertip', (one) => ({
      ...one,
      texts: { ...one.texts, de: { ...one.texts.en, name: 'Daumen trifft Finger' } },
    }));
    const versionId = (await latest('thumb-to-each-fingertip'))?.exerciseVersionId ?? '';
    const named = (locale: string) =>
      test.app.database.read((d) => listExerciseVersions(d, { versionIds: [versionId], locale }));
    expect((await named('de-AT')).map((one) => one.texts.name)).toEqual(['Daumen trifft Finger']);
    expect((await named('pt')).map((one) => one.texts.name)).toEqual(['Thumb to each fingertip']);
  });

  it('are shown with the clinic’s newest demo that can be played', async () => {
    const exerciseId = (await latest('putty-hook'))?.exerciseId ?? '';
    const [first, second] = [
      await clip(cast.clinicId, cast.mira.userId),
      await clip(cast.clinicId, cast.colleague.userId),
    ];
    for (const mediaId of [first, second]) {
      test.clock.nowMs += 1000;
      await (await mira()).exercises.setDemo({ exerciseId, mediaId });
    }
    expect((await (await mira()).exercises.get({ exerciseId })).demoMediaId).toBe(second);
    expect((await (await test.as(cast.outsider.userId)).exercises.get({ exerciseId })).demoMediaId).toBeNull();
    const demos = await test.app.database.read((d) => listDemos(d, { clinicId: cast.clinicId }));
    expect(demos).toEqual([{ exerciseId, mediaId: second }]);
  });

  it('take no demo that is not ready, no demo, or of another clinic', async () => {
    const exerciseId = (await latest('putty-hook'))?.exerciseId ?? '';
    const refused = [
      await clip(cast.clinicId, cast.mira.userId, { state: 'processing' }),
      await clip(cast.clinicId, cast.mira.userId, { kind: 'clip', patientId: cast.ana.patientId }),
      await clip(cast.otherClinicId, cast.outsider.userId),
    ];
    for (const mediaId of refused) {
      await expect((await mira()).exercises.setDemo({ exerciseId, mediaId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    const ready = await clip(cast.clinicId, cast.mira.userId);
    const foreign = await ownExercise(cast.otherClinicId);
    await expect((await mira()).exercises.setDemo({ exerciseId: foreign, mediaId: ready })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('are nobody’s but the staff’s', async () => {
    const input = { exerciseId: (await latest('putty-hook'))?.exerciseId ?? '', mediaId: uuidv7() };
    for (const [userId, code] of [
      [cast.ana.userId, 'FORBIDDEN'],
      [cast.admin.userId, 'FORBIDDEN'],
      [null, 'UNAUTHORIZED'],
    ] as const) {
      const caller = await test.as(userId);
      await expect(caller.exercises.list()).rejects.toMatchObject({ code });
      await expect(caller.exercises.get(input)).rejects.toMatchObject({ code });
      await expect(caller.exercises.setDemo(input)).rejects.toMatchObject({ code });
    }
  });
});
