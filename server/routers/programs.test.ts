import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { findLatestVersion } from '#db/queries/exercises';
import { insertPrescriptions, listPrescriptions, supersedeVersion } from '#db/queries/programs';
import { seedLibrary } from '#db/seed/library';
import type { PrescriptionInput } from '#domain/program';
import { type Cast, makeCast, openTestApp } from '../testing';

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

async function newProgram(patientId = cast.ana.patientId) {
  const mira = await test.as(cast.mira.userId);
  const { programId } = await mira.programs.create({ patientId, title: 'Home program' });
  return { mira, programId };
}

describe('a program', () => {
  it('goes from draft to version 1 to version 2, and the lineage stays', async () => {
    const { mira, programId } = await newProgram();
    const glides = await prescription('tendon-glides');
    await mira.programs.saveDraft({ programId, basedOnNumber: 0, prescriptions: [glides] });
    expect(await mira.programs.publish({ programId, basedOnNumber: 0, reason: 'First program' })).toMatchObject({
      number: 1,
    });
    const longer = { ...glides, dose: { ...glides.dose, holdSeconds: 8 } };
    await mira.programs.saveDraft({ programId, basedOnNumber: 1, prescriptions: [longer] });
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
    await mira.programs.saveDraft({ programId, basedOnNumber: 0, prescriptions: [glides] });
    await mira.programs.publish({ programId, basedOnNumber: 0, reason: '' });
    await expect(
      mira.programs.saveDraft({ programId, basedOnNumber: 0, prescriptions: [glides] }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(mira.programs.publish({ programId, basedOnNumber: 0, reason: '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
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
    await mira.programs.saveDraft({ programId, basedOnNumber: 0, prescriptions: [putty] });
    await expect(mira.programs.publish({ programId, basedOnNumber: 0, reason: '' })).rejects.toMatchObject({
      message: 'reason_needed',
    });
    await mira.programs.saveDraft({
      programId,
      basedOnNumber: 0,
      prescriptions: [{ ...putty, overrideReason: 'Surgeon agreed on 12 November' }],
    });
    expect(await mira.programs.publish({ programId, basedOnNumber: 0, reason: '' })).toMatchObject({ number: 1 });
  });

  it('does not publish a program without exercises', async () => {
    const { mira, programId } = await newProgram();
    await mira.programs.saveDraft({ programId, basedOnNumber: 0, prescriptions: [] });
    await expect(mira.programs.publish({ programId, basedOnNumber: 0, reason: '' })).rejects.toMatchObject({
      message: 'program_empty',
    });
  });

  it('is immutable once published, by the database itself', async () => {
    const { mira, programId } = await newProgram();
    await mira.programs.saveDraft({
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
    await mira.programs.saveDraft({
      programId,
      basedOnNumber: 0,
      prescriptions: [await prescription('tendon-glides')],
    });
    for (const stranger of [cast.colleague.userId, cast.outsider.userId, cast.other.userId]) {
      const caller = await test.as(stranger);
      await expect(caller.programs.get({ programId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.programs.saveDraft({ programId, basedOnNumber: 0, prescriptions: [] })).rejects.toMatchObject(
        { code: 'NOT_FOUND' },
      );
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
