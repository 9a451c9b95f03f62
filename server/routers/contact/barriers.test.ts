import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { closeEpisode } from '#db/factories/messages';
import type { SayBarrier } from '#domain/practice/barriers';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeEach(async () => {
  cast = await makeCast(test.app);
});

const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });
const ana = () => test.as(cast.ana.userId);
const hard = (over: Partial<SayBarrier> = {}): SayBarrier => ({
  ...{ barrierId: uuidv7(), episodeId: null, code: 'too_hard', words: 'The putty is too hard' },
  ...{ suggestion: 'Do fewer.', outcome: 'helps', saidAt: test.clock.nowMs, ...over },
});

describe('what was hard at home', () => {
  it('is kept once with what was suggested and what came of it, and read by who treats the patient', async () => {
    const said = hard();
    for (let n = 0; n < 2; n++) expect(await (await ana()).barriers.say(said)).toEqual({ said: true });
    test.clock.nowMs += 1000;
    await (await ana()).barriers.say(hard({ code: 'no_time', words: 'No time', outcome: 'asks' }));
    const shown = await (await test.as(cast.mira.userId)).barriers.ofPatient({ patientId: cast.ana.patientId });
    expect(shown.map(({ code, words, outcome, byName }) => [code, words, outcome, byName])).toEqual([
      ['no_time', 'No time', 'asks', 'Ana Duarte'],
      ['too_hard', 'The putty is too hard', 'helps', 'Ana Duarte'],
    ]);
    await expect((await ana()).barriers.say({ ...said, outcome: 'asks' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is nobody else’s to say or read, and its id nobody else’s to take', async () => {
    const said = hard({ episodeId: cast.ana.episodeId });
    await (await ana()).barriers.say(said);
    for (const userId of [cast.mira.userId, cast.other.userId, cast.outsiderPatient.userId])
      await expect((await test.as(userId)).barriers.say(said)).rejects.toMatchObject({
        code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/),
      });
    for (const userId of [cast.ana.userId, cast.colleague.userId, cast.outsider.userId])
      await expect((await test.as(userId)).barriers.ofPatient({ patientId: cast.ana.patientId })).rejects.toMatchObject(
        { code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/) },
      );
  });

  it('is no more said of a hand problem that is closed', async () => {
    const { episodeId } = cast.ana;
    await test.app.database.write((d) => closeEpisode(d, { ...scope(), episodeId, nowMs: test.clock.nowMs }));
    await expect((await ana()).barriers.say(hard({ episodeId }))).rejects.toMatchObject({ message: 'thread_ended' });
    await expect((await ana()).barriers.say(hard())).rejects.toMatchObject({ message: 'no_open_episode' });
  });

  it('may be what the clinic wrote itself, which only an admin changes', async () => {
    const admin = await test.as(cast.admin.userId);
    const { barriers } = await admin.clinic.get();
    const own = { code: uuidv7(), words: 'No table', suggestion: 'A tray on the knees.' };
    const edited = { ...barriers, items: [own] };
    const saved = { ...edited, version: barriers.version + 1 };
    expect(await admin.clinic.editBarriers(edited)).toEqual({ barriers: saved });
    await expect(admin.clinic.editBarriers(edited)).rejects.toMatchObject({ message: 'changed_meanwhile' });
    await expect((await test.as(cast.mira.userId)).clinic.editBarriers(saved)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const { clinic } = await (await ana()).messages.mine();
    expect(clinic.barriers).toEqual(saved);
    await (await ana()).barriers.say(hard(own));
  });
});
