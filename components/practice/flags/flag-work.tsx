import { FlagBody } from './flag-body';
import { LiftStop } from './lift-stop';

/** What one does about a flag or a stop: more than half of what the cautions weigh, and needed only when one is unfolded. */
export const FLAG_WORK = { FlagBody, LiftStop };
export type FlagWork = typeof FLAG_WORK;
