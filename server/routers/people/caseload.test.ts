import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Body, Db } from '#db/body';
import { makeCheckIn } from '#db/factories/check-ins';
import { makeLogs, makeSitting, seededRandom } from '#db/factories/logs';
import { type MadePatient, makePatient } from '#db/factories/people';
import { type MadeProgram, makeNextVersion, makeProgram } from '#db/factories/program';
import { makeVisit } from '#db/factories/visits';
import { insertFlag } from '#db/queries/practice/flags';
import { insertPractice } from '#db/queries/practice/logs';
import { seedLibrary } from '#db/seed/library';
import { compareByNeed } from '#domain/people/attention';
import type { CaseloadQuery } from '#domain/people/caseload';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeAll(() => test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs })));
beforeEach(async () => {
  cast = await makeCast(test.app);
});

const scope = (patient: MadePatient) => ({ clinicId: cast.clinicId, patientId: patient.patientId });

function person(name: string, over: Partial<Parameters<typeof makePatient>[1]> = {}): Promise<MadePatient> {
  return test.app.database.write((d) => makePatient(d, { clinicId: cast.clinicId, name, lead: cast.mira, ...over }));
}

function program(patient: MadePatient): Promise<MadeProgram> {
  const { patientId, episodeId } = patient;
  const exercises = [{ slug: 'tendon-glides' }];
  const spec = { clinicId: cast.clinicId, patientId, episodeId, publishedBy: cast.mira.userId, exercises };
  return test.app.database.write((d) =>
    makeProgram(d, { ...spec, at: test.clock.nowMs - 30 * DAY_MS, on: '2026-10-25' }),
  );
}

/** Every sitting of some days, pain as given. */
async function practised(patient: MadePatient, days: { from: number; until: number }, pain: number) {
  const spec = { ...scope(patient), userId: patient.userId ?? '', program: await program(patient), adherence: 1 };
  await test.app.database.write((d) =>
    makeLogs(d, {
      ...spec,
      timeZone: 'Europe/London',
      fromDaysAgo: days.from,
      untilDaysAgo: days.until,
      nowMs: test.clock.nowMs,
      painFrom: pain,
      painTo: pain,
      random: seededRandom(7),
    }),
  );
}

function flag(patient: MadePatient, severity: 'amber' | 'red' | 'urgent', hoursAgo: number) {
  const source = { sourceKind: 'log' as const, sourceId: uuidv7(), rule: 'red_from', policyVersion: 1 };
  const raisedAt = test.clock.nowMs - hoursAgo * HOUR_MS;
  return test.app.database.write((d) =>
    insertFlag(d, { id: uuidv7(), ...scope(patient), kind: 'pain', severity, raisedAt, ...source }),
  );
}

type CheckInSpec = Partial<Parameters<typeof makeCheckIn>[1]>;

function checkIn(patient: MadePatient, over: CheckInSpec = {}) {
  const owner = { ...scope(patient), userId: patient.userId ?? '', at: test.clock.nowMs - HOUR_MS };
  return test.app.database.write((d) => makeCheckIn(d, { ...owner, assigneeId: cast.mira.userId, ...over }));
}

const page = async (query: Partial<CaseloadQuery> = {}) =>
  (await test.as(cast.mira.userId)).caseload.mine({ search: '', ...query });
const mine = async () => (await page()).rows;
const first = async () => (await mine()).map((row) => [row.name, row.reasons[0].rule]);

