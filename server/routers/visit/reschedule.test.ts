import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient, makeStaff } from '#db/factories/people';
import { insertCareTeam } from '#db/queries/people/care-team';
import { findVisit } from '#db/queries/visit/visits';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let luis: { patientId: string };
/** A day of its own for each test, so that none stands in another's way. */
let days = 1;

beforeAll(async () => {
  cast = await makeCast(test.app);
  const { clinicId, mira } = cast;
  luis = await test.app.database.write((d) => makePatient(d, { clinicId, name: 'Luis Prado', lead: mira }));
});

const visitsOf = async (userId: string | null) => (await test.as(userId)).visits;
const aDay = () => test.clock.nowMs + days++ * DAY_MS;
async function book(startsAt: number, patientId = cast.ana.patientId, more = {}) {
  const visits = await visitsOf(cast.mira.userId);
  return (await visits.schedule({ patientId, startsAt, durationMinutes: 30, kind: 'review', ...more })).visitId;
}
const kept = async (visitId: string, patientId = cast.ana.patientId) =>
  await test.app.database.read((d) => findVisit(d, { clinicId: cast.clinicId, patientId, visitId }));
const move = async (visitId: string, startsAt: number, sequence = 0, durationMinutes = 30) =>
  await (await visitsOf(cast.mira.userId)).reschedule({ visitId, startsAt, durationMinutes, sequence });
async function toldOf(visitId: string) {
  const { notices } = await (await test.as(cast.ana.userId)).notices.list();
  return notices.filter(({ subjectId, readAt }) => subjectId === visitId && readAt === null).map(({ kind }) => kind);
}

describe('a visit that is moved', () => {
  it('has its new time, counted, and that is told instead of the old one', async () => {
    const [from, to] = [aDay(), aDay()];
    const visitId = await book(from);
    expect(await move(visitId, to, 0, 45)).toEqual({ sequence: 1 });
    expect(await kept(visitId)).toMatchObject({ startsAt: to, durationMinutes: 45, sequence: 1, state: 'scheduled' });
    expect(await toldOf(visitId)).toEqual(['visit_moved']);
    expect(await move(visitId, from, 1)).toEqual({ sequence: 2 });
    expect(await toldOf(visitId)).toEqual(['visit_moved']);
  });

  it('by one press sent twice is moved once', async () => {
    const [from, to] = [aDay(), aDay()];
    const visitId = await book(from);
    expect([await move(visitId, to), await move(visitId, to)]).toEqual([{ sequence: 1 }, { sequence: 1 }]);
  });

  it('on a screen that has not seen the last move stays', async () => {
    const [from, to, other] = [aDay(), aDay(), aDay()];
    const visitId = await book(from);
    await move(visitId, to);
    await expect(move(visitId, other)).rejects.toMatchObject({ code: 'CONFLICT', message: 'changed_meanwhile' });
    expect(await kept(visitId)).toMatchObject({ startsAt: to });
  });

  it('into the time of another of the clinician or the patient stays, beside itself it may be', async () => {
    const [at, free] = [aDay(), aDay()];
    await book(at, luis.patientId);
    const visitId = await book(free);
    await expect(move(visitId, at + 29 * MINUTE_MS)).rejects.toMatchObject({ message: 'visit_overlaps' });
    expect(await move(visitId, at + 30 * MINUTE_MS)).toEqual({ sequence: 1 });
    expect(await move(visitId, at + 45 * MINUTE_MS, 1)).toEqual({ sequence: 2 });
  });

  it('into what was, once it is called off or has begun, stays', async () => {
    const [from, to] = [aDay(), aDay()];
    const visitId = await book(from);
    await expect(move(visitId, test.clock.nowMs - HOUR_MS)).rejects.toMatchObject({ message: 'visit_in_past' });
    await (await visitsOf(cast.mira.userId)).cancel({ visitId, state: 'cancelled' });
    expect(await kept(visitId)).toMatchObject({ sequence: 1 });
    await expect(move(visitId, to, 1)).rejects.toMatchObject({ message: 'changed_meanwhile' });
    const open = await book(aDay());
    await (await visitsOf(cast.mira.userId)).join({ visitId: open, locationText: null, presentOthers: null });
    await expect(move(open, to)).rejects.toMatchObject({ message: 'changed_meanwhile' });
  });

  it('or called off by a colleague is told to whose visit it is, and by themselves is not', async () => {
    const { clinicId, ana } = cast;
    const cover = await test.app.database.write(function* (d) {
      const staff = yield* makeStaff(d, { clinicId, name: 'Noor Haddad' });
      const on = { clinicId, patientId: ana.patientId, membershipId: staff.membershipId };
      yield* insertCareTeam(d, { id: uuidv7(), ...on, part: 'cover', fromAt: 0, toAt: null });
      return staff;
    });
    const visitId = await book(aDay());
    const told = async () => {
      const { notices } = await (await test.as(cast.mira.userId)).notices.list();
      return notices
        .filter(({ subjectId }) => subjectId === visitId)
        .map(({ kind, readAt }) => [kind, readAt !== null]);
    };
    await move(visitId, aDay());
    expect(await told()).toEqual([]);
    const theirs = await visitsOf(cover.userId);
    await theirs.reschedule({ visitId, startsAt: aDay(), durationMinutes: 30, sequence: 1 });
    expect(await told()).toEqual([['visit_by_colleague', false]]);
    await theirs.cancel({ visitId, state: 'cancelled' });
    expect(await told()).toEqual([
      ['visit_by_colleague', false],
      ['visit_by_colleague', true],
    ]);
  });

  it('by a stranger or the patient alone is not', async () => {
    const visitId = await book(aDay());
    const asked = { visitId, startsAt: aDay(), durationMinutes: 30, sequence: 0 };
    for (const userId of [cast.colleague.userId, cast.ana.userId])
      await expect((await visitsOf(userId)).reschedule(asked)).rejects.toBeTruthy();
    expect(await kept(visitId)).toMatchObject({ sequence: 0 });
  });

  it.each([100])(
    'to one time, %i visits at once: one is',
    async (count) => {
      const to = aDay();
      const visitIds: string[] = [];
      for (let n = 0; n < count; n++) visitIds.push(await book(aDay() + n * MINUTE_MS, luis.patientId));
      const answers = await Promise.all(
        visitIds.map((visitId) =>
          move(visitId, to).then(
            () => 'moved',
            ({ message }: Error) => message,
          ),
        ),
      );
      expect(answers.filter((answer) => answer === 'moved')).toHaveLength(1);
      expect(new Set(answers)).toEqual(new Set(['moved', 'visit_overlaps']));
    },
    120_000,
  );
});

