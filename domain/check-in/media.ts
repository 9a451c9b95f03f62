export type MediaState = 'pending' | 'received' | 'processing' | 'ready' | 'failed' | 'deleted';

/** Why a clip failed whose bytes never came: only the device may still have it. */
export const UPLOAD_EXPIRED = 'upload_expired';
