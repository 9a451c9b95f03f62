import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient } from '#db/factories/people';
import { DAY_MS } from '#domain/time/duration';
import { addDays } from '#domain/time/local-day';
import { instantAt } from '#domain/visit/week-grid';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let luis: { patientId: string };
/** Weeks of its own for each test, so that none stands in another's way. */
let weeks = 1;

beforeAll(async () => {
  cast = await makeCast(test.app);
  const { clinicId, mira } = cast;
  luis = await test.app.database.write((d) => makePatient(d, { clinicId, name: 'Luis Prado', lead: mira }));
});

const BERLIN = 'Europe/Berlin';
const visitsOf = async (userId: string | null) => (await test.as(userId)).visits;
const mira = () => visitsOf(cast.mira.userId);
const times = (day = addDays('2042-01-06', 70 * weeks++), count = 4) => ({
  ...{ patientId: cast.ana.patientId, day, minutes: 600, timeZone: BERLIN, which: 'first' as const },
  ...{ everyWeeks: 1 as const, count, durationMinutes: 30 },
});
type Times = ReturnType<typeof times>;
const book = async (asked: Times, leaveOut: string[] = [], seriesId = uuidv7()) =>
  await (await mira()).scheduleSeries({ ...asked, kind: 'review', seriesId, leaveOut });
async function planned({ day, patientId }: Times) {
  const fromMs = instantAt({ day, minutes: 0 }, BERLIN);
  const { visits } = await (await mira()).schedulePage({ fromMs, untilMs: fromMs + 60 * DAY_MS });
  return visits.filter((visit) => visit.patientId === patientId);
}
async function told() {
  const { notices } = await (await test.as(cast.ana.userId)).notices.list();
  // What is for a calendar alone is news to nobody.
  return notices.filter(({ kind }) => kind !== 'visit_calendar').map(({ kind, subjectId }) => ({ kind, subjectId }));
}

