export type MediaState = 'pending' | 'received' | 'processing' | 'ready' | 'failed' | 'deleted';

/** Why a clip failed whose bytes never came: only the device may still have it. */
export const UPLOAD_EXPIRED = 'upload_expired';
/** Why a clip was not taken for now: a patient's clips of one day are limited. The device still has it. */
export const QUOTA_REACHED = 'quota_reached';

/** What a patient's clips of 24 hours may hold in bytes: eight of the largest files that are taken. A default. */
export const CLIP_BYTES_A_DAY = 4_000_000_000;

/** May the clip still be sent by the device that has it? */
export function maySendAgain(failure: string | null): boolean {
  return failure === UPLOAD_EXPIRED || failure === QUOTA_REACHED;
}