describe('what a visit is for, and what it needs', () => {
  it('is kept as it was said, and its type is the clinic’s', async () => {
    const said = { purpose: 'The splint rubs', interpreter: 'Portuguese', helperWanted: true, mode: 'phone' };
    const visitId = await book(aDay(), undefined, { ...said, typeId: 'review' });
    expect(await kept(visitId)).toMatchObject({ ...said, typeId: 'review', bufferMinutes: 5, acceptedAt: null });
    const plain = await book(aDay(), undefined, { typeId: 'of-no-clinic' });
    expect(await kept(plain)).toMatchObject({ purpose: null, mode: 'video', typeId: null, bufferMinutes: 0 });
  });

  it.each([
    { mode: 'pigeon' },
    { purpose: 'x'.repeat(501) },
    { interpreter: '\u200b' },
    { typeId: 'No such!' },
    { startsAt: -2_208_988_800_000 },
  ])('is refused where it is nonsense: %j', async (more) => {
    await expect(book(aDay(), undefined, more)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('when a clinician holds visits', () => {
  it('is the clinic’s opening hours until they say when', async () => {
    const fromMs = test.clock.nowMs;
    const calendar = await (await visitsOf(cast.mira.userId)).calendar({ fromMs, untilMs: fromMs + 7 * DAY_MS });
    expect(calendar).toMatchObject({ timeZone: 'Europe/London', isOwn: false, reviews: [], exceptions: [] });
    expect(calendar.visits.length).toBeGreaterThanOrEqual(5);
    const colleague = { userId: cast.colleague.userId, fromMs, untilMs: fromMs + DAY_MS };
    await expect((await visitsOf(cast.mira.userId)).calendar(colleague)).resolves.toBeTruthy();
    for (const userId of [String(cast.ana.userId), '0193e000-0000-7000-8000-000000000000'])
      await expect((await visitsOf(cast.mira.userId)).calendar({ ...colleague, userId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    const year = { fromMs, untilMs: fromMs + 366 * DAY_MS };
    await expect((await visitsOf(cast.mira.userId)).calendar(year)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
