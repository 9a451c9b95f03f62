import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { findLatestVersion } from '#db/factories/reads';
import { findStanding } from '#db/queries/people/access';
import { insertExercise, insertExerciseVersion } from '#db/queries/program/exercises';
import { insertPrescriptions, listPrescriptions, supersedeVersion } from '#db/queries/program/programs';
import { seedLibrary } from '#db/seed/library';
import type { PrescriptionInput } from '#domain/program/draft';
import { publishNextVersion } from '#server/acts/program/versions';
import { runAsServer } from '#server/runtime/unit-of-work';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
  await test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs }));
});

async function prescription(slug: string, over: Partial<PrescriptionInput> = {}): Promise<PrescriptionInput> {
  const exercise = await test.app.database.read((d) => findLatestVersion(d, { slug }));
  if (!exercise) throw new Error(`the library has ${slug}`);
  return {
    lineageId: uuidv7(),
    exerciseVersionId: exercise.exerciseVersionId,
    side: 'right',
    digits: [],
    dose: exercise.defaultDose,
    notePatient: null,
    fromOn: null,
    untilOn: null,
    overrideReason: null,
    ...over,
  };
}

type Caller = Awaited<ReturnType<typeof test.as>>;
type Draft = { programId: string; basedOnNumber: number; prescriptions: PrescriptionInput[] };
const aDraft = { basedOnNumber: 0, draftId: uuidv7(), replaces: null, reason: '', prescriptions: [] };

/** Saves as an editor does that was opened just now: in place of the draft that it saw. */
async function save(caller: Caller, draft: Draft) {
  const { versions } = await caller.programs.get({ programId: draft.programId });
  const seen = versions.find(({ state }) => state === 'draft');
  const replaces = seen ? { draftId: seen.id, savedAt: seen.createdAt } : null;
  return await caller.programs.saveDraft({ draftId: uuidv7(), replaces, reason: '', ...draft });
}

async function newProgram(patientId = cast.ana.patientId) {
  const mira = await test.as(cast.mira.userId);
  const { programId } = await mira.programs.create({ patientId, title: 'Home program' });
  return { mira, programId };
}

/** A program whose first version, of tendon glides, is published. */
async function published() {
  const { mira, programId } = await newProgram();
  const glides = await prescription('tendon-glides');
  await save(mira, { programId, basedOnNumber: 0, prescriptions: [glides] });
  await mira.programs.publish({ programId, basedOnNumber: 0, reason: '' });
  return { mira, programId, glides };
}

/** Jonas joins Ana's care team, so that two may work on one program. */
async function jonas() {
  const caller = await test.as(cast.colleague.userId);
  await caller.patients.joinCareTeam({ patientId: cast.ana.patientId, reason: 'Covers while Mira is away' });
  return caller;
}

