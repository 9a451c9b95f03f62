export type MediaState = 'pending' | 'received' | 'processing' | 'ready' | 'failed' | 'deleted';

/** Why a clip failed whose bytes never came: only the device may still have it. */
export const UPLOAD_EXPIRED = 'upload_expired';
/** Why a clip was not taken for now: a patient's clips of one day are limited. The device still has it. */
export const QUOTA_REACHED = 'quota_reached';

/** Why a clip was not taken: the patient does not agree to clips being kept. The device still has it. */
export const CONSENT_MISSING = 'consent_missing';
/** Why a clip is gone though its bytes came, or by its sender's word. */
const GONE_FOR_GOOD: readonly (string | null)[] = ['withdrawn', 'removed_by_clinic'];

/** May the clip still be sent by the device that has it, once what stood in the way is settled? */
export function maySendAgain(failure: string | null): boolean {
  return failure === UPLOAD_EXPIRED || failure === QUOTA_REACHED || failure === CONSENT_MISSING;
}

/** Is the copy on the device that filmed it one too many? Only when its bytes arrived, or its owner took it back. */
export function mayLeaveDevice({ state, failure }: { state: MediaState; failure: string | null }): boolean {
  if (state === 'pending') return false;
  if (state === 'failed') return !maySendAgain(failure);
  return state !== 'deleted' || GONE_FOR_GOOD.includes(failure);
}

/** Did its bytes come, and cannot be played? Then a person decides what becomes of it. */
export function isUnreadable({ state, failure }: { state: MediaState; failure: string | null }): boolean {
  return state === 'failed' && !maySendAgain(failure);
}
