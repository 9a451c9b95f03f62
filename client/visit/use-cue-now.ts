'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { usePaintClock } from '#client/device/use-paint-clock';
import { type Cue, type CueMoment, cueAt, cueEndMs } from '#domain/visit/cue';
import { isRunning } from './cues';
import type { VisitTools } from './use-tools';

const SHOWN_AFTER_MS = 20_000;

export type CueNow = {
  cue: Cue | null;
  /** The same by this page's own clock, for sound; null when nothing runs. */
  local: Cue | null;
  /** What the count says now; null when there is none, or it ended a while ago. */
  moment: CueMoment | null;
  running: boolean;
};

export function useCueNow({ cues, clock }: VisitTools): CueNow {
  const cue = useSyncExternalStore(cues.subscribe, cues.snapshot, cues.snapshot);
  const endMs = cue ? (cue.stoppedAtMs ?? cueEndMs(cue)) : 0;
  // Painted a while after its end too, so that its last words go away by themselves.
  usePaintClock(cue !== null && clock.now() < endMs + SHOWN_AFTER_MS + 500);
  const nowMs = clock.now();
  const running = isRunning(cue, nowMs);
  const local = useMemo(
    () => (running && cue ? onOwnClock(cue, clock.offset().offsetMs) : null),
    [running, cue, clock],
  );
  const isShown = cue !== null && nowMs < endMs + SHOWN_AFTER_MS;
  return { cue, local, moment: isShown && cue ? cueAt(cue, nowMs) : null, running };
}

function onOwnClock(cue: Cue, offsetMs: number): Cue {
  const { startsAtMs, stoppedAtMs } = cue;
  return {
    ...cue,
    startsAtMs: startsAtMs - offsetMs,
    stoppedAtMs: stoppedAtMs === null ? null : stoppedAtMs - offsetMs,
  };
}
