'use client';

import { useEffect, useState } from 'react';
import { type PracticeRun, practiceRunSchema, startRun } from '#domain/practice-run';

const KEY = 'regrasp.practice';

function readRun(lineageId: string): PracticeRun | null {
  try {
    const parsed = practiceRunSchema.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    return parsed.success && parsed.data.lineageId === lineageId ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The sitting under way on this tab; a reload keeps the place. */
export function usePracticeRun(lineageId: string): {
  run: PracticeRun | null;
  /** Begins with its countdown; `painBefore` 0–10, null = not answered. */
  start(painBefore: number | null): void;
  setRun(run: PracticeRun | null): void;
} {
  const [run, set] = useState<PracticeRun | null>(null);
  useEffect(() => set(readRun(lineageId)), [lineageId]);
  function setRun(next: PracticeRun | null) {
    if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
    else sessionStorage.removeItem(KEY);
    set(next);
  }
  return { run, setRun, start: (painBefore) => setRun(startRun(lineageId, Date.now(), painBefore)) };
}
