import 'server-only';
import { findOwnMedia, type MediaRow } from '#db/queries/check-in/media';
import { notFound } from '#domain/input/failure';
import { receiveUpload } from '#server/media/receive';
import { arrivedBytes } from '#server/media/uploads';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork } from '#server/runtime/unit-of-work';

type Own = { userId: string; mediaId: string };

async function findOwn(run: RunWork, own: Own): Promise<MediaRow> {
  const row = await run((d) => findOwnMedia(d, own));
  if (!row) throw notFound();
  return row;
}

/** How far an upload of the person's own is: what the device asks before it sends more. */
export async function readUpload(app: AppProcess, run: RunWork, own: Own) {
  const { id, state, failure, bytes } = await findOwn(run, own);
  return { state, failure, bytes, arrived: state === 'pending' ? ((await arrivedBytes(app, id)) ?? 0) : bytes };
}

/** All bytes are sent. Size and SHA-256 must be right; repeating it answers the same. */
export async function finishUpload(
  app: AppProcess,
  run: RunWork,
  { sha256, nowMs, ...own }: Own & { sha256: string; nowMs: number },
) {
  return await receiveUpload(app, await findOwn(run, own), { sha256, nowMs });
}
