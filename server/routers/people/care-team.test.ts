import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makePatient, makeStaff } from '#db/factories/people';
import { findLeadUserId, insertCover } from '#db/queries/people/care-team';
import { endMembership } from '#db/queries/people/staff';
import { HOUR_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
beforeEach(async () => {
  cast = await makeCast(test.app);
});
const mira = () => test.as(cast.mira.userId);
const colleague = () => test.as(cast.colleague.userId);
const patientId = () => cast.ana.patientId;
const reason = 'Covers while Mira is away';
const teamOf = async () => (await (await mira()).patients.get({ patientId: patientId() })).careTeam;
const add = async (part: 'lead' | 'member' | 'cover' = 'member') =>
  (await mira()).patients.addToCareTeam({ patientId: patientId(), membershipId: cast.colleague.membershipId, part });

describe('the care team', () => {
  it('lets a colleague in and out again', async () => {
    await expect((await colleague()).patients.get({ patientId: patientId() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await add('cover');
    expect(await teamOf()).toMatchObject([
      { part: 'cover', userId: cast.colleague.userId },
      { part: 'lead', userId: cast.mira.userId },
    ]);
    await (await colleague()).patients.get({ patientId: patientId() });
    const careTeamId = (await teamOf()).find((one) => one.part === 'cover')?.id ?? '';
    await (await mira()).patients.endCareTeam({ patientId: patientId(), careTeamId });
    expect(await teamOf()).toHaveLength(1);
    await expect((await colleague()).patients.get({ patientId: patientId() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('keeps its last member: a record that nobody treats would be on nobody’s list', async () => {
    const [only] = await teamOf();
    const ended = (await mira()).patients.endCareTeam({ patientId: patientId(), careTeamId: only?.id ?? '' });
    await expect(ended).rejects.toMatchObject({ code: 'CONFLICT', message: 'last_in_team' });
    expect(await teamOf()).toHaveLength(1);
    await add();
    await (await mira()).patients.endCareTeam({ patientId: patientId(), careTeamId: only?.id ?? '' });
    const left = (await (await colleague()).patients.get({ patientId: patientId() })).careTeam;
    expect(left.map((one) => one.userId)).toEqual([cast.colleague.userId]);
  });

  it('shows a colleague names alone, and who joins is on it from then on', async () => {
    const { patients } = await (await colleague()).patients.roster({ search: '' });
    expect(patients.find((one) => one.id === patientId())).toEqual({ id: patientId(), name: 'Ana Duarte' });
    await (await colleague()).patients.joinCareTeam({ patientId: patientId(), reason });
    expect(await teamOf()).toContainEqual(expect.objectContaining({ userId: cast.colleague.userId, part: 'member' }));
  });

  it('is found for a cover however the name is typed, in the order of names, in pages', async () => {
    const names = ['Zoë Brandt', 'Özil Kara', 'de Vries', 'Élodie Roux', 'E\u0301lodie Petit', 'İpek Kaya', 'Olsen'];
    const { clinicId } = cast;
    await test.app.database.write(function* (d) {
      for (const name of names) yield* makePatient(d, { clinicId, name, lead: cast.mira, login: null });
    });
    const found = async (search: string) =>
      (await (await colleague()).patients.roster({ search })).patients.map(({ name }) => name);
    expect((await found('')).filter((name) => names.includes(name))).toEqual([
      'de Vries',
      'E\u0301lodie Petit',
      'Élodie Roux',
      'İpek Kaya',
      'Olsen',
      'Özil Kara',
      'Zoë Brandt',
    ]);
    expect(await found('elodie')).toEqual(['E\u0301lodie Petit', 'Élodie Roux']);
    expect(await found('E\u0301LODIE')).toEqual(await found('elodie'));
    expect(await found('ipek')).toEqual(['İpek Kaya']);
    expect(await found('kara ozil')).toEqual(['Özil Kara']);
    const cards = await (await mira()).caseload.mine({ search: 'elodie' });
    expect(cards.rows.map(({ name }) => name).toSorted()).toEqual(['E\u0301lodie Petit', 'Élodie Roux']);
    const kept = await (await test.as(cast.admin.userId)).records.list({ search: 'elodie' });
    expect(kept.records.map(({ name }) => name)).toEqual(['E\u0301lodie Petit', 'Élodie Roux']);
    // A stranger's clinic has none of them.
    const outsider = await test.as(cast.outsider.userId);
    expect((await outsider.patients.roster({ search: 'elodie' })).patients).toEqual([]);
  });

  it('is joined with a reason, of which the lead is told', async () => {
    const join = async (said: string) =>
      (await colleague()).patients.joinCareTeam({ patientId: patientId(), reason: said });
    await expect(join('  because ')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await join(reason);
    const { notices } = await (await mira()).notices.list();
    expect(notices).toMatchObject([
      { kind: 'care_team_joined', subjectId: patientId(), patientName: 'Ana Duarte', readAt: null },
    ]);
  });

  it('lets a cover go before its day is over, and a cover is no team', async () => {
    const fromAt = test.clock.nowMs;
    const { clinicId, colleague: covering } = cast;
    const cover = { id: uuidv7(), clinicId, patientId: patientId(), membershipId: covering.membershipId };
    await test.app.database.write((d) =>
      insertCover(d, { ...cover, part: 'cover', fromAt, toAt: fromAt + 24 * HOUR_MS }),
    );
    const lead = (await teamOf()).find((one) => one.part === 'lead')?.id ?? '';
    const end = async (careTeamId: string) =>
      (await mira()).patients.endCareTeam({ patientId: patientId(), careTeamId });
    await expect(end(lead)).rejects.toMatchObject({ message: 'last_in_team' });
    expect(await end(cover.id)).toEqual({ ended: true });
    await expect((await colleague()).patients.get({ patientId: patientId() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('takes no admin and nobody of another clinic', async () => {
    for (const membershipId of [cast.admin.membershipId, cast.outsider.membershipId])
      await expect(
        (await mira()).patients.addToCareTeam({ patientId: patientId(), membershipId, part: 'member' }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('who leaves the clinic', () => {
  const admin = () => test.as(cast.admin.userId);
  const end = async (successorId?: string) =>
    (await admin()).staff.end({ membershipId: cast.mira.membershipId, successorId });

  it('hands over first: the patients are named, go to the successor with their part, and are led by them', async () => {
    expect(await (await admin()).staff.patientsOf({ membershipId: cast.mira.membershipId })).toMatchObject({
      count: 1,
      patients: [{ name: 'Ana Duarte', part: 'lead' }],
    });
    await expect(end()).rejects.toMatchObject({ code: 'CONFLICT', message: 'patients_left' });
    for (const nobody of [cast.admin.membershipId, cast.outsider.membershipId, cast.mira.membershipId])
      await expect(end(nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await end(cast.colleague.membershipId)).toEqual({ ended: true });
    const { careTeam } = await (await colleague()).patients.get({ patientId: patientId() });
    expect(careTeam).toMatchObject([{ part: 'lead', userId: cast.colleague.userId }]);
    const scope = { clinicId: cast.clinicId, patientId: patientId() };
    expect(await test.app.database.read((d) => findLeadUserId(d, scope))).toBe(cast.colleague.userId);
    expect(await (await admin()).patients.withoutTeam()).toEqual([]);
  });

  it('and treats nobody needs no successor', async () => {
    const { clinicId } = cast;
    const made = await test.app.database.write((d) => makeStaff(d, { clinicId, name: 'Erik Holm' }));
    expect(await (await admin()).staff.end({ membershipId: made.membershipId })).toEqual({ ended: true });
  });
});

describe('a patient without a team', () => {
  it('stands on the admins’ list, though a colleague covers for a day, until somebody is given them', async () => {
    const { clinicId, mira: lead, colleague: next } = cast;
    const at = test.clock.nowMs;
    await test.app.database.write(function* (d) {
      // As it was before access ended with a hand-over.
      yield* endMembership(d, { clinicId, membershipId: lead.membershipId, nowMs: at });
      const cover = { id: uuidv7(), clinicId, patientId: patientId(), membershipId: next.membershipId };
      yield* insertCover(d, { ...cover, part: 'cover', fromAt: at, toAt: at + HOUR_MS });
    });
    const { patients } = await test.as(cast.admin.userId);
    expect(await patients.withoutTeam()).toEqual([{ patientId: patientId(), name: 'Ana Duarte' }]);
    const give = (membershipId: string) => patients.giveTeam({ patientId: patientId(), membershipId });
    await expect(give(cast.outsider.membershipId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await give(next.membershipId)).toEqual({ given: true });
    expect(await patients.withoutTeam()).toEqual([]);
    await expect(give(next.membershipId)).rejects.toMatchObject({ message: 'changed_meanwhile' });
    const foreign = { patientId: cast.outsiderPatient.patientId, membershipId: next.membershipId };
    await expect(patients.giveTeam(foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
