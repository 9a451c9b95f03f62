import { useMemo } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useHasCome } from '#client/device/clock/use-clock-turn';
import { OPENS_BEFORE_MS } from '#domain/visit/lifecycle';
import type { VisitRoom } from './use-live-visit';

/** Whether one can come in now, and from when on (epoch ms): a page that is kept open opens its door when it is time. */
export function useDoor({ visit, joinable, serverNowMs }: VisitRoom): { isOpen: boolean; opensAt: number } {
  const opensAt = visit.startsAt - OPENS_BEFORE_MS;
  const isPlanned = visit.state === 'scheduled';
  // As this device's clock will read then, by the server's: seconds matter to whoever knocks.
  const dueMs = useMemo(() => deviceNow() + opensAt - serverNowMs, [opensAt, serverNowMs]);
  const isDue = useHasCome(isPlanned && !joinable ? dueMs : null);
  return { isOpen: joinable || (isPlanned && isDue), opensAt };
}
