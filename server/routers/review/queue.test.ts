import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCheckIn } from '#db/factories/check-ins';
import { makeProgram } from '#db/factories/program';
import { seedLibrary } from '#db/seed/library';
import { HOUR_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
beforeAll(() => test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs })));
beforeEach(async () => {
  cast = await makeCast(test.app);
});

type Spec = Partial<Parameters<typeof makeCheckIn>[1]>;

/** A check-in of Ana's, assigned to Mira. */
function ready(over: Spec = {}) {
  const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, userId: cast.ana.userId ?? '' };
  return test.app.database.write((d) =>
    makeCheckIn(d, { ...owner, at: test.clock.nowMs, assigneeId: cast.mira.userId, ...over }),
  );
}

async function prescribedLineage(): Promise<string> {
  const { prescriptions } = await test.app.database.write((d) =>
    makeProgram(d, {
      clinicId: cast.clinicId,
      patientId: cast.ana.patientId,
      episodeId: cast.ana.episodeId,
      publishedBy: cast.mira.userId,
      exercises: [{ slug: 'tendon-glides' }],
      at: test.clock.nowMs,
      on: '2026-11-20',
    }),
  );
  const [prescription] = prescriptions;
  if (!prescription) throw new Error('the program has its exercise');
  return prescription.lineageId;
}

const queueOf = async (userId: string) => (await (await test.as(userId)).reviews.queue({})).items;

describe('a row of the queue', () => {
  it('says of each what it is about, the pain, the promise and since when; to the pool neither pain nor exercise', async () => {
    const lineageId = await prescribedLineage();
    const at = test.clock.nowMs;
    const first = await ready({ lineageId, dueAt: at + HOUR_MS, answers: { v: 2, pain: 6, redFlags: [] } });
    const again = await ready({ lineageId, dueAt: at + 2 * HOUR_MS, replacesId: first.checkInId });
    await ready({ dueAt: at + 3 * HOUR_MS, answers: { v: 2, pain: null, redFlags: null } });
    await ready({ severity: 'red' });
    const own = await queueOf(cast.mira.userId);
    expect(own).toMatchObject([
      { kind: 'general', exercise: null, promisedAt: null },
      { kind: 'exercise', exercise: 'Tendon glides', pain: 6, promisedAt: at + HOUR_MS, submittedAt: at },
      { id: again.checkInId, kind: 'again', exercise: 'Tendon glides', pain: 2 },
      { kind: 'general', exercise: null, pain: null },
    ]);
    const others = await queueOf(cast.colleague.userId);
    expect(others.map(({ kind, exercise, pain }) => ({ kind, exercise, pain }))).toEqual(
      own.map(({ kind }) => ({ kind, exercise: null, pain: null })),
    );
    expect(JSON.stringify(others)).not.toMatch(/answers|redFlags/);
  });
});
