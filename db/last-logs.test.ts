import { eq, max } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CURRENT, listLogs, retireLog } from '#db/queries/practice/logs';
import { lastLogs, logs } from '#db/schema/logs';
import { type Body, type Db, first, q } from './body';
import { makeClinicOfSize, type SizedClinic } from './factories/clinic-of-size';
import { MADE_AT } from './factories/people';
import { copyTemplate } from './factories/test-database';
import { type Database, openDatabase } from './open';
import { seedLibrary } from './seed/library';

const state: { database?: Database; clinic?: SizedClinic; drop?: () => Promise<void> } = {};
beforeAll(async () => {
  const { url, drop } = await copyTemplate(inject('template'));
  state.database = openDatabase(url);
  state.drop = drop;
  await state.database.write((d) => seedLibrary(d, { nowMs: MADE_AT }));
  state.clinic = await makeClinicOfSize(state.database, 20);
});
afterAll(async () => {
  await state.database?.close();
  await state.drop?.();
});

function* lastOf(d: Db, patientId: string): Body<number | null> {
  const row = yield* first(d.select().from(lastLogs).where(eq(lastLogs.patientId, patientId)));
  return row?.at ?? null;
}

it('the last log of each patient is kept as logs come and are corrected', async () => {
  const { database, clinic } = state;
  if (!database || !clinic) throw new Error('the clinic is made first');
  const all = await database.read((d) =>
    q(
      d
        .select({ patientId: logs.patientId, at: max(logs.performedAt) })
        .from(logs)
        .where(CURRENT)
        .groupBy(logs.patientId),
    ),
  );
  expect(all.length).toBeGreaterThan(10);
  for (const { patientId, at } of all) expect(await database.read((d) => lastOf(d, patientId))).toBe(at);

  const scope = { clinicId: clinic.clinicId, patientId: all[0]?.patientId ?? '' };
  const own = (await database.read((d) => listLogs(d, { ...scope, sinceMs: 0 }))).map(({ log }) => log);
  for (const [n, { id }] of own.toReversed().entries()) {
    await database.write((d) => retireLog(d, { logId: id }));
    const left = own.slice(0, own.length - 1 - n);
    expect(await database.read((d) => lastOf(d, scope.patientId))).toBe(left.at(-1)?.performedAt ?? null);
  }
});
