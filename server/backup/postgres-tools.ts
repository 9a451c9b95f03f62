import 'server-only';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StoreRefusal } from '#db/refusal';
import type { Step } from './steps';

const ERRORS_MAX = 4000;

type Tool = {
  /** What it writes. */
  output: Readable;
  input: Writable;
  /** Resolves when it ended well; throws `StoreRefusal` with its own words otherwise. */
  ended: Promise<void>;
  kill(): void;
};

/** A program of PostgreSQL's client. The password goes by the environment: arguments are seen by every user of a machine. */
export function startPostgresTool(program: string, args: readonly string[], url: string | null): Tool {
  const { PATH, HOME, LD_LIBRARY_PATH, SystemRoot, NODE_ENV, PGSSLROOTCERT, PGSSLCERT, PGSSLKEY } = process.env;
  const env: NodeJS.ProcessEnv = {
    PATH,
    HOME,
    LD_LIBRARY_PATH,
    SystemRoot,
    NODE_ENV,
    PGSSLROOTCERT,
    PGSSLCERT,
    PGSSLKEY,
  };
  const place = url === null ? [] : [`--dbname=${withoutPassword(url)}`];
  if (url !== null) env.PGPASSWORD = decodeURIComponent(new URL(url).password);
  const child = spawn(program, [...args, ...place], { stdio: ['pipe', 'pipe', 'pipe'], env });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (errors.length < ERRORS_MAX) errors += chunk.toString('utf8');
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? missing(program) : error));
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new StoreRefusal(`${program} ended with ${code}: ${errors.trim()}`)),
    );
  });
  ended.catch(() => undefined);
  return { output: child.stdout, input: child.stdin, ended, kill: () => void child.kill() };
}

/** Gives a tool what it reads. Where it stops reading, its own words say more than the broken pipe. */
export async function feed(tool: Tool, source: AsyncIterable<Uint8Array>, change: Step): Promise<void> {
  try {
    await pipeline(source, change, tool.input);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') await tool.ended;
    tool.kill();
    throw error;
  }
}

function missing(program: string): StoreRefusal {
  return new StoreRefusal(
    `${program} is missing. Install PostgreSQL's client programs of the server's version (Debian: postgresql-client), or name it by PG_DUMP_PATH and PG_RESTORE_PATH.`,
  );
}

function withoutPassword(url: string): string {
  const place = new URL(url);
  place.password = '';
  return place.href;
}
