// What is already done and need not be done again: installed packages and the build.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensurePseudoLocale } from './pseudo-locale.mjs';
import { run } from './spawn.mjs';

const SOURCES = [
  'app',
  'client',
  'components',
  'db',
  'domain',
  'messages',
  'pages',
  'public',
  'scripts/build',
  'server',
];
const FILES = [
  'instrumentation.ts',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.js',
  'proxy.ts',
  'tsconfig.json',
];
const INSTALL_STAMP = 'node_modules/.regrasp-install';
const BUILD_STAMP = '.next/regrasp-build';
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function listFiles(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test\.tsx?|d\.json\.ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function hashOf(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of [...files].sort())
    if (existsSync(file)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

const readStamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}

/** Installs the locked packages unless they are there. */
export async function ensureInstalled() {
  // The lock names every package; a changed script of package.json is no reason to install anew.
  const wanted = hashOf(['package-lock.json']);
  if (readStamp(INSTALL_STAMP) === wanted) return 'already there';
  await run(npm, ['ci', '--no-audit', '--no-fund']);
  writeStamp(INSTALL_STAMP, wanted);
  return 'installed';
}

/** Builds unless sources, lock file and configuration are unchanged. */
export async function ensureBuilt() {
  ensurePseudoLocale();
  const wanted = hashOf([...FILES, ...SOURCES.flatMap(listFiles)]);
  if (readStamp(BUILD_STAMP) === wanted && existsSync('.next/BUILD_ID')) return 'unchanged';
  await run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  writeStamp(BUILD_STAMP, wanted);
  return 'built';
}
