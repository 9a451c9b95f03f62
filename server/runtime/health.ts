import 'server-only';
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { countUnsealedBefore } from '#db/queries/clinic/audit';
import { mediaServerState } from '#server/livekit/rooms';
import type { AppProcess } from './process';

const UNSEALED_MS = 60_000;
const DATABASE_TIMEOUT_MS = 1000;
/** Below this, records are still saved and uploads are refused. */
const FREE_SPACE_FLOOR_BYTES = 2 * 1024 ** 3;

export type Health = {
  ready: boolean;
  database: 'ok' | 'down';
  degraded: ('media_server' | 'storage' | 'audit_seal')[];
};

/** Ready means that records can be read and written. What else is missing is named as degraded, not down. */
export async function health(app: AppProcess, nowMs: number): Promise<Health> {
  const degraded: Health['degraded'] = [];
  const [unsealed, mediaServer, storage] = await Promise.all([
    withTimeout(
      app.database.read((d) => countUnsealedBefore(d, { beforeMs: nowMs - UNSEALED_MS })),
      DATABASE_TIMEOUT_MS,
    ),
    mediaServerState(app),
    hasStorage(app.env.MEDIA_DIR),
  ]);
  if (mediaServer !== 'ready') degraded.push('media_server');
  if (!storage) degraded.push('storage');
  if (unsealed !== null && unsealed > 0) degraded.push('audit_seal');
  return { ready: unsealed !== null, database: unsealed === null ? 'down' : 'ok', degraded };
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const timeout = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
  return await Promise.race([work.catch(() => null), timeout]);
}

/** Can media be written, with room to spare? */
export async function hasStorage(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize > FREE_SPACE_FLOOR_BYTES;
  } catch {
    return false;
  }
}
