import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeCheckIn } from '#db/factories/check-ins';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { insertFlag } from '#db/queries/practice/flags';
import { seedLibrary } from '#db/seed/library';
import type { Dose } from '#domain/program/dose';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { book } from '#server/testing/booking';

const test = openTestApp();
let cast: Cast;
let program: MadeProgram;
let dose: Dose;
let lineageId: string;

beforeEach(async () => {
  cast = await makeCast(test.app);
  program = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    const { clinicId, ana, mira } = cast;
    const whose = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId, publishedBy: mira.userId };
    const exercises = [{ slug: 'tendon-glides' }];
    return yield* makeProgram(d, { ...whose, exercises, at: test.clock.nowMs, on: '2026-11-20' });
  });
  const [first] = program.prescriptions;
  if (!first) throw new Error('the program has its exercise');
  ({ dose, lineageId } = first);
});

const ana = () => ({ patientId: cast.ana.patientId });
const mira = () => test.as(cast.mira.userId);

async function openFlag(patientId = cast.ana.patientId): Promise<string> {
  const id = uuidv7();
  const raised = { kind: 'pain', severity: 'red' as const, rule: 'red_from', policyVersion: 1, pain: 7 };
  const source = { sourceKind: 'log' as const, sourceId: uuidv7(), raisedAt: test.clock.nowMs };
  await test.app.database.write((d) => insertFlag(d, { id, clinicId: cast.clinicId, patientId, ...raised, ...source }));
  return id;
}

type Publish = (change: Partial<Dose>, flagReason?: string | null) => Promise<unknown>;

/** The three ways in which a dose is published. */
const WAYS: Record<string, () => Promise<Publish>> = {
  async editor() {
    const { programId } = program;
    const caller = await mira();
    const { versions } = await caller.programs.get({ programId });
    const [row] = versions[0]?.prescriptions ?? [];
    if (!row) throw new Error('the version has its exercise');
    const { exerciseVersionId, side, notePatient, fromOn, untilOn, overrideReason } = row;
    const kept = { lineageId, exerciseVersionId, side, notePatient, fromOn, untilOn, overrideReason, digits: [] };
    return async (change, flagReason) => {
      const prescriptions = [{ ...kept, dose: { ...dose, ...change } }];
      const latest = (await caller.programs.get({ programId })).versions.find(({ state }) => state === 'draft');
      const replaces = latest ? { draftId: latest.id, savedAt: latest.createdAt } : null;
      const draft = { draftId: uuidv7(), replaces, reason: '', prescriptions };
      await caller.programs.saveDraft({ programId, basedOnNumber: 1, ...draft });
      return await caller.programs.publish({ programId, basedOnNumber: 1, reason: '', flagReason });
    };
  },
  async review() {
    const owner = { clinicId: cast.clinicId, ...ana(), userId: cast.ana.userId ?? '', at: test.clock.nowMs };
    const { checkInId } = await test.app.database.write((d) =>
      makeCheckIn(d, { ...owner, assigneeId: cast.mira.userId, lineageId }),
    );
    const { leaseToken } = await (await mira()).reviews.claim({ checkInId });
    const answer = { summary: 'Well done', outcome: 'feedback' as const, errorTags: [], expectedProgramVersion: 1 };
    return async (change, flagReason) => {
      const doseChanges = [{ lineageId, dose: { ...dose, ...change } }];
      return (await mira()).reviews.publish({ checkInId, leaseToken, ...answer, doseChanges, flagReason });
    };
  },
  async visit() {
    const planned = { ...ana(), startsAt: null, durationMinutes: 30, kind: 'now' as const };
    const { visitId } = await book(await mira(), planned);
    const change = { visitId, programId: program.programId, expectedProgramVersion: 1, reason: 'As in the visit' };
    return async (over, flagReason) => {
      const changes = [{ lineageId, dose: { ...dose, ...over } }];
      return (await mira()).visitRecord.changeDose({ ...change, changes, flagReason });
    };
  },
};

const current = async (userId = cast.mira.userId as string | null) => {
  const [found] = await (await test.as(userId)).programs.ofPatient(ana());
  return found?.current ?? null;
};

