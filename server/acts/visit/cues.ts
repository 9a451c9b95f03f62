import 'server-only';
import type { Body, Db } from '#db/body';
import { listCues, stopCue } from '#db/queries/visit/record';
import { type CuePattern, cueEndMs, cueResult } from '#domain/visit/cue';

type Played = { cueId: string; pattern: CuePattern; startsAtMs: number; stoppedAtMs: number | null };

/** What a cue came to when it was stopped then, or (null) ran to its end. */
export function resultOf(cue: Played, stoppedAtMs: number | null) {
  const whole = { ...cue, stoppedAtMs, lineageId: null };
  return cueResult(whole, stoppedAtMs ?? cueEndMs(whole));
}

/** The visit is over: what still ran is stopped now, and what had run out has run in full. */
export function* settleCues(d: Db, { visitId, nowMs }: { visitId: string; nowMs: number }): Body<void> {
  for (const cue of yield* listCues(d, { visitId })) {
    if (cue.result) continue;
    const ranOut = cueEndMs({ ...cue, stoppedAtMs: null }) <= nowMs;
    const stoppedAt = ranOut ? null : Math.max(nowMs, cue.startsAtMs);
    yield* stopCue(d, { visitId, cueId: cue.cueId, stoppedAt, result: resultOf(cue, stoppedAt) });
  }
}
