'use client';

import { useEffect } from 'react';
import { useTRPCClient } from '#client/api/trpc';
import type { ThreadView } from '#domain/contact/thread-view';

/**
 * Says that this device has the thread, and, where somebody looks at it, that it is read: once for what is new. Without a
 * line nothing is said; the next page says it. `thread` null = none is shown.
 */
export function useMarkThread(thread: ThreadView | null, isOpen: boolean): void {
  const api = useTRPCClient();
  const own = thread?.readers.find((one) => one.isOwn);
  const { episodeId = null, lastNumber = 0 } = thread ?? {};
  const isDelivered = (own?.deliveredNumber ?? 0) >= lastNumber;
  const isRead = (own?.readNumber ?? 0) >= lastNumber;
  useEffect(() => {
    if (episodeId === null || lastNumber === 0 || (isDelivered && (isRead || !isOpen))) return;
    const mark = () => {
      const read = isOpen && document.visibilityState === 'visible' ? lastNumber : null;
      if (read === null && isDelivered) return;
      api.messages.mark.mutate({ episodeId, delivered: lastNumber, read }).catch(() => undefined);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [api, episodeId, lastNumber, isDelivered, isRead, isOpen]);
}
