import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migratePostgres, migrateSqlite } from '../db/migrate';
import { startPostgres } from '../scripts/postgres-server';
import { type Figures, type Spread, say } from './figures';

/** Medians, within one run. */
const RATIO_MAX = 1.5;

type Costs = Readonly<Record<string, Spread>>;

/** The engine is chosen as the database's code is loaded, so each is measured by a process of its own. */
function measureOn(url: string): Promise<Costs> {
  say(`strokes on ${url.split(':')[0]}`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, 'bench/stroke-cost.ts'], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve(JSON.parse(output)) : reject(new Error(`ended with ${code}`))));
  });
}

async function onSqlite(): Promise<Costs> {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-bench-'));
  try {
    const file = join(folder, 'stroke.sqlite');
    migrateSqlite(file, 'db/migrations/sqlite');
    return await measureOn(`file:${file}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<Costs> {
  const server = await startPostgres();
  try {
    const client = new pg.Client({ connectionString: server.adminUrl });
    await client.connect();
    await client.query('create database stroke');
    await client.end();
    const url = server.adminUrl.replace(/\/postgres$/, '/stroke');
    await migratePostgres(url, 'db/migrations/postgres');
    return await measureOn(url);
  } finally {
    await server.stop();
  }
}

/** How often the first stroke's cost the last one's is. */
function ratio(costs: Costs): number {
  const medians = Object.values(costs).map(({ medianMs }) => medianMs);
  return (medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN);
}

/** Storing one stroke of a visit at its 1st, 1,000th and 5,000th, on both engines; each in a transaction of its own. */
export async function benchmark(): Promise<Figures> {
  const results = { sqlite: await onSqlite(), postgres: await onPostgres() };
  const ratios = { sqlite: ratio(results.sqlite), postgres: ratio(results.postgres) };
  return { results, ratios, budget: { ratio: RATIO_MAX }, within: Math.max(...Object.values(ratios)) <= RATIO_MAX };
}
