import { useEffect } from 'react';
import type { VisitStage } from './board';

const POLL_MS = 15_000;

/** Reads the record now and every 15 s: an event can be missed and a read can fail. */
export function useCatchUp(stage: VisitStage | null): void {
  useEffect(() => {
    if (!stage) return;
    void stage.catchUp();
    const timer = setInterval(() => void stage.catchUp(), POLL_MS);
    return () => clearInterval(timer);
  }, [stage]);
}
