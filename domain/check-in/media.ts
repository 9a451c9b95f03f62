export type MediaState = 'pending' | 'received' | 'processing' | 'ready' | 'failed' | 'deleted';

/** Why a clip failed whose bytes never came: only the device may still have it. */
export const UPLOAD_EXPIRED = 'upload_expired';
/** Why a clip was not taken for now: a patient's clips of one day are limited. The device still has it. */
export const QUOTA_REACHED = 'quota_reached';

/** May the clip still be sent by the device that has it? */
export function maySendAgain(failure: string | null): boolean {
  return failure === UPLOAD_EXPIRED || failure === QUOTA_REACHED;
}

/** Did its bytes come, and cannot be played? Then a person decides what becomes of it. */
export function isUnreadable({ state, failure }: { state: MediaState; failure: string | null }): boolean {
  return state === 'failed' && !maySendAgain(failure) && failure !== 'consent_missing';
}
