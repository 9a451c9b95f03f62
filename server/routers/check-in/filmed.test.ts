import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { type MadeProgram, makeNextVersion, makeProgram } from '#db/factories/program';
import { seedLibrary } from '#db/seed/library';
import { MINUTE_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let versions: MadeProgram[];
const spec = () => ({
  ...{ clinicId: cast.clinicId, patientId: cast.ana.patientId, episodeId: cast.ana.episodeId },
  ...{ publishedBy: cast.mira.userId, on: '2026-11-20' },
});
const sets = (count: number) => [{ slug: 'tendon-glides', dose: { sets: count } }];
const ago = (minutes: number) => test.clock.nowMs - minutes * MINUTE_MS;

/** Two sets of it were published an hour ago, three half an hour ago. */
beforeEach(async () => {
  cast = await makeCast(test.app);
  versions = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    const one = yield* makeProgram(d, { ...spec(), exercises: sets(2), at: ago(60) });
    const next = { ...spec(), before: one, number: 2, reason: 'More', exercises: sets(3), at: ago(30) };
    return [one, yield* makeNextVersion(d, next)];
  });
});

async function filmed(over: { submittedAt: number; programVersionId?: string | undefined }) {
  const checkInId = uuidv7();
  const lineageId = versions[0]?.prescriptions[0]?.lineageId ?? null;
  const answers = { v: 2 as const, pain: 2, redFlags: [] };
  const sent = { opId: uuidv7(), checkInId, lineageId, question: '', answers, clips: [], withoutClip: true, ...over };
  await (await test.as(cast.ana.userId)).checkIns.submit(sent);
  return checkInId;
}

const seenBy = async (userId: string | null, checkInId: string) => (await test.as(userId)).checkIns.get({ checkInId });

describe('what was prescribed when a clip was filmed', () => {
  it.each([
    ['before the next version', 45, 1],
    ['after it', 10, 2],
    ['before anything was prescribed, by a clock that is wrong', 600, 1],
  ])('is what its page shows, filmed %s', async (_, minutes, version) => {
    const checkInId = await filmed({ submittedAt: ago(minutes) });
    for (const reader of [cast.mira.userId, cast.ana.userId])
      expect((await seenBy(reader, checkInId)).filmed).toMatchObject({ version, dose: { sets: version + 1 } });
  });

  it('is what the phone had then, though a newer one had been published', async () => {
    const checkInId = await filmed({ submittedAt: ago(10), programVersionId: versions[0]?.versionId });
    expect((await seenBy(cast.ana.userId, checkInId)).filmed).toMatchObject({ version: 1, dose: { sets: 2 } });
  });

  it('stays when more is prescribed afterwards, beside what is prescribed now', async () => {
    const checkInId = await filmed({ submittedAt: ago(10) });
    const [, second] = versions;
    if (!second) throw new Error('two versions were made');
    await test.app.database.write((d) =>
      makeNextVersion(d, { ...spec(), before: second, number: 3, reason: 'More', exercises: sets(4), at: ago(0) }),
    );
    const seen = await seenBy(cast.mira.userId, checkInId);
    expect(seen.filmed).toMatchObject({ version: 2, dose: { sets: 3 } });
    expect(seen.context?.program).toMatchObject({ version: 3, dose: { sets: 4 } });
  });

  it('is never a version of somebody else that the phone names', async () => {
    const { patientId, episodeId } = cast.other;
    const theirs = await test.app.database.write((d) =>
      makeProgram(d, { ...spec(), patientId, episodeId, exercises: sets(9), at: ago(60) }),
    );
    const checkInId = await filmed({ submittedAt: ago(10), programVersionId: theirs.versionId });
    expect((await seenBy(cast.ana.userId, checkInId)).filmed).toMatchObject({ version: 2 });
  });
});