describe('the caseload', () => {
  it('puts who needs somebody first, each with a reason', async () => {
    await practised(cast.ana, { from: 12, until: 1 }, 1);
    await flag(await person('Walter Lindqvist'), 'urgent', 1);
    await flag(await person('Soo-jin Park'), 'red', 20);
    const rosa = await person('Rosa Ibarra');
    await practised(rosa, { from: 3, until: 1 }, 2);
    await checkIn(rosa, { dueAt: test.clock.nowMs - HOUR_MS });
    await practised(await person('Henry Boateng the elder'), { from: 12, until: 5 }, 1);
    await program(await person('Callum Reid'));
    await person('Nikhil Menon', { login: null });
    expect(await first()).toEqual([
      ['Walter Lindqvist', 'urgent_flag'],
      ['Soo-jin Park', 'red_flag'],
      ['Rosa Ibarra', 'check_in_overdue'],
      ['Henry Boateng the elder', 'silent'],
      ['Callum Reid', 'no_log_yet'],
      ['Nikhil Menon', 'no_program'],
      ['Ana Duarte', 'fine'],
    ]);
  });

  it('says worst pain of the week from logs and from whole sittings alike', async () => {
    await practised(cast.ana, { from: 3, until: 1 }, 1);
    const at = test.clock.nowMs - 2 * DAY_MS;
    const sitting = { localOn: '2026-11-22', startedAt: at, endedAt: at + 1000, painAfter: 7, receivedAt: at };
    await test.app.database.write((d) => insertPractice(d, { id: uuidv7(), ...scope(cast.ana), ...sitting }));
    const [row] = await mine();
    expect(row?.reasons[0]).toMatchObject({ rule: 'pain_red', values: { pain: 7 } });
    expect(row?.worstPain7Days).toBe(7);
    expect(row?.pain).toHaveLength(10);
    expect(row?.pain.at(-3)).toBe(7);
    expect(row?.pain.at(-1)).toBeNull();
  });

  it('shows seven days, the hand, the weeks since surgery and the next visit', async () => {
    const fatima = await person('Fatima Rahimi', { side: 'left', injuryOn: '2026-09-01', surgeryOn: '2026-10-13' });
    await practised(fatima, { from: 6, until: 2 }, 1);
    const visit = { clinicId: cast.clinicId, patient: fatima, clinicianId: cast.mira.userId, phone: '1234' };
    const place = { ...visit, timeZone: 'Europe/London', ended: false };
    const startsAt = test.clock.nowMs + 3 * HOUR_MS;
    const visitId = await test.app.database.write(function* (d) {
      yield* makeVisit(d, { ...place, startsAt: startsAt + DAY_MS });
      yield* makeVisit(d, { ...place, startsAt: test.clock.nowMs - DAY_MS, ended: true });
      yield* makeVisit(d, { ...place, startsAt: startsAt - HOUR_MS, ended: true });
      return yield* makeVisit(d, { ...place, startsAt });
    });
    const row = (await mine()).find((one) => one.name === 'Fatima Rahimi');
    expect(row).toMatchObject({ side: 'left', weeks: 6, condition: 'Index finger fracture' });
    expect(row?.nextVisit).toMatchObject({ id: visitId, startsAt });
    expect(row?.reasons.map((reason) => reason.rule)).toContain('visit_soon');
    expect(row?.week.map(({ day }) => day)).toEqual([18, 19, 20, 21, 22, 23, 24].map((day) => `2026-11-${day}`));
    expect(row?.week.at(-1)?.state).toBe('today');
    expect(row?.week.at(-2)?.state).toBe('none');
    expect(['done', 'partly']).toContain(row?.week.at(-3)?.state);
  });

  it('asks the same few questions for one patient and for thirty', async () => {
    const count = async () => {
      const caller = await test.as(cast.mira.userId);
      let steps = 0;
      const { read } = test.app.database;
      const counting = <T>(body: (d: Db) => Body<T>) =>
        read<T>(function* (d) {
          const inner = body(d);
          let next = inner.next();
          for (; !next.done; steps++) next = inner.next(yield next.value);
          return next.value;
        });
      Object.assign(test.app.database, { read: counting });
      const { rows } = await caller.caseload
        .mine({ search: '' })
        .finally(() => Object.assign(test.app.database, { read }));
      return { steps, rows: rows.length };
    };
    await program(cast.ana);
    const { steps } = await count();
    for (let n = 0; n < 29; n++) await program(await person(`Patient ${n}`));
    expect(await count()).toEqual({ steps, rows: 25 });
    expect(steps).toBeLessThan(17);
  });

  it('is one’s own: not a colleague’s, not next door’s, nothing for patients, admins and the signed out', async () => {
    await flag(cast.ana, 'red', 1);
    await checkIn(cast.ana);
    expect(await first()).toEqual([['Ana Duarte', 'red_flag']]);
    const names = async (userId: string) =>
      (await (await test.as(userId)).caseload.mine({ search: '' })).rows.map((row) => row.name);
    expect(await names(cast.colleague.userId)).toEqual(['Henry Boateng']);
    expect(await names(cast.outsider.userId)).toEqual(['Callum Reid']);
    for (const [userId, code] of [
      [cast.ana.userId, 'FORBIDDEN'],
      [cast.admin.userId, 'FORBIDDEN'],
      [null, 'UNAUTHORIZED'],
    ] as const) {
      const caller = await test.as(userId);
      await expect(caller.caseload.mine({ search: '' })).rejects.toMatchObject({ code });
      await expect(caller.caseload.counts()).rejects.toMatchObject({ code });
    }
  });
});

