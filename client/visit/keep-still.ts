import type { ApiClient } from '#client/api/trpc';
import { addPart, putClip } from '#client/device/clip-store';
import type { Outbox } from '#client/device/outbox';
import { sha256Of } from '#client/device/sha256';
import { sendPieces } from '#client/device/uploads';
import type { Still } from './stills';

type Keep = { api: ApiClient; outbox: Outbox; visitId: string; userId: string };

/**
 * Keeps a still for the record: on this device before it is announced, so that its bytes are sent once the server knows of
 * it; from a device without room at once. False where neither went: it stands on the screens of this visit alone.
 */
export async function keepStill(keep: Keep, still: Still): Promise<boolean> {
  try {
    await keepHere(keep, still);
    return true;
  } catch {
    return await sendAtOnce(keep, still);
  }
}

const asAnnounced = (visitId: string, { stillId, blob, capturedAt, source }: Still) => ({
  visitId,
  stillId,
  bytes: blob.size,
  capturedAt,
  source,
});

async function keepHere({ outbox, visitId, userId }: Keep, still: Still): Promise<void> {
  const { stillId, blob, capturedAt } = still;
  await putClip({ id: stillId, userId, mime: blob.type, state: 'queued', createdAt: capturedAt });
  await addPart({ id: stillId, userId }, 0, blob);
  await outbox.add('still', stillId, asAnnounced(visitId, still));
}

async function sendAtOnce({ api, visitId }: Keep, still: Still): Promise<boolean> {
  const { stillId: mediaId, blob } = still;
  try {
    await api.stills.add.mutate(asAnnounced(visitId, still));
    const { signal } = new AbortController();
    await sendPieces({ mediaId, source: blob, begun: false, onProgress: () => undefined, signal });
    await api.media.finish.mutate({ mediaId, sha256: await sha256Of(blob) });
    return true;
  } catch {
    return false;
  }
}
