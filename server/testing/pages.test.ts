import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeManyCheckIns } from '#db/factories/check-ins';
import { makePatient } from '#db/factories/people';
import { type MadeProgram, makeNextVersion, makeProgram } from '#db/factories/program';
import { makeVisit } from '#db/factories/visits';
import { insertNotice } from '#db/queries/contact/notices';
import { insertFlag } from '#db/queries/practice/flags';
import { seedLibrary } from '#db/seed/library';
import { CHECK_INS_PER_PAGE, FLAGS_PER_PAGE, NOTICES_PER_PAGE, placeAfter, VISITS_PER_PAGE } from '#domain/input/page';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from './application';

const test = openTestApp();
let cast: Cast;
let made: MadeProgram;
const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });
/** One more than a page holds, and two at one instant where a page ends. */
const MANY = 52;
const at = (n: number) => test.clock.nowMs - DAY_MS - Math.floor((n + 1) / 2) * MINUTE_MS;

beforeAll(async () => {
  const { nowMs } = test.clock;
  await test.app.database.write((d) => seedLibrary(d, { nowMs }));
  cast = await makeCast(test.app);
  await test.app.database.write(function* (d) {
    const place = { clinicId: cast.clinicId, patient: cast.ana, clinicianId: cast.mira.userId, phone: '1' };
    const visit = { ...place, timeZone: 'Europe/London', ended: false };
    for (let n = 0; n < MANY; n++) yield* makeVisit(d, { ...visit, startsAt: at(n) });
    for (let n = 0; n < MANY; n++)
      yield* makeVisit(d, { ...visit, startsAt: nowMs + DAY_MS + Math.floor((n + 1) / 2) });
    const owned = { patientId: cast.ana.patientId, assigneeId: cast.mira.userId };
    const of = (n: number) => ({ ...owned, queueRank: 1, dueAt: nowMs + Math.floor((n + 1) / 2), at: at(n) });
    yield* makeManyCheckIns(d, { clinicId: cast.clinicId, count: MANY, of });
    const flag = { ...scope(), kind: 'pain', severity: 'red' as const, rule: 'red_from', policyVersion: 1 };
    const source = () => ({ sourceKind: 'log' as const, sourceId: uuidv7() });
    for (let n = 0; n < MANY; n++) yield* insertFlag(d, { id: uuidv7(), ...flag, ...source(), raisedAt: at(n) });
    const notice = { clinicId: cast.clinicId, userId: cast.mira.userId, kind: 'care_team_joined' };
    for (let n = 0; n < MANY; n++)
      yield* insertNotice(d, {
        id: uuidv7(),
        ...notice,
        subjectId: cast.ana.patientId,
        eventKey: `${n}`,
        createdAt: at(n),
      });
    const { patientId, episodeId } = cast.ana;
    const exercises = [{ slug: 'tendon-glides' }];
    const spec = { clinicId: cast.clinicId, patientId, episodeId, publishedBy: cast.mira.userId, exercises };
    const when = { at: nowMs - DAY_MS, on: '2026-11-01' };
    made = yield* makeProgram(d, { ...spec, ...when });
    for (let number = 2; number <= MANY; number++)
      made = yield* makeNextVersion(d, { ...spec, ...when, before: made, number, reason: 'More' });
  });
});

type Row = { id: string; at: number };
type Place = Row | null | undefined;

/** Every page after the other. */
async function readAll(page: (cursor: Place) => Promise<{ rows: Row[]; next: Place }>): Promise<Row[][]> {
  const pages: Row[][] = [];
  let cursor: Place;
  do {
    const { rows, next } = await page(cursor);
    pages.push(rows);
    cursor = next;
  } while (cursor && pages.length < 10);
  return pages;
}

const mira = () => test.as(cast.mira.userId);
const newestFirst = (a: Row, b: Row) => b.at - a.at || (a.id < b.id ? 1 : -1);
const soonestFirst = (a: Row, b: Row) => a.at - b.at || (a.id < b.id ? -1 : 1);

/** A list that answers with an array: the place after a full page is made of its last row. */
const arrays = (rows: Row[], perPage: number) => ({ rows, next: placeAfter(rows, perPage, (row) => row) });

