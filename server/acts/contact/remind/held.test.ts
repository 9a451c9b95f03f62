import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeEpisodes, readNoticesOf } from '#db/factories/news';
import { makePatient, makeStaff } from '#db/factories/people';
import { insertConsent, revokeConsent } from '#db/queries/people/patients';
import { setLoginEnded } from '#db/queries/people/records';
import { CONSENT_TEXT_VERSION } from '#domain/people/patient';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import type { VisitMode } from '#domain/visit/lifecycle';
import { MISSED_KINDS } from '#domain/visit/missed';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { remindDue } from '../remind';

const test = openTestApp();
const { clock } = test;
let cast: Cast;
beforeAll(async () => {
  cast = await makeCast(test.app);
});
beforeEach(() => {
  clock.nowMs += 20 * DAY_MS;
});

type Pair = Awaited<ReturnType<typeof aPair>>;

/** A patient who has agreed to treatment at a distance, with a clinician of their own. */
async function aPair() {
  const { clinicId } = cast;
  return await test.app.database.write(function* (d) {
    const mira = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
    const ana = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead: mira });
    const userId = ana.userId ?? '';
    const given = { textVersion: CONSENT_TEXT_VERSION, givenBy: userId, givenAt: clock.nowMs };
    for (const kind of ['telehealth', 'live_video'] as const)
      yield* insertConsent(d, { id: uuidv7(), clinicId, patientId: ana.patientId, kind, ...given });
    return { ...ana, userId, mira };
  });
}

async function book({ patientId, mira }: Pair, mode: VisitMode = 'video', inMs = DAY_MS) {
  const caller = await test.as(mira.userId);
  const startsAt = clock.nowMs + inMs;
  const kind = 'review' as const;
  const { visitId } = await caller.visits.schedule({ patientId, startsAt, durationMinutes: 30, kind, mode });
  return { visitId, startsAt, caller };
}

const lookAt = (nowMs: number) => {
  clock.nowMs = nowMs;
  return remindDue(test.app, nowMs);
};

/** What both sides were told of a visit that was not held, and whether they have read it. */
async function toldOf({ userId, mira }: Pair, visitId: string) {
  const of = async (id: string) => {
    const rows = await test.app.database.read((d) => readNoticesOf(d, { userId: id }));
    return rows
      .filter(({ kind, subjectId }) => subjectId === visitId && (MISSED_KINDS as readonly string[]).includes(kind))
      .map(({ kind, readAt }) => (readAt === null ? kind : `${kind}, read`));
  };
  return [await of(userId), await of(mira.userId)];
}

const BOTH = [['visit_missed'], ['visit_not_held']];
const NOBODY = [[], []];

