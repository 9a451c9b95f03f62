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
  setRun(run: PracticeRun | 'start' | null): void;
} {
  const [run, set] = useState<PracticeRun | null>(null);
  useEffect(() => set(readRun(lineageId)), [lineageId]);
  return {
    run,
    setRun(next) {
      const value = next === 'start' ? startRun(lineageId, Date.now()) : next;
      if (value) sessionStorage.setItem(KEY, JSON.stringify(value));
      else sessionStorage.removeItem(KEY);
      set(value);
    },
  };
}
