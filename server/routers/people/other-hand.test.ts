import { beforeEach, describe, expect, it } from 'vitest';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { insertFlag } from '#db/queries/practice/flags';
import { seedLibrary } from '#db/seed/library';
import type { OtherHand } from '#domain/people/patient';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let program: MadeProgram;

/** One exercise of the right hand, where the hand problem is, and one of both. */
beforeEach(async () => {
  cast = await makeCast(test.app);
  program = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    const { clinicId, ana, mira } = cast;
    const whose = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId, publishedBy: mira.userId };
    const exercises = [{ slug: 'tendon-glides' }, { slug: 'full-fist-and-open', side: 'both' as const }];
    return yield* makeProgram(d, { ...whose, exercises, at: test.clock.nowMs, on: '2026-11-20' });
  });
});

const ana = () => ({ patientId: cast.ana.patientId });
const mira = () => test.as(cast.mira.userId);

async function changeSide(side: 'left' | 'right' | 'both', otherHand: OtherHand | null = null) {
  const { episodeId } = cast.ana;
  const problem = { condition: 'Trigger finger', injuryOn: null, surgeryOn: null, precautions: '' };
  return await (await mira()).patients.editEpisode({ ...ana(), episodeId, ...problem, side, otherHand });
}

const said = (what: OtherHand['what'], flagReason: string | null = null) => ({ what, reason: 'Left hand', flagReason });
const now = async () => {
  const [found] = await (await mira()).programs.ofPatient(ana());
  const current = found?.current;
  return { state: found?.state, number: current?.number, sides: current?.prescriptions.map(({ side }) => side) };
};
const sideOnRecord = async () => (await (await mira()).patients.get(ana())).episodes[0]?.side;
const told = async () => (await (await test.as(cast.ana.userId)).notices.list()).notices.map(({ kind }) => kind);
const today = async () => {
  const answer = await (await test.as(cast.ana.userId)).practice.dayPack({ revision: null });
  return answer.unchanged ? null : answer.pack.prescriptions.map(({ side }) => side);
};

describe('the side of a hand problem', () => {
  it('changed, asks about its program, and changes nothing until that is said', async () => {
    await expect(changeSide('left')).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'other_hand' });
    expect(await sideOnRecord()).toBe('right');
    expect(await now()).toEqual({ state: 'active', number: 1, sides: ['right', 'both'] });
  });

  it('moves what is for the other hand in a version that says why, and tells the patient', async () => {
    await changeSide('left', said('move'));
    expect(await sideOnRecord()).toBe('left');
    expect(await now()).toEqual({ state: 'active', number: 2, sides: ['left', 'both'] });
    const { versions } = await (await mira()).programs.get({ programId: program.programId });
    expect(versions[0]).toMatchObject({ number: 2, reason: 'Left hand', publishedBy: cast.mira.userId });
    expect(versions[0]?.prescriptions.map(({ lineageId }) => lineageId)).toEqual(
      program.prescriptions.map(({ lineageId }) => lineageId),
    );
    expect(await told()).toEqual(['program_changed']);
    expect(await today()).toEqual(['left', 'both']);
  });

  it('leaves it as it is, where that is said', async () => {
    await changeSide('left', said('leave'));
    expect(await sideOnRecord()).toBe('left');
    expect(await now()).toEqual({ state: 'active', number: 1, sides: ['right', 'both'] });
    expect(await told()).toEqual([]);
  });

  it('ends the program: nothing of it is asked any more, and nothing more is published in it', async () => {
    await changeSide('left', said('end'));
    expect(await now()).toEqual({ state: 'closed', number: undefined, sides: undefined });
    expect(await told()).toEqual(['program_changed']);
    expect(await today()).toEqual([]);
    const caller = await mira();
    const { programId } = program;
    await expect(caller.programs.publish({ programId, basedOnNumber: 1, reason: '' })).rejects.toMatchObject({
      message: 'program_ended',
    });
  });

  it('asks nothing where the side stays, or takes in both hands', async () => {
    await changeSide('right');
    await changeSide('both');
    expect(await now()).toEqual({ state: 'active', number: 1, sides: ['right', 'both'] });
  });

  it('moved while a flag is open asks why a hand that was spared is asked for', async () => {
    const raised = { kind: 'pain', severity: 'red' as const, rule: 'red_from', policyVersion: 1, pain: 7 };
    const source = { sourceKind: 'visit' as const, sourceId: cast.ana.episodeId, raisedAt: test.clock.nowMs };
    const scope = { clinicId: cast.clinicId, ...ana() };
    await test.app.database.write((d) => insertFlag(d, { id: cast.ana.episodeId, ...scope, ...raised, ...source }));
    await expect(changeSide('left', said('move'))).rejects.toMatchObject({ message: 'flag_reason_needed' });
    expect(await sideOnRecord()).toBe('right');
    await changeSide('left', said('move', 'It was written down wrongly'));
    expect(await now()).toMatchObject({ number: 2, sides: ['left', 'both'] });
  });

  it('is not for a colleague who is not on the care team', async () => {
    const { episodeId } = cast.ana;
    const problem = { condition: 'x', injuryOn: null, surgeryOn: null, precautions: '', side: 'left' as const };
    const jonas = await test.as(cast.colleague.userId);
    await expect(
      jonas.patients.editEpisode({ ...ana(), episodeId, ...problem, otherHand: said('end') }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await now()).toMatchObject({ state: 'active' });
  });
});
