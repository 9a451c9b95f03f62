import { beforeEach, describe, expect, it } from 'vitest';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
beforeEach(async () => {
  cast = await makeCast(test.app);
});
const mira = () => test.as(cast.mira.userId);
const colleague = () => test.as(cast.colleague.userId);
const patientId = () => cast.ana.patientId;
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
    const roster = await (await colleague()).patients.roster();
    expect(roster.find((one) => one.id === patientId())).toEqual({ id: patientId(), name: 'Ana Duarte' });
    await (await colleague()).patients.joinCareTeam({ patientId: patientId() });
    expect(await teamOf()).toContainEqual(expect.objectContaining({ userId: cast.colleague.userId, part: 'member' }));
  });

  it('takes no admin and nobody of another clinic', async () => {
    for (const membershipId of [cast.admin.membershipId, cast.outsider.membershipId])
      await expect(
        (await mira()).patients.addToCareTeam({ patientId: patientId(), membershipId, part: 'member' }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
