import { v7 as uuidv7 } from 'uuid';
import { deviceNow } from '#client/api/device-clock';
import { addPart, putClip, removeClip } from '#client/device/clip-store';
import { type Attachment, type AttachmentKind, maySend } from '#domain/contact/thread';

/** A file that is to lie beside the next message. */
export type Chosen = { mediaId: string; kind: AttachmentKind; blob: Blob; name: string };

/** Some browsers say nothing of the kind of what a phone calls HEIC. */
const IS_PHOTO = /\.(heic|heif|avif|jpe?g|png|webp)$/i;

function kindOf({ type, name }: File): AttachmentKind | null {
  if (type.startsWith('image/') || (type === '' && IS_PHOTO.test(name))) return 'photo';
  if (type.startsWith('video/')) return 'clip';
  return type.startsWith('audio/') ? 'voice' : null;
}

/** A file as it may be sent; else why not, as a key of `failure.*`. */
export function choose(file: File): Chosen | 'file_kind' | 'file_size' {
  const kind = kindOf(file);
  if (!kind) return 'file_kind';
  if (!maySend({ kind, bytes: file.size })) return 'file_size';
  return { mediaId: uuidv7(), kind, blob: file, name: file.name };
}

/** A voice note that was just recorded. */
export const chooseVoice = (blob: Blob): Chosen => ({ mediaId: uuidv7(), kind: 'voice', blob, name: '' });

/**
 * Keeps what lies beside a message on this device, to be sent once the server knows of the message: `announcedBy`, where
 * that goes by the outbox. Rejects with the
 * browser's own error where there is no room, or a file cannot be read: then nothing of it is kept.
 */
export async function keepChosen(
  userId: string,
  chosen: readonly Chosen[],
  announcedBy?: string,
): Promise<Attachment[]> {
  try {
    for (const { mediaId: id, blob } of chosen) {
      await putClip({ id, userId, mime: blob.type, state: 'queued', createdAt: deviceNow(), announcedBy });
      await addPart({ id, userId }, 0, blob);
    }
  } catch (error) {
    for (const { mediaId } of chosen) await removeClip(mediaId).catch(() => undefined);
    throw error;
  }
  return chosen.map(({ mediaId, kind, blob }) => ({ mediaId, kind, bytes: blob.size }));
}
