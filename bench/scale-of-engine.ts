import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type Body, isTogether } from '../db/body';
import { makeClinicOfSize, type SizedClinic } from '../db/factories/clinic-of-size';
import { MADE_AT, makeSession } from '../db/factories/people';
import { migratePostgres, migrateSqlite } from '../db/migrate';
import { type Database, openDatabase, sqliteFile } from '../db/open';
import { seedLibrary } from '../db/seed/library';
import { gate, hashToken, newToken } from '../server/auth/gate';
import { createCaller } from '../server/routers/app';
import { parseEnv } from '../server/runtime/env';
import { type AppProcess, createProcess, stopProcess } from '../server/runtime/process';
import { percentile, type Spread, say, spread } from './figures';
import { screensOf } from './scale-screens';

const RUNS = 40;
const WARM_UP = 20;
/** Asked again one statement after the other, to time each. */
const STATEMENT_RUNS = 15;
/** What is as slow as this needs no warming up and no forty runs. */
const SLOW_MS = 1000;
const ENOUGH_MS = 20_000;

/** The slowest statement of a screen: the median over its runs of what it took with making its rows. */
export type ScreenFigures = Spread & { slowestStatement: { medianMs: number; maxMs: number; sql: string } };
export type ScaleOfEngine = Record<string, ScreenFigures>;

/** What the made clinic depends on. */
function fingerprint(): string {
  const folder = 'db/migrations/sqlite';
  const files = [
    ...readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .map((name) => join(folder, name)),
    'db/factories/clinic-of-size.ts',
    'db/factories/rows.ts',
  ];
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(readFileSync(file));
  return hash.digest('hex');
}

async function fill(database: Database, size: number): Promise<SizedClinic> {
  say(`${database.engine}: making a clinic of ${size}`);
  await database.write((d) => seedLibrary(d, { nowMs: MADE_AT }));
  return await makeClinicOfSize(database, size);
}

/** A SQLite clinic is kept until the schema or its factory changes. */
async function prepareSqlite(url: string, size: number): Promise<SizedClinic> {
  const file = sqliteFile(url);
  const note = `${file}.json`;
  const wanted = fingerprint();
  if (existsSync(note)) {
    const kept = JSON.parse(readFileSync(note, 'utf8')) as { fingerprint: string; clinic: SizedClinic };
    if (kept.fingerprint === wanted) return kept.clinic;
  }
  mkdirSync(dirname(file), { recursive: true });
  for (const end of ['', '-wal', '-shm', '.json']) rmSync(`${file}${end}`, { force: true });
  migrateSqlite(file, 'db/migrations/sqlite');
  const database = openDatabase(url);
  const clinic = await fill(database, size);
  await database.close();
  writeFileSync(note, JSON.stringify({ fingerprint: wanted, clinic }));
  return clinic;
}

async function ask(url: string, database: string, statement: string): Promise<void> {
  const place = new URL(url);
  place.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: place.href });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function preparePostgres(url: string, size: number): Promise<SizedClinic> {
  const name = new URL(url).pathname.slice(1);
  await ask(url, 'postgres', `create database ${name}`);
  await migratePostgres(url, 'db/migrations/postgres');
  const database = openDatabase(url);
  const clinic = await fill(database, size);
  await database.close();
  // What autovacuum has done in a clinic that grew to this size.
  await ask(url, name, 'vacuum analyze');
  return clinic;
}

async function callerOf(app: AppProcess, userId: string) {
  const token = newToken();
  const tokenHash = hashToken(token);
  await app.database.write((d) =>
    makeSession(d, { userId, clinicId: null, tokenHash, kind: 'own_device', at: MADE_AT }),
  );
  const actor = await gate(app, token, MADE_AT);
  const context = { app, actor, clock: () => MADE_AT, sameOrigin: true, network: '192.0.2.1', requestId: 'a-bench' };
  return createCaller(context);
}

type Asked = { sql: string; ms: number };

