import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listRankedCheckIns, listRankedFlags, listRankedVisits, listWorstPain } from '#db/queries/people/need-facts';
import { DAY_MS } from '#domain/time/duration';
import type { Body, Db } from './body';
import { makeClinicOfSize } from './factories/clinic-of-size';
import { MADE_AT } from './factories/people';
import { copyTemplate } from './factories/test-database';
import { type Database, openDatabase } from './open';
import { type Reach, reached, reachOf } from './reach';
import { seedLibrary } from './seed/library';

const state: { database?: Database; reach?: Reach; own?: Set<string>; drop?: () => Promise<void> } = {};
beforeAll(async () => {
  const { url, drop } = await copyTemplate(inject('template'));
  state.database = openDatabase(url);
  state.drop = drop;
  await state.database.write((d) => seedLibrary(d, { nowMs: MADE_AT }));
  const { clinicId, of20 } = await makeClinicOfSize(state.database, 60);
  state.reach = await state.database.read((d) => reachOf(d, { clinicId, userId: of20, nowMs: MADE_AT }));
  const { reach } = state;
  const rows = await state.database.read(function* (d): Body<{ patientId: string }[]> {
    return (yield reached(d, reach)) as { patientId: string }[];
  });
  state.own = new Set(rows.map(({ patientId }) => patientId));
});
afterAll(async () => {
  await state.database?.close();
  await state.drop?.();
});

type Row = { patientId: string };
const from = { sinceMs: MADE_AT - 8 * DAY_MS, fromOn: '2026-01-01', from: 3 };

describe('what many patients are asked for as the whole clinic', () => {
  it.each<[string, (d: Db, reach: Reach) => Body<Row[]>]>([
    ['flags', listRankedFlags],
    ['check-ins', listRankedCheckIns],
    ['visits', (d, reach) => listRankedVisits(d, { ...reach, fromMs: MADE_AT - 400 * DAY_MS })],
    ['pain', (d, reach) => listWorstPain(d, { ...reach, ...from, timeZones: null })],
    ['pain of a zone', (d, reach) => listWorstPain(d, { ...reach, ...from, timeZones: ['Europe/London', 'UTC'] })],
  ])('holds of one’s own patients what they alone are asked for: %s', async (_what, list) => {
    const { database, reach, own } = state;
    if (!database || !reach || !own) throw new Error('the clinic is made first');
    const sorted = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).toSorted();
    const narrow = await database.read((d) => list(d, reach));
    const wide = await database.read((d) => list(d, { ...reach, isWide: true }));
    expect(narrow.every(({ patientId }) => own.has(patientId))).toBe(true);
    expect(sorted(wide.filter(({ patientId }) => own.has(patientId)))).toEqual(sorted(narrow));
    expect(wide.length).toBeGreaterThan(narrow.length);
  });
});