describe('a series', () => {
  it('is on the calendar at the same time of the wall, over a clock change, and told once', async () => {
    // Berlin sets its clocks back on 27 October 2041.
    const asked = times('2041-10-14');
    const before = await told();
    const { visitIds } = await book(asked);
    const visits = await planned(asked);
    expect(visits.map(({ id }) => id)).toEqual(visitIds);
    expect(visits.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 13))).toEqual([
      ...['2041-10-14T08', '2041-10-21T08', '2041-10-28T09', '2041-11-04T09'],
    ]);
    expect(new Set(visits.map(({ seriesId }) => seriesId)).size).toBe(1);
    const news = (await told()).slice(0, -before.length || undefined);
    expect(news).toEqual([{ kind: 'visits_booked', subjectId: visitIds[0] }]);
  });

  it('sent twice is one', async () => {
    const asked = times();
    const seriesId = uuidv7();
    const first = await book(asked, [], seriesId);
    expect(await book(asked, [], seriesId)).toEqual(first);
    expect(await planned(asked)).toHaveLength(4);
  });

  it('shows what is not possible, and leaves it out only where it was shown', async () => {
    // Berlin puts its clocks forward on 31 March 2041, at two.
    const asked = { ...times('2041-03-17'), minutes: 150 };
    const taken = instantAt({ day: '2041-03-24', minutes: 160 }, BERLIN);
    const other = { patientId: luis.patientId, startsAt: taken, durationMinutes: 15, kind: 'review' } as const;
    await (await mira()).schedule(other);
    const { times: shown } = await (await mira()).seriesPreview(asked);
    expect(shown.map(({ day, hindrance }) => [day, hindrance])).toEqual([
      ...[
        ['2041-03-17', null],
        ['2041-03-24', 'taken'],
        ['2041-03-31', 'none'],
        ['2041-04-07', null],
      ],
    ]);
    await expect(book(asked, ['2041-03-31'])).rejects.toMatchObject({ code: 'CONFLICT', message: 'visit_overlaps' });
    await expect(book(asked, ['2041-03-24'])).rejects.toMatchObject({ code: 'CONFLICT', message: 'series_changed' });
    expect(await planned(asked)).toHaveLength(0);
    await book(asked, ['2041-03-24', '2041-03-31']);
    expect(await planned(asked)).toHaveLength(2);
    const all = shown.map(({ day }) => day);
    await expect(book(asked, all)).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'series_empty' });
  });

  it('in the past is shown as that, and not booked', async () => {
    const asked = times('2020-01-06');
    const { times: shown } = await (await mira()).seriesPreview(asked);
    expect(new Set(shown.map(({ hindrance }) => hindrance))).toEqual(new Set(['past']));
    await expect(book(asked)).rejects.toMatchObject({ message: 'visit_in_past' });
  });

  it('is called off from a visit on, told once; what was before it, and what began, stays', async () => {
    const asked = times();
    const { visitIds } = await book(asked);
    const [first = '', second = '', third = '', fourth = ''] = visitIds;
    await (await mira()).join({ visitId: fourth, locationText: null, presentOthers: null });
    const before = await told();
    await (await mira()).cancel({ visitId: second, state: 'cancelled', following: true });
    const left = await planned(asked);
    expect(left.map(({ id, state }) => [id, state])).toEqual([
      [first, 'scheduled'],
      [fourth, 'open'],
    ]);
    const news = (await told()).filter(({ kind }) => kind !== 'visits_booked');
    expect(news.filter(({ subjectId }) => [second, third].includes(subjectId))).toEqual([
      { kind: 'visits_cancelled', subjectId: second },
    ]);
    expect(before.some(({ kind, subjectId }) => kind === 'visits_cancelled' && subjectId === second)).toBe(false);
    await (await mira()).end({ visitId: fourth });
  });

  it('of which one alone is called off goes on', async () => {
    const asked = times();
    const { visitIds } = await book(asked);
    await (await mira()).cancel({ visitId: visitIds[1] ?? '', state: 'cancelled' });
    expect((await planned(asked)).map(({ id }) => id)).toEqual(visitIds.filter((_, n) => n !== 1));
  });

  it('is not a stranger’s to see, to book or to call off', async () => {
    const asked = times();
    const { visitIds } = await book(asked);
    const series = { ...asked, kind: 'review' as const, seriesId: uuidv7(), leaveOut: [] };
    for (const { userId } of [cast.colleague, cast.outsider]) {
      const visits = await visitsOf(userId);
      await expect(visits.seriesPreview(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(visits.scheduleSeries(series)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const off = { visitId: visitIds[0] ?? '', state: 'cancelled' as const, following: true };
      await expect(visits.cancel(off)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await planned(asked)).toHaveLength(4);
  });
});

describe('a week of the calendar', () => {
  it('has what was held and what nobody came to, not what was called off; counted is what is to come', async () => {
    const fromMs = test.clock.nowMs - 1;
    const at = test.clock.nowMs + 400 * DAY_MS;
    const one = (minutes: number) => ({
      startsAt: at + minutes * 60_000,
      durationMinutes: 30,
      kind: 'review' as const,
    });
    const visits = await mira();
    const { patientId } = cast.ana;
    const [a, b, c, held] = await Promise.all(
      [0, 30, 60, 90].map(async (n) => (await visits.schedule({ ...one(n), patientId })).visitId),
    );
    test.clock.nowMs = at;
    await visits.cancel({ visitId: a ?? '', state: 'no_show' });
    await visits.cancel({ visitId: b ?? '', state: 'cancelled' });
    await visits.join({ visitId: held ?? '', locationText: null, presentOthers: null });
    await visits.end({ visitId: held ?? '' });
    const week = await visits.schedulePage({ fromMs: at - 1, untilMs: at + DAY_MS });
    expect(week.visits.map(({ id, state }) => [id, state])).toEqual([
      [a, 'no_show'],
      [c, 'scheduled'],
      [held, 'ended'],
    ]);
    expect(week.count).toBe(1);
    expect(fromMs).toBeLessThan(at);
  });
});

it('the clinic’s types of visit are there for the form', async () => {
  expect((await (await mira()).types()).map(({ id, mode }) => [id, mode])).toEqual([
    ['first', 'video'],
    ['review', 'video'],
    ['check', 'video'],
  ]);
});