/** Runs a body whose steps are asked one by one, also those that are meant to be asked together, and times each. */
function* timedSteps<T>(inner: Body<T>, asked: Asked[]): Body<T> {
  function* ask(step: PromiseLike<unknown>): Body<unknown> {
    const startedAt = performance.now();
    const value: unknown = yield step;
    const { sql = '' } = (step as { toSQL?(): { sql: string } }).toSQL?.() ?? {};
    asked.push({ sql, ms: performance.now() - startedAt });
    return value;
  }
  let next = inner.next();
  while (!next.done) {
    if (isTogether(next.value)) {
      const values: unknown[] = [];
      for (const step of next.value.together) values.push(yield* ask(step));
      next = inner.next(values);
    } else next = inner.next(yield* ask(next.value));
  }
  return next.value;
}

/** The statements that are read while some work runs, each timed by itself. */
async function statementsOf(app: AppProcess, work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const { read } = app.database;
  const timed: Database['read'] = (body) => read((d) => timedSteps(body(d), asked));
  Object.assign(app.database, { read: timed });
  await work();
  Object.assign(app.database, { read });
  return asked;
}

const rounded = (ms: number) => Math.round(ms * 100) / 100;

function slowestOf(asked: readonly Asked[]): ScreenFigures['slowestStatement'] {
  const bySql = new Map<string, Asked[]>();
  for (const one of asked) bySql.set(one.sql, [...(bySql.get(one.sql) ?? []), one]);
  const found = [...bySql].map(([sql, times]) => ({
    medianMs: rounded(
      percentile(
        times.map(({ ms }) => ms),
        0.5,
      ),
    ),
    maxMs: rounded(Math.max(...times.map(({ ms }) => ms))),
    sql: sql.replace(/^select .*? from /, '… from ').slice(0, 160),
  }));
  return found.sort((a, b) => b.medianMs - a.medianMs)[0] ?? { medianMs: 0, maxMs: 0, sql: '' };
}

async function measureScreen(app: AppProcess, screen: (n: number) => Promise<unknown>): Promise<ScreenFigures> {
  const takenMs: number[] = [];
  const beganAt = performance.now();
  for (let n = 0; n < WARM_UP + RUNS && performance.now() - beganAt < ENOUGH_MS; n++) {
    const startedAt = performance.now();
    await screen(n);
    const ms = performance.now() - startedAt;
    // Who read whose record is written after the answer; the next one must not wait for it.
    await Promise.allSettled(app.pending);
    if (n < WARM_UP && ms < SLOW_MS) continue;
    takenMs.push(ms);
  }
  const asked = await statementsOf(app, async () => {
    for (let n = 0; n < STATEMENT_RUNS; n++) await screen(n);
    await Promise.allSettled(app.pending);
  });
  return { ...spread(takenMs), slowestStatement: slowestOf(asked) };
}

async function main(): Promise<void> {
  const url = process.env.DATABASE_URL ?? '';
  const size = Number(process.argv[2]);
  const isSqlite = url.startsWith('file:');
  const clinic = await (isSqlite ? prepareSqlite(url, size) : preparePostgres(url, size));
  const settings = { NODE_ENV: 'test', REGRASP_SECRET: 'x'.repeat(32), REGRASP_LOG: 'silent', DATABASE_URL: url };
  const app = createProcess(parseEnv(settings), process.cwd());
  const screens = await screensOf(clinic, (userId) => callerOf(app, userId));
  const figures: ScaleOfEngine = {};
  for (const [name, screen] of Object.entries(screens)) {
    // To look at one screen while it is worked on.
    if (!name.includes(process.env.BENCH_ONLY ?? '')) continue;
    figures[name] = await measureScreen(app, screen);
    const { medianMs, p95Ms, slowestStatement } = figures[name];
    say(`${app.database.engine} ${size} ${name}: ${medianMs} / ${p95Ms} ms, statement ${slowestStatement.medianMs} ms`);
  }
  await stopProcess(app);
  process.stdout.write(JSON.stringify(figures));
}

await main();
