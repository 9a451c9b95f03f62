import 'server-only';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isPostgres } from '#db/columns';
import { sqliteFile } from '#db/open';
import { countBrokenChains, countUnsealedBefore } from '#db/queries/clinic/audit';
import { findOldestDue } from '#db/queries/contact/person';
import { takeLease } from '#db/queries/runtime/leases';
import { findLastBackup } from '#db/queries/runtime/store';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { askMediaServer } from '#server/livekit/rooms';
import { ownsMedia } from '#server/media/ownership';
import { isWritable } from './folders';
import type { AppProcess } from './process';

const UNSEALED_MS = 60_000;
/** Nothing that is due waits so long for its turn, unless nobody takes it. */
const UNDELIVERED_MS = 10 * MINUTE_MS;
const DATABASE_TIMEOUT_MS = 1000;
const MEDIA_SERVER_TIMEOUT_MS = 1000;
/** Below this, records are still saved and uploads are refused. */
export const FREE_SPACE_FLOOR_BYTES = 2 * 1024 ** 3;

export type Health = {
  ready: boolean;
  database: 'ok' | 'down';
  /**
   * `media_server`: it does not answer, or refuses the keys. `storage`: little room, or objects of another database. `left_overs`: see `server/media/left-overs.ts`. `backup`:
   * the last one is older than REGRASP_BACKUP_MAX_AGE_HOURS; a store that never had one is backed up by other means. `audit_chain`: a row of a trail does not fit. `delivery`: news has waited ten minutes to leave.
   */
  degraded: ('media_server' | 'storage' | 'left_overs' | 'backup' | 'audit_seal' | 'audit_chain' | 'delivery')[];
};

/** Ready means that records can be read and written. What else is missing is named as degraded, not down. */
export async function health(app: AppProcess, nowMs: number): Promise<Health> {
  const degraded: Health['degraded'] = [];
  const [records, mediaServer, room, owned, lastBackup] = await Promise.all([
    withTimeout(tryRecords(app, nowMs), DATABASE_TIMEOUT_MS),
    withTimeout(askMediaServer(app), MEDIA_SERVER_TIMEOUT_MS),
    hasRoom(app),
    withTimeout(ownsMedia(app), DATABASE_TIMEOUT_MS),
    withTimeout(
      app.database.read((d) => findLastBackup(d)),
      DATABASE_TIMEOUT_MS,
    ),
  ]);
  if (mediaServer?.kind !== 'ready') degraded.push('media_server');
  if (!room || owned === false) degraded.push('storage');
  if (app.heldLeftOvers) degraded.push('left_overs');
  if (lastBackup && isBackupOld(app, lastBackup.madeAt, nowMs)) degraded.push('backup');
  if (records && records.unsealed > 0) degraded.push('audit_seal');
  if (records && records.broken > 0) degraded.push('audit_chain');
  if (records?.oldestDue && records.oldestDue < nowMs - UNDELIVERED_MS) degraded.push('delivery');
  return { ready: records !== null, database: records === null ? 'down' : 'ok', degraded };
}

/** Writes a row, as saving a record does, and reads: audit rows that wait too long for their seal, and chains that are broken. */
async function tryRecords(
  app: AppProcess,
  nowMs: number,
): Promise<{ unsealed: number; broken: number; oldestDue: number | null }> {
  return await app.database.write(function* (d) {
    yield* takeLease(d, { name: 'health', holder: 'health', nowMs, untilAt: nowMs });
    return {
      unsealed: yield* countUnsealedBefore(d, { beforeMs: nowMs - UNSEALED_MS }),
      broken: yield* countBrokenChains(d),
      oldestDue: yield* findOldestDue(d),
    };
  });
}

export function isBackupOld({ env }: AppProcess, madeAt: number, nowMs: number): boolean {
  return madeAt < nowMs - env.REGRASP_BACKUP_MAX_AGE_HOURS * HOUR_MS;
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const timeout = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
  return await Promise.race([work.catch(() => null), timeout]);
}

/** Is there room to spare where media are written, and where a database that is a file grows? */
export async function hasRoom({ env }: AppProcess): Promise<boolean> {
  const folders = isPostgres(env.DATABASE_URL)
    ? [env.MEDIA_DIR]
    : [env.MEDIA_DIR, dirname(sqliteFile(env.DATABASE_URL))];
  return (await Promise.all(folders.map(hasRoomIn))).every(Boolean);
}

async function hasRoomIn(folder: string): Promise<boolean> {
  try {
    if (!(await isWritable(folder))) return false;
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize > FREE_SPACE_FLOOR_BYTES;
  } catch {
    return false;
  }
}