/** A caseload of many kinds of need, the same each time. */
async function manyPeople(count: number) {
  const random = seededRandom(11);
  const zones = ['Europe/London', 'Pacific/Auckland', 'Pacific/Honolulu'];
  for (let n = 0; n < count; n++) {
    const timeZone = zones[n % zones.length] ?? '';
    const one = await person(`Person ${String(n).padStart(2, '0')}`, {
      timeZone,
      ...(n % 9 === 0 ? { login: null } : {}),
    });
    if (random() < 0.2) await flag(one, n % 2 ? 'red' : 'amber', Math.floor(random() * 40));
    if (one.userId === null) continue;
    if (random() < 0.3) await checkIn(one, { dueAt: test.clock.nowMs + Math.floor((random() - 0.5) * 9) * HOUR_MS });
    if (random() < 0.5) await practised(one, { from: 8, until: Math.floor(random() * 6) }, Math.floor(random() * 7));
  }
}

describe('the caseload in pages', () => {
  it('goes on where the page before ended, in the order of need, and leaves nobody out', async () => {
    await manyPeople(59);
    const pages = [await page()];
    for (let cursor = pages[0]?.nextCursor; cursor; cursor = pages.at(-1)?.nextCursor)
      pages.push(await page({ cursor }));
    expect(pages.map(({ rows }) => rows.length)).toEqual([25, 25, 10]);
    const rows = pages.flatMap((one) => one.rows);
    expect(rows.map((row) => row.patientId)).toEqual(rows.toSorted(compareByNeed).map((row) => row.patientId));
    expect(new Set(rows.map((row) => row.patientId)).size).toBe(60);
    const of = (urgency: string) => rows.filter((row) => row.urgency === urgency).length;
    for (const { counts } of pages) {
      expect(counts.all).toBe(60);
      for (const [urgency, n] of Object.entries(counts.urgency)) expect(of(urgency)).toBe(n);
    }
    expect(Object.values(pages[0]?.counts.rules ?? {}).reduce((sum, n) => sum + n, 0)).toBe(60);
  });

  it('says the same pain in the order and on the card, in every time zone', async () => {
    await manyPeople(30);
    const { rows } = await page();
    const limit = rows.flatMap((row) =>
      row.reasons.filter(({ rule }) => rule.startsWith('pain_')).map(({ values }) => ({ row, values })),
    );
    expect(limit.length).toBeGreaterThan(0);
    for (const { row, values } of limit) expect(values.pain).toBe(row.worstPain7Days);
  });

  it('counts seven days by each patient’s own calendar', async () => {
    const at = test.clock.nowMs - 7 * DAY_MS;
    const sitting = { localOn: '2026-11-17', startedAt: at, endedAt: at + 1000, painAfter: 8, receivedAt: at };
    for (const [name, timeZone] of [
      ['In Honolulu', 'Pacific/Honolulu'],
      ['In London', 'Europe/London'],
    ] as const) {
      const one = await person(name, { timeZone });
      await test.app.database.write((d) => insertPractice(d, { id: uuidv7(), ...scope(one), ...sitting }));
    }
    // In Honolulu it is still the 23rd: the 17th is the first of seven days.
    const { rows } = await page({ search: 'in ' });
    expect(rows.map((row) => [row.name, row.reasons[0].rule, row.worstPain7Days])).toEqual([
      ['In Honolulu', 'pain_red', 8],
      ['In London', 'no_program', null],
    ]);
  });

  it('finds by a part of the name who is not on the first page, and counts everybody all the same', async () => {
    for (let n = 0; n < 30; n++) await person(`Anders ${n}`);
    const first = await page();
    const unseen = await person('Élodie Marchand');
    await practised(unseen, { from: 1, until: 0 }, 0);
    expect(first.nextCursor).not.toBeNull();
    const found = await page({ search: 'élod' });
    expect(found.rows.map((row) => row.name)).toEqual(['Élodie Marchand']);
    expect(found).toMatchObject({ found: 1, nextCursor: null, counts: { all: 32 } });
    expect((await page({ search: 'nobody' })).rows).toEqual([]);
  });

  it('keeps the instant of its first page, and goes on when somebody left the list', async () => {
    for (let n = 0; n < 30; n++) await person(`Person ${n}`);
    const first = await page();
    const before = test.clock.nowMs;
    test.clock.nowMs += DAY_MS;
    const cursor = first.nextCursor ?? undefined;
    expect(cursor?.atMs).toBe(before);
    const second = await page({ cursor });
    expect(second.rows).toHaveLength(6);
    const gone = { atMs: before, shown: 25, patientId: uuidv7() };
    const ids = new Set((await page({ cursor: gone })).rows.map((row) => row.patientId));
    expect(second.rows.every((row) => ids.has(row.patientId))).toBe(true);
    test.clock.nowMs = before;
  });
});