describe('a list that is longer than a page goes on', () => {
  it.each<[string, number, (a: Row, b: Row) => number, (cursor: Place) => Promise<{ rows: Row[]; next: Place }>]>([
    [
      'a patient’s visits',
      VISITS_PER_PAGE,
      newestFirst,
      async (cursor) => {
        const rows = await (await mira()).visits.ofPatient({ patientId: cast.ana.patientId, cursor });
        return arrays(
          rows.map(({ id, startsAt }) => ({ id, at: startsAt })),
          VISITS_PER_PAGE,
        );
      },
    ],
    [
      'one’s own visits',
      VISITS_PER_PAGE,
      newestFirst,
      async (cursor) => {
        const rows = await (await test.as(cast.ana.userId)).visits.mine({ cursor });
        return arrays(
          rows.map(({ id, startsAt }) => ({ id, at: startsAt })),
          VISITS_PER_PAGE,
        );
      },
    ],
    [
      'a patient’s check-ins',
      CHECK_INS_PER_PAGE,
      newestFirst,
      async (cursor) => {
        const rows = await (await mira()).checkIns.ofPatient({ patientId: cast.ana.patientId, cursor });
        return arrays(
          rows.map(({ id, submittedAt }) => ({ id, at: submittedAt })),
          CHECK_INS_PER_PAGE,
        );
      },
    ],
    [
      'one’s own check-ins',
      CHECK_INS_PER_PAGE,
      newestFirst,
      async (cursor) => {
        const rows = await (await test.as(cast.ana.userId)).checkIns.mine({ cursor });
        return arrays(
          rows.map(({ id, submittedAt }) => ({ id, at: submittedAt })),
          CHECK_INS_PER_PAGE,
        );
      },
    ],
    [
      'open flags',
      FLAGS_PER_PAGE,
      newestFirst,
      async (cursor) => {
        const rows = await (await mira()).flags.open({ patientId: cast.ana.patientId, cursor });
        return arrays(
          rows.map(({ id, raisedAt }) => ({ id, at: raisedAt })),
          FLAGS_PER_PAGE,
        );
      },
    ],
    [
      'notices',
      NOTICES_PER_PAGE,
      newestFirst,
      async (cursor) => {
        const { notices, nextCursor, unread } = await (await mira()).notices.list({ cursor });
        expect(unread).toBe(MANY);
        return { rows: notices.map(({ id, createdAt }) => ({ id, at: createdAt })), next: nextCursor };
      },
    ],
    [
      'the calendar',
      50,
      soonestFirst,
      async (cursor) => {
        const span = { fromMs: test.clock.nowMs, untilMs: test.clock.nowMs + 9 * DAY_MS };
        const { visits, nextCursor, count } = await (await mira()).visits.schedulePage({ ...span, cursor });
        expect(count).toBe(MANY);
        return { rows: visits.map(({ id, startsAt }) => ({ id, at: startsAt })), next: nextCursor };
      },
    ],
  ])('%s', async (_what, perPage, order, page) => {
    const pages = await readAll(page);
    const rows = pages.flat();
    expect(pages.slice(0, -1).every((one) => one.length === perPage)).toBe(true);
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(MANY);
    expect(rows).toEqual(rows.toSorted(order));
  });

  it('the versions of a program, the draft and what is in force on the first', async () => {
    const numbers: number[] = [];
    for (let cursor: number | null | undefined; cursor !== null; ) {
      const { versions, nextCursor } = await (await mira()).programs.get({ programId: made.programId, cursor });
      if (cursor === undefined) expect(versions[0]).toMatchObject({ number: MANY, state: 'published' });
      for (const { number, prescriptions } of versions) {
        numbers.push(number);
        expect(prescriptions).toHaveLength(1);
      }
      cursor = nextCursor;
    }
    expect(numbers).toEqual(Array.from({ length: MANY }, (_, n) => MANY - n));
  });

  it('the logins of patients, also without asking for a page', async () => {
    await test.app.database.write(function* (d) {
      for (let n = 0; n < 120; n++) yield* makePatient(d, { clinicId: cast.clinicId, name: `Zoe ${100 + n}` });
    });
    const admin = await test.as(cast.admin.userId);
    const first = await admin.passwordLinks.patients();
    expect(first).toHaveLength(100);
    const last = first.at(-1);
    const cursor = { name: last?.name ?? '', id: last?.patientId ?? '' };
    const names = [...first, ...(await admin.passwordLinks.patients({ search: '', cursor }))].map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(122);
    expect(await admin.passwordLinks.patients({ search: 'zoe 219' })).toHaveLength(1);
  });

  it('and a cursor opens nothing to a stranger', async () => {
    const stranger = await test.as(cast.outsider.userId);
    const cursor = { at: test.clock.nowMs, id: uuidv7() };
    const { patientId } = cast.ana;
    for (const ask of [
      () => stranger.visits.ofPatient({ patientId, cursor }),
      () => stranger.checkIns.ofPatient({ patientId, cursor }),
      () => stranger.flags.open({ patientId, cursor }),
      () => stranger.programs.get({ programId: made.programId, cursor: 50 }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await stranger.notices.list({ cursor })).toMatchObject({ notices: [], unread: 0 });
  });
});
