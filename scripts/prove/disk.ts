import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../fresh.mjs';
import { onSmallDisk } from './small-disk';

const ROUNDS = { full: 24, small: 2 };
const MEGABYTES = 48;

/** A disk that fills up again and again under an app that people write to. `admin`: a PostgreSQL server, where that is the engine. */
export async function proveDisk(admin: string, size: 'full' | 'small') {
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-disk-'));
  try {
    const args = [folder, String(ROUNDS[size]), admin];
    return onSmallDisk<Record<string, unknown>>(folder, MEGABYTES, 'scripts/prove/full-disk-app.ts', args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