describe('names in pages', () => {
  it('one’s own and the colleagues’ apart, by name, each page after the other', async () => {
    for (let n = 0; n < 60; n++) await person(`Person ${String(n).padStart(2, '0')}`);
    const mira = await test.as(cast.mira.userId);
    const first = await mira.patients.mine({ search: '' });
    const rest = await mira.patients.mine({ search: '', cursor: first.nextCursor });
    const names = [...first.patients, ...rest.patients].map(({ name }) => name);
    expect(names).toEqual([
      'Ana Duarte',
      ...Array.from({ length: 60 }, (_, n) => `Person ${String(n).padStart(2, '0')}`),
    ]);
    expect([first.patients.length, rest.nextCursor]).toEqual([50, null]);
    expect((await mira.patients.mine({ search: 'on 07' })).patients.map(({ name }) => name)).toEqual(['Person 07']);
    expect((await mira.patients.roster({ search: '' })).patients.map(({ name }) => name)).toEqual(['Henry Boateng']);
    const colleague = await test.as(cast.colleague.userId);
    expect((await colleague.patients.roster({ search: 'ana d' })).patients.map(({ name }) => name)).toEqual([
      'Ana Duarte',
    ]);
  });
});

describe('the number beside Review', () => {
  const counts = async (userId: string) => (await test.as(userId)).caseload.counts();

  it('counts one’s own and nobody’s, and tells what is overdue', async () => {
    expect(await counts(cast.mira.userId)).toEqual({ waiting: 0, overdue: 0 });
    await checkIn(cast.ana, { dueAt: test.clock.nowMs - 1 });
    await checkIn(cast.ana, { assigneeId: null });
    await checkIn(cast.ana, { state: 'processing' });
    await checkIn(cast.ana, { state: 'answered' });
    expect(await counts(cast.mira.userId)).toEqual({ waiting: 2, overdue: 1 });
    expect(await counts(cast.colleague.userId)).toEqual({ waiting: 1, overdue: 0 });
    expect(await counts(cast.outsider.userId)).toEqual({ waiting: 0, overdue: 0 });
  });

  it('leaves out what a colleague has open, until the claim runs out', async () => {
    await checkIn(cast.ana, { assigneeId: null });
    await (await test.as(cast.colleague.userId)).reviews.claimNext();
    expect(await counts(cast.mira.userId)).toEqual({ waiting: 0, overdue: 0 });
    expect(await counts(cast.colleague.userId)).toEqual({ waiting: 1, overdue: 0 });
    const before = test.clock.nowMs;
    test.clock.nowMs += HOUR_MS;
    expect((await counts(cast.mira.userId)).waiting).toBe(1);
    test.clock.nowMs = before;
  });
});

