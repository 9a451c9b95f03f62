'use client';

import { useEffect, useState } from 'react';
import { type PracticeRun, practiceRunSchema, startRun } from '#domain/practice/run';
import { type Counted, forgetCounted, keepCounted, readCounted } from './counted';

const KEY = 'regrasp.practice';

function readRun(lineageId: string): PracticeRun | null {
  try {
    const parsed = practiceRunSchema.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    return parsed.success && parsed.data.lineageId === lineageId ? parsed.data : null;
  } catch {
    return null;
  }
}

type PracticeRunState = {
  run: PracticeRun | null;
  counted: Counted | null;
  /** Begins with its countdown; `painBefore` 0–10, null = not answered. */
  start(painBefore: number | null): void;
  setRun(run: PracticeRun): void;
  /** The sitting is over: its counts are on the device until `forget`. */
  finish(counted: Counted): void;
  /** The counts are logged, or not wanted; `counted` stays on the page. */
  forget(): void;
  /** The sitting is over and logged already. */
  drop(): void;
};

/** The sitting under way on this tab, and the one that was counted and is not logged: a reload keeps both. */
export function usePracticeRun(lineageId: string): PracticeRunState {
  const [run, showRun] = useState<PracticeRun | null>(null);
  const [counted, setCounted] = useState<Counted | null>(null);
  useEffect(() => {
    showRun(readRun(lineageId));
    setCounted(readCounted(lineageId));
  }, [lineageId]);
  function setRun(next: PracticeRun) {
    sessionStorage.setItem(KEY, JSON.stringify(next));
    showRun(next);
  }
  return {
    run,
    counted,
    setRun,
    start: (painBefore) => setRun(startRun(lineageId, Date.now(), painBefore)),
    finish(next) {
      keepCounted(next);
      sessionStorage.removeItem(KEY);
      setCounted(next);
      showRun(null);
    },
    forget: () => forgetCounted(lineageId),
    drop() {
      sessionStorage.removeItem(KEY);
      showRun(null);
    },
  };
}