describe.each(Object.keys(WAYS))('a dose published in the %s', (way) => {
  let publish: Publish;
  beforeEach(async () => {
    publish = (await WAYS[way]?.()) ?? (() => Promise.reject(new Error('no such way')));
  });

  it('asks why it is raised while a flag is open, and keeps it for the clinic alone', async () => {
    await openFlag();
    const more = { sets: dose.sets + 1 };
    for (const missing of [undefined, null])
      await expect(publish(more, missing)).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: 'flag_reason_needed',
      });
    await expect(publish(more, '  ')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await current()).toMatchObject({ number: 1, flagReason: null });
    await publish(more, 'Pain was of the other hand');
    expect(await current()).toMatchObject({ number: 2, flagReason: 'Pain was of the other hand' });
    expect(await current(cast.ana.userId)).toMatchObject({ number: 2, flagReason: null });
    const read = async (userId: string | null) => {
      const { versions } = await (await test.as(userId)).programs.get({ programId: program.programId });
      return versions.map(({ flagReason }) => flagReason);
    };
    expect(await read(cast.mira.userId)).toEqual(['Pain was of the other hand', null]);
    expect(await read(cast.ana.userId)).toEqual([null, null]);
  });

  it('makes no version where nothing is changed, and says so', async () => {
    await expect(publish({})).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'nothing_changed' });
    expect(await current()).toMatchObject({ number: 1 });
    expect((await (await test.as(cast.ana.userId)).notices.list()).notices).toEqual([]);
    await publish({ sets: dose.sets + 1 });
    expect(await current()).toMatchObject({ number: 2 });
  });

  it('keeps why among clinicians', async () => {
    await publish({ sets: dose.sets + 1 });
    expect(await current(cast.ana.userId)).toMatchObject({ number: 2, reason: '' });
    const { versions } = await (await test.as(cast.ana.userId)).programs.get({ programId: program.programId });
    expect(versions.map(({ reason }) => reason)).toEqual(['', '']);
  });

  it('asks nothing where it is lowered', async () => {
    await openFlag();
    await publish({ repsMin: 1, repsMax: 1 });
    expect(await current()).toMatchObject({ number: 2, flagReason: null });
  });

  it('asks nothing once the flag is closed, or where it is another patient’s', async () => {
    const flagId = await openFlag();
    await openFlag(cast.other.patientId);
    await (await mira()).flags.resolve({ ...ana(), flagId, resolution: 'Rang', practice: 'goes_on' });
    await publish({ sets: dose.sets + 1 }, 'Written before it was closed');
    expect(await current()).toMatchObject({ number: 2, flagReason: null });
  });
});

describe('a program', () => {
  it('that is new asks too, and one that only loses an exercise does not', async () => {
    await openFlag();
    const caller = await mira();
    const { programId } = await caller.programs.create({ ...ana(), title: 'Second program' });
    const { versions } = await caller.programs.get({ programId: program.programId });
    const [row] = versions[0]?.prescriptions ?? [];
    if (!row) throw new Error('the version has its exercise');
    const { exerciseVersionId, side, notePatient, fromOn, untilOn, overrideReason } = row;
    const one = { exerciseVersionId, side, notePatient, fromOn, untilOn, overrideReason, digits: [], dose };
    const two = [one, one].map((each) => ({ ...each, lineageId: uuidv7() }));
    const draft = { programId, replaces: null, reason: '' };
    await caller.programs.saveDraft({ ...draft, basedOnNumber: 0, draftId: uuidv7(), prescriptions: two });
    const first = { programId, basedOnNumber: 0, reason: '' };
    await expect(caller.programs.publish(first)).rejects.toMatchObject({ message: 'flag_reason_needed' });
    await caller.programs.publish({ ...first, flagReason: 'Gentler than before' });
    const less = two.slice(1);
    await caller.programs.saveDraft({ ...draft, basedOnNumber: 1, draftId: uuidv7(), prescriptions: less });
    expect(await caller.programs.publish({ ...first, basedOnNumber: 1 })).toMatchObject({ number: 2 });
  });
});
