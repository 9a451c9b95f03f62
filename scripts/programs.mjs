// Programs that are not npm packages: ffmpeg for clips, Chromium for tests.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Stop } from './console.mjs';
import { run } from './spawn.mjs';

const exe = process.platform === 'win32' ? '.exe' : '';

/** The folders in which programs are looked for, in their order. */
export const pathFolders = (env = process.env) => (env.PATH ?? '').split(delimiter).filter(Boolean);

/** The first file of this name on the PATH, or null. Our own, since scripts run before any package is installed. */
export function findProgram(name, env = process.env) {
  return (
    pathFolders(env)
      .map((folder) => join(folder, name + exe))
      .find((file) => existsSync(file)) ?? null
  );
}

const canUseApt = () => process.getuid?.() === 0 && findProgram('apt-get') !== null;

async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
}

/** ffmpeg and ffprobe from the PATH, else by apt when root on Debian; else says what is missing and goes on. */
export async function ensureFfmpeg() {
  if (findProgram('ffmpeg') && findProgram('ffprobe')) return 'found';
  if (canUseApt()) {
    await aptInstall(['ffmpeg']);
    return 'installed by apt';
  }
  return 'MISSING: clips stay "processing" until ffmpeg is on the PATH';
}

/**
 * pg_dump and pg_restore, which backups of PostgreSQL are tested with: from the PATH, else by apt when root on Debian,
 * with the server of the same version, which the tests then run on.
 */
export async function ensurePostgresTools() {
  if (findProgram('pg_dump') && findProgram('pg_restore')) return 'found';
  if (canUseApt()) {
    await aptInstall(['postgresql']);
    return 'installed by apt';
  }
  throw new Stop(
    'The tests need pg_dump and pg_restore on the PATH, of the version of their PostgreSQL server or later.',
  );
}

/** Caddy, the reverse proxy whose configuration docs/Caddyfile is: from the PATH, else by apt when root on Debian. */
export async function ensureCaddy() {
  const found = findProgram('caddy');
  if (found) return found;
  if (canUseApt()) await aptInstall(['caddy']);
  const installed = findProgram('caddy');
  if (installed) return installed;
  throw new Stop('The tests need Caddy 2.6 or later on the PATH.');
}

/**
 * A Chromium for tests: CHROMIUM_PATH, else Chromium's headless shell (the same engine without the window's own pages, a
 * third less work for the machine) from the PATH or by apt when root on Debian, else whole Chromium, else Playwright's.
 */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && existsSync(named)) return named;
  const shell = findProgram('chromium-headless-shell');
  if (shell) return shell;
  const whole = findProgram('chromium') ?? findProgram('chromium-browser') ?? findProgram('google-chrome');
  if (canUseApt()) {
    const installed = await aptInstall(['chromium-headless-shell']).then(
      () => findProgram('chromium-headless-shell'),
      () => null,
    );
    if (installed) return installed;
  }
  if (whole) return whole;
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Stop(
    'The tests need Chromium: put chromium on the PATH, set CHROMIUM_PATH, or run npx playwright install chromium.',
  );
}
