'use client';

import { useCallback, useEffect, useState } from 'react';
import { countingNow, trueTime } from '#client/api/device-clock';
import { onLocal } from '#client/device/saved/local';
import type { PackPrescription } from '#domain/practice/day-pack';
import { hideRun, type PracticeRun, runSets, startRun } from '#domain/practice/run';
import { type Counted, forgetCounted, keepCounted, listCounted, readCounted, readOlderRun } from './counted';

type Counting = {
  patientId: string;
  prescription: PackPrescription;
  /** The planned sitting of today that it answers; null = none. */
  slot: number | null;
};

type PracticeRunState = {
  run: PracticeRun | null;
  counted: Counted | null;
  /** Begins with its countdown; `painBefore` 0–10, null = not answered. */
  start(painBefore: number | null): void;
  setRun(run: PracticeRun): void;
  /** The sitting is over: its counts are on the device until `forget`. */
  finish(counted: Counted): void;
  /** It was stopped by a mistake: on from where it stood. */
  goOn(run: PracticeRun): void;
  /** The counts are logged, or not wanted; `counted` stays on the page. */
  forget(): void;
  /** The sitting is over and logged already. */
  drop(): void;
  /** What was counted up to an instant. */
  countedAt(run: PracticeRun, nowMs: number, hurts: boolean): Counted;
};

/**
 * The sitting under way, and the one that was counted and is not logged. Both are on the device as they come: a reload, a
 * browser that is killed and another day lose neither.
 */
export function usePracticeRun({ patientId, prescription, slot }: Counting): PracticeRunState {
  const { lineageId, dose } = prescription;
  const [run, showRun] = useState<PracticeRun | null>(null);
  const [counted, setCounted] = useState<Counted | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a program that changes meanwhile does not begin the run anew
  useEffect(() => {
    const kept = readCounted(lineageId);
    const underway = kept ? (kept.isUnderway ? (kept.run ?? null) : null) : readOlderRun(lineageId);
    // A page that was gone was not followed, however soon it is back.
    showRun(underway && hideRun(underway, dose, underway.seenAt ?? underway.startedAt));
    setCounted(underway ? null : kept);
  }, [lineageId]);
  function countedAt(at: PracticeRun, nowMs: number, hurts: boolean): Counted {
    const { painBefore } = at;
    const sets = runSets(at, dose, nowMs);
    const startedAt = trueTime(at.startedAt);
    // Before the start where the clock was set back meanwhile: then the clinic knows that nobody knows how long it took.
    const endedAt = trueTime(nowMs);
    return { v: 1, lineageId, sets, startedAt, endedAt, painBefore, slot, hurts, patientId, prescription, run: at };
  }
  function setRun(next: PracticeRun) {
    // What was counted was counted until it was last seen, however long ago that is.
    keepCounted({ ...countedAt(next, next.seenAt ?? next.startedAt, false), isUnderway: true });
    showRun(next);
  }
  return {
    run,
    counted,
    setRun,
    countedAt,
    start: (painBefore) => setRun(startRun(lineageId, countingNow(), painBefore)),
    finish(next) {
      keepCounted(next);
      setCounted(next);
      showRun(null);
    },
    goOn(from) {
      setCounted(null);
      setRun(from);
    },
    forget: () => forgetCounted(lineageId),
    drop() {
      forgetCounted(lineageId);
      showRun(null);
    },
  };
}

/** What was counted on this device by this person and is not logged yet; nothing where nothing was counted. */
export function useCountedHere(patientId: string | null, lineageIds: readonly string[]) {
  const [all, setAll] = useState<readonly Counted[]>([]);
  const readAgain = useCallback(() => setAll(listCounted()), []);
  useEffect(() => {
    readAgain();
    const stop = onLocal(readAgain);
    document.addEventListener('visibilitychange', readAgain);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', readAgain);
    };
  }, [readAgain]);
  const own = all.filter(
    (one) =>
      one.sets.length > 0 &&
      (one.patientId === undefined ? lineageIds.includes(one.lineageId) : one.patientId === patientId),
  );
  return { counted: own, readAgain };
}
