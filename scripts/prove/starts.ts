import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { build } from 'vite';
import { POSTGRES } from '../../db/columns';
import { dumpHash } from '../../db/factories/dump';
import { sqliteFile } from '../../db/open';

/** The program `child.ts` as one file: transpiled anew at each start it would take longer than the start it stands for. */
export type Program = { file: string; remove(): void };

/** In a folder below `node_modules`, where its native parts are found. */
export async function buildChild(): Promise<Program> {
  const folder = mkdtempSync(join('node_modules', '.taking-'));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: { 'server-only': 'next/dist/compiled/server-only/empty.js' } },
    ssr: { noExternal: true, external: ['better-sqlite3', 'pg'] },
    build: { ssr: 'scripts/prove/child.ts', outDir: folder, minify: false },
  });
  return { file: join(folder, 'child.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export type TakingProcess = {
  readonly child: ChildProcess;
  /** The line that begins so; the process's end otherwise. */
  said(start: string): Promise<string>;
  /** Ready or refused. */
  answer(): Promise<string>;
  kill(): Promise<void>;
};

/** A process that takes the store as an app and holds it. */
export function startTaking(program: Program, url: string, root: string): TakingProcess {
  const child = spawn(process.execPath, [program.file, url, root], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
    child.emit('said');
  });
  const wait = async (pattern: RegExp) => {
    let over = false;
    void ended.then(() => {
      over = true;
      child.emit('said');
    });
    const found = () => output.split('\n').find((line) => pattern.test(line));
    while (found() === undefined && !over) await new Promise((resolve) => child.once('said', resolve));
    return found() ?? `ended: ${output}`;
  };
  return {
    child,
    said: (start) => wait(new RegExp(`^${start}`)),
    answer: () => wait(/^(ready|refused)/),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A database with as many rows as make its copy and its migration take their time. */
export function fillStore(file: string, rows: number): void {
  const connection = new Sqlite(file);
  connection.exec('create table filler (id integer primary key, words text not null)');
  connection.exec(
    `insert into filler with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) select i, hex(randomblob(100)) from n`,
  );
  connection.close();
}

/** Rebuilds the filler as drizzle-kit rebuilds tables, several times. */
export const SLOW_MIGRATION = ['a', 'b', 'c']
  .map(
    (name) =>
      `create table ${name} (id integer primary key, words text not null);--> statement-breakpoint\ninsert into ${name} select * from filler;--> statement-breakpoint\ndrop table filler;--> statement-breakpoint\nalter table ${name} rename to filler;`,
  )
  .join('--> statement-breakpoint\n');

/** `before` and `after`: how many kills left every row as before the migration, and as after it. */
export type KilledStarts = { tried: number; before: number; after: number; wrong: number };

/** Fresh copies of one database, the program that starts on them, and the release that it is to migrate them to. */
export type Stage = { anew(): Promise<string>; program: Program; release: string };

/**
 * Kills a start, each time on a fresh copy of the database, at random moments between its first line and its last.
 * Every row must be as before the migration or as after it, the file sound, and the next start must go through.
 */
export async function killStarts(stage: Stage, kills: number): Promise<KilledStarts> {
  const whole = await stage.anew();
  const before = await dumpHash(whole);
  const spreadMs = await goesThrough(stage, whole);
  if (spreadMs === null) throw new Error('the start that nobody kills does not go through');
  const after = await dumpHash(whole);
  const result = { tried: 0, before: 0, after: 0, wrong: 0 };
  for (; result.tried < kills; result.tried++) {
    const url = await stage.anew();
    const killed = startTaking(stage.program, url, stage.release);
    await killed.said('begins');
    await sleep(randomInt(spreadMs));
    await killed.kill();
    const found = isSound(url) ? await dumpHash(url) : '';
    if (found === before) result.before++;
    else if (found === after) result.after++;
    else result.wrong++;
    if ((await goesThrough(stage, url)) === null || (await dumpHash(url)) !== after) result.wrong++;
  }
  return result;
}

/** Milliseconds from its first line until it was ready; null where it was not. */
async function goesThrough({ program, release }: Stage, url: string): Promise<number | null> {
  const start = startTaking(program, url, release);
  await start.said('begins');
  const beganAt = performance.now();
  const said = await start.answer();
  const tookMs = Math.ceil(performance.now() - beganAt);
  await start.kill();
  return said.startsWith('ready') ? tookMs : null;
}

/** PostgreSQL answers for its own files. */
function isSound(url: string): boolean {
  if (POSTGRES) return true;
  const connection = new Sqlite(sqliteFile(url));
  try {
    return connection.pragma('integrity_check', { simple: true }) === 'ok';
  } finally {
    connection.close();
  }
}

/** Stages of a SQLite database: its file and all that lies beside it under its name, made anew. */
export function sqliteStage(pristine: string, program: Program, release: string): Stage {
  const file = `${pristine}.tried`;
  return {
    program,
    release,
    anew: async () => {
      for (const name of readdirSync(dirname(file)))
        if (name.startsWith(basename(file))) rmSync(join(dirname(file), name));
      copyFileSync(pristine, file);
      return `file:${file}`;
    },
  };
}

export type DoubleStarts = { tried: number; ready: number; refused: number; wrong: number };

/**
 * Two processes at the same instant on a database that is behind. SQLite: one of them has it, the other says so.
 * PostgreSQL: one migrates, the other waits for it, both are ready. Either way it is migrated once.
 */
export async function startTwice(stage: Stage, times: number): Promise<DoubleStarts> {
  const whole = await stage.anew();
  if ((await goesThrough(stage, whole)) === null) throw new Error('a single start does not go through');
  const after = await dumpHash(whole);
  const result = { tried: 0, ready: 0, refused: 0, wrong: 0 };
  for (; result.tried < times; result.tried++) {
    const url = await stage.anew();
    const both = [1, 2].map(() => startTaking(stage.program, url, stage.release));
    const said = await Promise.all(both.map((one) => one.answer()));
    for (const one of both) await one.kill();
    const ready = said.filter((line) => line.startsWith('ready')).length;
    const refused = said.filter((line) => line.startsWith('refused')).length;
    result.ready += ready;
    result.refused += refused;
    const expected = POSTGRES ? ready === 2 : ready === 1 && refused === 1;
    if (!expected || (await dumpHash(url)) !== after) result.wrong++;
  }
  return result;
}