describe('the week of a card', () => {
  const weekOf = async (name: string) => {
    const row = (await mine()).find((one) => one.name === name);
    return row?.week.map(({ state }) => state);
  };
  const perDay = (times: number) => ({ schedule: { v: 1 as const, kind: 'per_day' as const, times, days: null } });

  async function onceADay(name: string) {
    const patient = await person(name);
    const spec = {
      ...{ ...scope(patient), episodeId: patient.episodeId, publishedBy: cast.mira.userId },
      exercises: [{ slug: 'tendon-glides', dose: perDay(1) }],
      at: test.clock.nowMs - 30 * DAY_MS,
      on: '2026-10-25',
    };
    const made = await test.app.database.write((d) => makeProgram(d, spec));
    const [prescription] = made.prescriptions;
    if (!prescription) throw new Error('the program has its exercise');
    const practise = (daysAgo: number, slot: number) =>
      test.app.database.write((d) =>
        makeSitting(
          d,
          { ...scope(patient), userId: patient.userId ?? '', timeZone: 'Europe/London', random: seededRandom(3) },
          { prescription, slot, performedAt: test.clock.nowMs - daysAgo * DAY_MS, pain: 1 },
        ),
      );
    return { spec, made, practise };
  }

  it('is judged by what was prescribed on each day, also after more is asked', async () => {
    const { spec, made, practise } = await onceADay('Vera Molnar');
    for (const daysAgo of [1, 2, 3, 4, 5, 6]) await practise(daysAgo, 1);
    const done = Array.from({ length: 6 }, () => 'done');
    expect(await weekOf('Vera Molnar')).toEqual([...done, 'today']);
    const today = localDay(test.clock.nowMs, 'Europe/London');
    const exercises = [{ slug: 'tendon-glides', dose: perDay(3) }];
    const next = { ...spec, before: made, number: 2, reason: 'More', exercises, at: test.clock.nowMs, on: today };
    await test.app.database.write((d) => makeNextVersion(d, next));
    await practise(0, 1);
    expect(await weekOf('Vera Molnar')).toEqual([...done, 'today']);
  });

  it('counts two logs of one planned sitting as one', async () => {
    const { spec, made, practise } = await onceADay('Paul Klee');
    const exercises = [{ slug: 'tendon-glides', dose: perDay(2) }];
    const on = localDay(test.clock.nowMs - 4 * DAY_MS, 'Europe/London');
    const next = { ...spec, before: made, number: 2, reason: 'More', exercises, on };
    await test.app.database.write((d) => makeNextVersion(d, next));
    await practise(2, 1);
    await practise(2, 1);
    await practise(1, 1);
    await practise(1, 2);
    expect((await weekOf('Paul Klee'))?.slice(-3)).toEqual(['partly', 'done', 'today']);
  });
});
