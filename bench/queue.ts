import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeManyCheckIns } from '../db/factories/check-ins';
import { makeClinic, makePatient, makeStaff } from '../db/factories/people';
import { migrateSqlite } from '../db/migrate';
import { type Database, openDatabase } from '../db/open';
import { countQueue } from '../db/queries/people/caseload';
import { takeTry } from '../db/queries/people/tries';
import { changeHeld, claimNext, listQueue } from '../db/queries/review/queue';
import { BUDGETS } from '../domain/people/tries';
import { HOUR_MS } from '../domain/time/duration';
import { type Figures, type Spread, say, spread, timed } from './figures';

const SIZES = [1000, 1_000_000] as const;
const CHUNK = 20_000;
const RUNS = 150;
const BUDGET = { p95Ms: 5, ratio: 2 };

type Ours = { clinicId: string; me: string; others: string[]; patientIds: string[] };

async function makeOurs(database: Database): Promise<Ours> {
  return await database.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    const staff: string[] = [];
    for (let n = 0; n < 20; n++) staff.push((yield* makeStaff(d, { clinicId, name: `Clinician ${n}` })).userId);
    const patientIds: string[] = [];
    for (let n = 0; n < 200; n++)
      patientIds.push((yield* makePatient(d, { clinicId, name: `Patient ${n}` })).patientId);
    return { clinicId, me: staff[0] ?? '', others: staff.slice(1), patientIds };
  });
}

/** As a clinic's queue is: one in 50 pinned, one in 10 mine, one in 10 nobody's, the rest the others'. Or all the others'. */
async function fill(database: Database, ours: Ours, size: number, all: 'mixed' | 'of others', nowMs: number) {
  for (let from = 0; from < size; from += CHUNK) {
    const count = Math.min(CHUNK, size - from);
    await database.write((d) =>
      makeManyCheckIns(d, {
        clinicId: ours.clinicId,
        count,
        of: (n) => {
          const at = from + n;
          const other = ours.others[at % ours.others.length] ?? '';
          const own = at % 10 === 0 ? ours.me : at % 10 === 1 ? null : other;
          return {
            patientId: ours.patientIds[at % ours.patientIds.length] ?? '',
            assigneeId: all === 'mixed' ? own : other,
            queueRank: at % 50 === 0 ? 0 : 1,
            // Nobody's time is so far gone that the pool may help.
            dueAt: nowMs + 20 * HOUR_MS + at,
            at: nowMs,
          };
        },
      }),
    );
  }
}

type Measured = { claim: Spread; firstPage: Spread; count: Spread; commit: Spread };

/** Claims one after another, each answered before the next, as one clinician works. */
async function measure(database: Database, { clinicId, me }: Ours, nowMs: number): Promise<Measured> {
  const lease = () => ({ leaseToken: randomUUID(), leaseUntil: nowMs + HOUR_MS });
  const claimer = { clinicId, userId: me, nowMs, pinnedMs: nowMs + 2 * HOUR_MS, routineMs: nowMs + 10 * HOUR_MS };
  const claimsMs: number[] = [];
  for (let n = 0; n < RUNS; n++) {
    const startedAt = performance.now();
    const row = await database.write((d) => claimNext(d, { ...claimer, lease: lease() }));
    claimsMs.push(performance.now() - startedAt);
    if (!row) continue;
    const held = {
      clinicId,
      patientId: row.patientId,
      checkInId: row.id,
      userId: me,
      leaseToken: row.leaseToken ?? '',
    };
    await database.write((d) => changeHeld(d, held, { state: 'answered', closedAt: nowMs }));
  }
  const pagesMs = await timed(RUNS, () =>
    database.read((d) => listQueue(d, { clinicId, nowMs, after: null, limit: 50 })),
  );
  const countsMs = await timed(RUNS, () => database.read((d) => countQueue(d, { clinicId, userId: me, nowMs })));
  const commitsMs = await timed(RUNS, () =>
    database.write((d) => takeTry(d, { budgets: [{ key: randomUUID(), budget: BUDGETS.network }], nowMs })),
  );
  return { claim: spread(claimsMs), firstPage: spread(pagesMs), count: spread(countsMs), commit: spread(commitsMs) };
}

async function atSize(size: number, all: 'mixed' | 'of others'): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-bench-'));
  try {
    const file = join(folder, 'queue.sqlite');
    migrateSqlite(file, 'db/migrations/sqlite');
    const database = openDatabase(`file:${file}`);
    const nowMs = Date.now();
    const ours = await makeOurs(database);
    say(`${size} check-ins, ${all}`);
    await fill(database, ours, size, all, nowMs);
    const measured = await measure(database, ours, nowMs);
    await database.close();
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Claim-next and the first page, with a thousand and with a million check-ins waiting, on SQLite. */
export async function benchmark(): Promise<Figures> {
  const results: Record<string, Measured> = {};
  for (const size of SIZES)
    for (const all of ['mixed', 'of others'] as const) results[`${size} ${all}`] = await atSize(size, all);
  const all = Object.values(results).flatMap(({ claim, firstPage, count }) =>
    [claim, firstPage, count].map(({ p95Ms }) => p95Ms),
  );
  const ratioOf = (part: 'claim' | 'firstPage') =>
    (results['1000000 mixed']?.[part].medianMs ?? Number.NaN) / (results['1000 mixed']?.[part].medianMs ?? Number.NaN);
  const ratios = { claim: ratioOf('claim'), firstPage: ratioOf('firstPage') };
  const within = Math.max(...all) <= BUDGET.p95Ms && Math.max(...Object.values(ratios)) <= BUDGET.ratio;
  return { results, ratios, budget: BUDGET, within };
}
