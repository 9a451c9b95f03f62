import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';

/**
 * Where the media server does not say who is in the room, nobody has been heard of for this long before a visit ends:
 * two people may talk by telephone over a page that stays open.
 */
export const UNSEEN_MS = 2 * HOUR_MS;

export type RoomSeen = {
  /** How many are in the room, as the media server says; null = it does not answer, or there is none. */
  readonly inRoom: number | null;
  /** The last instant at which somebody was known to be there; epoch ms. */
  readonly lastSignAt: number;
};

/** Has everybody left an open visit for as long as its clinic lets it stand empty? */
export function isAbandoned({ inRoom, lastSignAt }: RoomSeen, emptyMinutes: number, nowMs: number): boolean {
  if (inRoom !== null && inRoom > 0) return false;
  const emptyMs = emptyMinutes * MINUTE_MS;
  return nowMs - lastSignAt >= (inRoom === null ? Math.max(emptyMs, UNSEEN_MS) : emptyMs);
}