describe('a program', () => {
  it('goes from draft to version 1 to version 2, and the lineage stays', async () => {
    const { mira, programId } = await newProgram();
    const glides = await prescription('tendon-glides');
    await save(mira, { programId, basedOnNumber: 0, prescriptions: [glides] });
    expect(await mira.programs.publish({ programId, basedOnNumber: 0, reason: 'First program' })).toMatchObject({
      number: 1,
    });
    const longer = { ...glides, dose: { ...glides.dose, holdSeconds: 8 } };
    await save(mira, { programId, basedOnNumber: 1, prescriptions: [longer] });
    expect(await mira.programs.publish({ programId, basedOnNumber: 1, reason: 'Two green sessions' })).toMatchObject({
      number: 2,
    });
    const { versions } = await mira.programs.get({ programId });
    expect(
      versions.map((version) => [version.number, version.state, version.prescriptions[0]?.dose.holdSeconds]),
    ).toEqual([
      [2, 'published', 8],
      [1, 'superseded', glides.dose.holdSeconds],
    ]);
    expect(new Set(versions.map((version) => version.prescriptions[0]?.lineageId))).toEqual(
      new Set([glides.lineageId]),
    );
  });

  it('refuses to save or publish over what somebody else published meanwhile', async () => {
    const { mira, programId } = await newProgram();
    const glides = await prescription('tendon-glides');
    await save(mira, { programId, basedOnNumber: 0, prescriptions: [glides] });
    await mira.programs.publish({ programId, basedOnNumber: 0, reason: '' });
    await expect(save(mira, { programId, basedOnNumber: 0, prescriptions: [glides] })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const publishOn = (basedOnNumber: number) => mira.programs.publish({ programId, basedOnNumber, reason: '' });
    await expect(publishOn(0)).rejects.toMatchObject({ code: 'CONFLICT' });
    await save(mira, { programId, basedOnNumber: 1, prescriptions: [glides] });
    await expect(publishOn(0)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(publishOn(2)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('asks a reason for strengthening within 12 weeks after surgery', async () => {
    const mira = await test.as(cast.mira.userId);
    const { patientId } = await mira.patients.add({
      name: 'Walter Lindqvist',
      birthYear: null,
      dominantHand: 'right',
      operatesWith: 'left',
      timeZone: 'Europe/London',
      phone: null,
      emergencyContact: null,
      condition: 'Flexor tendon repair',
      side: 'right',
      injuryOn: null,
      surgeryOn: '2026-10-20',
      precautions: '',
    });
    const { programId } = await mira.programs.create({ patientId, title: 'Home program' });
    const putty = await prescription('putty-squeeze');
    await save(mira, { programId, basedOnNumber: 0, prescriptions: [putty] });
    await expect(mira.programs.publish({ programId, basedOnNumber: 0, reason: '' })).rejects.toMatchObject({
      message: 'reason_needed',
    });
    await save(mira, {
      programId,
      basedOnNumber: 0,
      prescriptions: [{ ...putty, overrideReason: 'Surgeon agreed on 12 November' }],
    });
    expect(await mira.programs.publish({ programId, basedOnNumber: 0, reason: '' })).toMatchObject({ number: 1 });
  });

  it('does not publish a program without exercises', async () => {
    const { mira, programId } = await newProgram();
    await save(mira, { programId, basedOnNumber: 0, prescriptions: [] });
    await expect(mira.programs.publish({ programId, basedOnNumber: 0, reason: '' })).rejects.toMatchObject({
      message: 'program_empty',
    });
  });

  it('is immutable once published, by the database itself', async () => {
    const { mira, programId } = await newProgram();
    await save(mira, {
      programId,
      basedOnNumber: 0,
      prescriptions: [await prescription('tendon-glides')],
    });
    const { programVersionId } = await mira.programs.publish({ programId, basedOnNumber: 0, reason: '' });
    const [row] = await test.app.database.read((d) => listPrescriptions(d, { versionIds: [programVersionId] }));
    if (!row) throw new Error('the version has its prescription');
    const another = { ...row, id: uuidv7(), lineageId: uuidv7() };
    await expect(test.app.database.write((d) => insertPrescriptions(d, [another]))).rejects.toThrow();
    expect(await test.app.database.write((d) => supersedeVersion(d, { versionId: programVersionId }))).toBe(true);
  });

  it('is not there for strangers, and its draft not for the patient', async () => {
    const { mira, programId } = await newProgram();
    await save(mira, {
      programId,
      basedOnNumber: 0,
      prescriptions: [await prescription('tendon-glides')],
    });
    for (const stranger of [cast.colleague.userId, cast.outsider.userId, cast.other.userId]) {
      const caller = await test.as(stranger);
      await expect(caller.programs.get({ programId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.programs.saveDraft({ ...aDraft, programId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.programs.publish({ programId, basedOnNumber: 0, reason: '' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(caller.programs.ofPatient({ patientId: cast.ana.patientId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    const ana = await test.as(cast.ana.userId);
    expect((await ana.programs.get({ programId })).versions).toEqual([]);
    await expect(ana.programs.publish({ programId, basedOnNumber: 0, reason: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('publishing', () => {
  it('of two at once publishes one, and the other hears that it changed meanwhile', async () => {
    const { mira, programId } = await newProgram();
    await save(mira, {
      programId,
      basedOnNumber: 0,
      prescriptions: [await prescription('tendon-glides')],
    });
    const publish = () => mira.programs.publish({ programId, basedOnNumber: 0, reason: '' });
    const results = await Promise.allSettled([publish(), publish(), publish()]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'CONFLICT', message: 'changed_meanwhile' });
    }
    const { versions } = await mira.programs.get({ programId });
    expect(versions.map((version) => [version.number, version.state])).toEqual([[1, 'published']]);
  });

  it('publishes only what one saved oneself, never what a colleague put there meanwhile', async () => {
    const { mira, programId, glides } = await published();
    const draft = { programId, basedOnNumber: 1 };
    await save(mira, { ...draft, prescriptions: [glides] });
    const putty = await prescription('putty-squeeze');
    await save(await jonas(), { ...draft, prescriptions: [putty] });
    await expect(mira.programs.publish({ ...draft, reason: '' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const more = { ...glides, dose: { ...glides.dose, sets: glides.dose.sets + 1 } };
    await save(mira, { ...draft, prescriptions: [more] });
    await mira.programs.publish({ ...draft, reason: '' });
    const { versions } = await mira.programs.get({ programId });
    expect(versions[0]?.prescriptions.map((row) => row.exerciseVersionId)).toEqual([glides.exerciseVersionId]);
  });

  it('never writes over a draft of another window unseen, and a save sent twice is one draft', async () => {
    const { mira, programId, glides } = await published();
    const first = { programId, basedOnNumber: 1, draftId: uuidv7(), replaces: null, reason: 'Longer holds' };
    await mira.programs.saveDraft({ ...first, prescriptions: [] });
    await mira.programs.saveDraft({ ...first, prescriptions: [glides] });
    const second = { ...first, draftId: uuidv7(), prescriptions: [] };
    await expect(mira.programs.saveDraft(second)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'draft_elsewhere',
    });
    const seen = await mira.programs.get({ programId });
    expect(seen.draftBy).toBe('Mira Solberg');
    expect(seen.versions[0]).toMatchObject({ id: first.draftId, state: 'draft', number: 2, reason: 'Longer holds' });
    expect(seen.versions[0]?.prescriptions).toHaveLength(1);
    const savedAt = seen.versions[0]?.createdAt ?? 0;
    // It was saved again since the second window looked.
    const stale = { draftId: first.draftId, savedAt: savedAt - 1 };
    await expect(mira.programs.saveDraft({ ...second, replaces: stale })).rejects.toMatchObject({
      message: 'draft_elsewhere',
    });
    await mira.programs.saveDraft({ ...second, replaces: { draftId: first.draftId, savedAt } });
    // Now the first window is the one that has not seen what is there.
    await expect(mira.programs.saveDraft({ ...first, prescriptions: [glides] })).rejects.toMatchObject({
      message: 'draft_elsewhere',
    });
  });

  it('takes no draft under the id of another version', async () => {
    const elsewhere = await published();
    const [taken] = (await elsewhere.mira.programs.get({ programId: elsewhere.programId })).versions;
    const { mira, programId, glides } = await published();
    const draft = { programId, basedOnNumber: 1, replaces: null, reason: '', prescriptions: [glides] };
    await expect(mira.programs.saveDraft({ ...draft, draftId: taken?.id ?? '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('takes effect on the patient’s own day, gives one notice and tells the patient’s pages', async () => {
    const before = test.clock.nowMs;
    test.clock.nowMs = Date.UTC(2026, 10, 25, 3);
    const mira = await test.as(cast.mira.userId);
    await mira.patients.edit({
      patientId: cast.ana.patientId,
      name: 'Ana Duarte',
      operatesWith: 'left',
      timeZone: 'America/New_York',
      phone: null,
      emergencyContact: null,
    });
    const told: string[] = [];
    const stop = test.app.live.subscribe(({ event, patientId }) => {
      if (event.topic === 'program' && patientId === cast.ana.patientId) told.push(event.id);
    });
    const { programId } = await mira.programs.create({ patientId: cast.ana.patientId, title: 'Home program' });
    const prescriptions = [await prescription('tendon-glides')];
    await save(mira, { programId, basedOnNumber: 0, prescriptions });
    await mira.programs.publish({ programId, basedOnNumber: 0, reason: '' });
    const [version] = (await mira.programs.get({ programId })).versions;
    expect(version?.effectiveFromOn).toBe('2026-11-24');
    const { notices } = await (await test.as(cast.ana.userId)).notices.list();
    expect(notices.filter((notice) => notice.subjectId === programId)).toMatchObject([{ kind: 'program_changed' }]);
    // Once for the program that was made, once for the version that was published; the draft is nobody's news.
    await expect.poll(() => told.filter((id) => id === programId)).toHaveLength(2);
    stop();
    test.clock.nowMs = before;
  });

  it('does not take a draft that is over-long, twice the same lineage, or has NUL in a note', async () => {
    const { mira, programId, glides } = await published();
    for (const prescriptions of [
      [glides, glides],
      [{ ...glides, notePatient: 'a\u0000b' }],
      [{ ...glides, notePatient: 'x'.repeat(501) }],
      [{ ...glides, dose: { ...glides.dose, repsMin: 12, repsMax: 10 } }],
    ]) {
      await expect(save(mira, { programId, basedOnNumber: 1, prescriptions })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    }
    await expect(mira.programs.create({ patientId: cast.ana.patientId, title: 'x'.repeat(121) })).rejects.toMatchObject(
      { code: 'BAD_REQUEST' },
    );
  });

  it('takes no line of another program and no exercise of another clinic', async () => {
    const elsewhere = await published();
    const { mira, programId, glides } = await published();
    const exerciseVersionId = uuidv7();
    await test.app.database.write(function* (d) {
      const library = yield* findLatestVersion(d, { slug: 'tendon-glides' });
      if (!library) throw new Error('the library has it');
      const { texts: _words, locale: _locale, slug: _slug, exerciseVersionId: _id, ...content } = library;
      const exerciseId = uuidv7();
      const createdAt = test.clock.nowMs;
      yield* insertExercise(d, { id: exerciseId, slug: 'theirs', clinicId: cast.otherClinicId, createdAt });
      yield* insertExerciseVersion(d, { ...content, id: exerciseVersionId, exerciseId, createdAt });
    });
    for (const stolen of [
      { ...glides, lineageId: elsewhere.glides.lineageId },
      { ...glides, exerciseVersionId },
      { ...glides, exerciseVersionId: uuidv7() },
    ]) {
      await expect(save(mira, { programId, basedOnNumber: 1, prescriptions: [stolen] })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
  });
});

describe('the next version from a review or a visit', () => {
  type Made = Awaited<ReturnType<typeof published>>;

  function nextVersion({ programId, glides }: Made, over: { basedOnNumber?: number; lineageId?: string } = {}) {
    const { basedOnNumber = 1, lineageId = glides.lineageId } = over;
    const { nowMs } = test.clock;
    const { clinicId } = cast;
    return runAsServer(test.app, { act: 'server.next_version', clinicId, nowMs }, function* (d, work) {
      const on = { clinicId, patientId: cast.ana.patientId };
      const standing = yield* findStanding(d, { ...on, userId: cast.mira.userId, nowMs });
      if (!standing) throw new Error('Mira treats Ana');
      return yield* publishNextVersion(d, work, {
        standing,
        programId,
        basedOnNumber,
        changes: [{ lineageId, dose: { ...glides.dose, holdSeconds: 9 } }],
        source: 'visit',
        sourceId: uuidv7(),
        reason: 'Went well',
        publishedBy: cast.mira.userId,
      });
    });
  }

  it('leaves a colleague’s draft where it was: it goes on from the new version, with the new dose', async () => {
    const made = await published();
    const { mira, programId, glides } = made;
    const { membershipId } = cast.colleague;
    await mira.patients.addToCareTeam({ patientId: cast.ana.patientId, membershipId, part: 'member' });
    const jonas = await test.as(cast.colleague.userId);
    const fist = await prescription('full-fist-and-open', { notePatient: 'Begun by Jonas' });
    await save(jonas, { programId, basedOnNumber: 1, prescriptions: [glides, fist] });
    expect(await nextVersion(made)).toMatchObject({ number: 2 });
    const { versions } = await jonas.programs.get({ programId });
    expect(versions.map(({ number, state }) => [number, state])).toEqual([
      [3, 'draft'],
      [2, 'published'],
      [1, 'superseded'],
    ]);
    expect(versions[0]).toMatchObject({ createdBy: cast.colleague.userId, basedOnId: versions[1]?.id });
    expect(versions[0]?.prescriptions).toMatchObject([{ dose: { holdSeconds: 9 } }, { notePatient: 'Begun by Jonas' }]);
    expect(versions[1]?.prescriptions).toHaveLength(1);
    expect(await jonas.programs.publish({ programId, basedOnNumber: 2, reason: 'Fist added' })).toMatchObject({
      number: 3,
    });
  });

  it('changes the doses named and leaves the rest as it is', async () => {
    const made = await published();
    const { mira, programId, glides } = made;
    const fist = await prescription('full-fist-and-open', { side: 'left', notePatient: 'Slowly', digits: ['index'] });
    await save(mira, { programId, basedOnNumber: 1, prescriptions: [fist, glides] });
    await mira.programs.publish({ programId, basedOnNumber: 1, reason: '' });
    expect(await nextVersion(made, { basedOnNumber: 2 })).toMatchObject({ number: 3 });
    const { versions } = await mira.programs.get({ programId });
    expect(versions[0]).toMatchObject({ number: 3, state: 'published', source: 'visit', reason: 'Went well' });
    expect(versions[0]?.basedOnId).toBe(versions[1]?.id);
    const shown = (index: number) =>
      versions[index]?.prescriptions.map(({ id: _id, programVersionId: _version, dose, ...row }) => ({
        lineageId: row.lineageId,
        side: row.side,
        digits: row.digits,
        notePatient: row.notePatient,
        position: row.position,
        dose,
      }));
    const expected = shown(1)?.map((row) =>
      row.lineageId === glides.lineageId ? { ...row, dose: { ...row.dose, holdSeconds: 9 } } : row,
    );
    expect(shown(0)).toEqual(expected);
  });

  it('is a conflict over another version, and not found for a lineage that is not there', async () => {
    const made = await published();
    await expect(nextVersion(made, { basedOnNumber: 0 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(nextVersion(made, { lineageId: uuidv7() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await made.mira.programs.get({ programId: made.programId })).versions).toHaveLength(1);
  });
});

describe('strangers', () => {
  it('create nothing, and nobody does signed out', async () => {
    const input = { patientId: cast.ana.patientId, title: 'Mine' };
    for (const userId of [cast.outsider.userId, cast.other.userId, cast.outsiderPatient.userId, cast.admin.userId]) {
      await expect((await test.as(userId)).programs.create(input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect((await test.as(cast.ana.userId)).programs.create(input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const nobody = await test.as(null);
    const programId = uuidv7();
    for (const call of [
      () => nobody.programs.create(input),
      () => nobody.programs.get({ programId }),
      () => nobody.programs.ofPatient(input),
      () => nobody.programs.saveDraft({ ...aDraft, programId }),
      () => nobody.programs.publish({ programId, basedOnNumber: 0, reason: '' }),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});
