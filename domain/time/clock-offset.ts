/** How many of the latest pings compete for the best one. */
export const PING_SAMPLES_KEPT = 8;

/** `sentMs` and `receivedMs` by the own clock, `peerMs` by the peer's clock when it answered. */
export type PingSample = { readonly sentMs: number; readonly peerMs: number; readonly receivedMs: number };

/** Peer clock − own clock; the truth lies within ± `errorMs` (half of the best round trip). */
export type ClockOffset = { readonly offsetMs: number; readonly errorMs: number };

function roundTripMs({ sentMs, receivedMs }: PingSample): number {
  return receivedMs - sentMs;
}

function isUsable(sample: PingSample): boolean {
  return Number.isFinite(sample.peerMs) && Number.isFinite(roundTripMs(sample)) && roundTripMs(sample) >= 0;
}

/** By the shortest round trip among the last `kept` usable samples (the latest of equals); null without any. */
export function estimateClockOffset(samples: readonly PingSample[], kept = PING_SAMPLES_KEPT): ClockOffset | null {
  const recent = samples.filter(isUsable).slice(-kept);
  const [first, ...others] = recent;
  if (!first || kept < 1) return null;
  const best = others.reduce((a, b) => (roundTripMs(b) <= roundTripMs(a) ? b : a), first);
  const errorMs = roundTripMs(best) / 2;
  return { offsetMs: best.peerMs - (best.sentMs + errorMs), errorMs };
}
