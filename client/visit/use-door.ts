import { useEffect, useState } from 'react';
import { OPENS_BEFORE_MS } from '#domain/visit/lifecycle';
import type { VisitRoom } from './use-live-visit';

/** The longest wait that a browser's timer takes. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Whether one can come in now, and from when on (epoch ms): a page that is kept open opens its door when it is time. */
export function useDoor({ visit, joinable, serverNowMs }: VisitRoom): { isOpen: boolean; opensAt: number } {
  const opensAt = visit.startsAt - OPENS_BEFORE_MS;
  const [isDue, setDue] = useState(false);
  const isPlanned = visit.state === 'scheduled';
  useEffect(() => {
    setDue(false);
    if (joinable || !isPlanned) return;
    // By the server's clock: this device's may be wrong.
    const wait = opensAt - serverNowMs;
    if (wait > LONGEST_WAIT_MS) return;
    const timer = setTimeout(() => setDue(true), Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [joinable, isPlanned, opensAt, serverNowMs]);
  return { isOpen: joinable || (isPlanned && isDue), opensAt };
}