describe('a visit that nobody held', () => {
  it('is told to both sides once, a quarter of an hour after its planned end', async () => {
    const pair = await aPair();
    const { visitId, startsAt } = await book(pair);
    await lookAt(startsAt + 44 * MINUTE_MS);
    expect(await toldOf(pair, visitId)).toEqual(NOBODY);
    await Promise.all([lookAt(startsAt + 45 * MINUTE_MS), remindDue(test.app, startsAt + 45 * MINUTE_MS)]);
    await lookAt(startsAt + DAY_MS);
    expect(await toldOf(pair, visitId)).toEqual(BOTH);
    const own = await test.as(pair.userId);
    expect((await own.visits.mine({})).find(({ id }) => id === visitId)?.state).toBe('scheduled');
    const pack = await own.practice.dayPack({ revision: null });
    if (pack.unchanged) throw new Error('a pack was asked for');
    expect(pack.pack.notices).toMatchObject([{ kind: 'visit_missed', subjectId: visitId, visit: { startsAt } }]);
    const { notices } = await (await test.as(pair.mira.userId)).notices.list();
    expect(notices).toMatchObject([{ kind: 'visit_not_held', patientName: 'Ana Duarte', opens: 'record' }]);
  });

  it('says to a patient who waited that the clinic is sorry', async () => {
    const pair = await aPair();
    const { visitId, startsAt } = await book(pair);
    clock.nowMs = startsAt;
    await (await test.as(pair.userId)).visits.join({ visitId, locationText: 'At home', presentOthers: null });
    await lookAt(startsAt + 45 * MINUTE_MS);
    expect(await toldOf(pair, visitId)).toEqual([['visit_nobody_came'], ['visit_not_held']]);
  });

  it('is told when staff say so, and no second time by the clock, nor the other way round', async () => {
    const pair = await aPair();
    const one = await book(pair);
    clock.nowMs = one.startsAt + 5 * MINUTE_MS;
    await one.caller.visits.cancel({ visitId: one.visitId, state: 'no_show' });
    await lookAt(one.startsAt + DAY_MS);
    expect(await toldOf(pair, one.visitId)).toEqual(BOTH);
    const other = await book(pair);
    await lookAt(other.startsAt + 45 * MINUTE_MS);
    await other.caller.visits.cancel({ visitId: other.visitId, state: 'no_show' });
    expect(await toldOf(pair, other.visitId)).toEqual(BOTH);
  });

  it('that has another time is looked at then, and told again where it is not held either', async () => {
    const pair = await aPair();
    const { visitId, startsAt, caller } = await book(pair);
    const to = startsAt + DAY_MS;
    await caller.visits.reschedule({ visitId, startsAt: to, durationMinutes: 30, sequence: 0 });
    await lookAt(startsAt + 60 * MINUTE_MS);
    expect(await toldOf(pair, visitId)).toEqual(NOBODY);
    await lookAt(to + 45 * MINUTE_MS);
    expect(await toldOf(pair, visitId)).toEqual(BOTH);
    // Planned again: what was said of the time before is no news any more.
    const again = { visitId, startsAt: clock.nowMs + DAY_MS, durationMinutes: 30, sequence: 1 };
    await caller.visits.reschedule(again);
    await lookAt(again.startsAt + 45 * MINUTE_MS);
    expect(await toldOf(pair, visitId)).toEqual([
      expect.arrayContaining(['visit_missed, read', 'visit_missed']),
      expect.arrayContaining(['visit_not_held, read', 'visit_not_held']),
    ]);
  });

  it('survives a server that was down, but not for more than a week', async () => {
    const pair = await aPair();
    const [one, other] = [await book(pair), await book(pair, 'video', 15 * DAY_MS)];
    await lookAt(one.startsAt + 6 * DAY_MS);
    expect(await toldOf(pair, one.visitId)).toEqual(BOTH);
    await lookAt(other.startsAt + 8 * DAY_MS);
    expect(await toldOf(pair, other.visitId)).toEqual(NOBODY);
  });

  it('by phone or at the clinic is known to staff alone', async () => {
    const pair = await aPair();
    for (const [n, mode] of (['phone', 'in_clinic'] as const).entries()) {
      const { visitId, startsAt, caller } = await book(pair, mode, (n + 1) * DAY_MS);
      await lookAt(startsAt + DAY_MS / 2);
      expect(await toldOf(pair, visitId)).toEqual(NOBODY);
      await caller.visits.cancel({ visitId, state: 'no_show' });
      expect(await toldOf(pair, visitId)).toEqual(BOTH);
    }
  });

  it.each<[string, (pair: Pair, visit: Awaited<ReturnType<typeof book>>) => Promise<unknown>, string[][]]>([
    ['it was called off', (_, { visitId, caller }) => caller.visits.cancel({ visitId, state: 'cancelled' }), NOBODY],
    [
      'it was held',
      async (_, { visitId, startsAt, caller }) => {
        clock.nowMs = startsAt;
        await caller.visits.join({ visitId, locationText: null, presentOthers: null });
      },
      NOBODY,
    ],
    [
      'care has ended',
      ({ patientId }) => test.app.database.write((d) => closeEpisodes(d, { patientId, nowMs: clock.nowMs })),
      NOBODY,
    ],
    [
      'the login has ended, to the patient',
      ({ patientId }) =>
        test.app.database.write((d) => setLoginEnded(d, { clinicId: cast.clinicId, patientId, endedAt: 1 })),
      [[], ['visit_not_held']],
    ],
    [
      'treatment at a distance was taken back, to the patient',
      ({ patientId }) =>
        test.app.database.write((d) =>
          revokeConsent(d, { clinicId: cast.clinicId, patientId, kind: 'telehealth', nowMs: 1 }),
        ),
      [[], ['visit_not_held']],
    ],
  ])('is not told where %s', async (_, change, left) => {
    const pair = await aPair();
    const visit = await book(pair);
    await change(pair, visit);
    await lookAt(visit.startsAt + 45 * MINUTE_MS);
    expect(await toldOf(pair, visit.visitId)).toEqual(left);
  });
});
