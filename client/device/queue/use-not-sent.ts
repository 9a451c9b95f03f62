'use client';

import { useEffect, useState } from 'react';
import type { Outbox, OutboxItem } from '../outbox';

/** What the queue gave up, for its owner to look at. */
export function useNotSent(outbox: Outbox | null): readonly OutboxItem[] {
  const [items, setItems] = useState<readonly OutboxItem[]>([]);
  useEffect(() => {
    if (!outbox) return;
    let current = true;
    const read = () =>
      void outbox.list().then(
        (all) => {
          if (current) setItems(all.filter(({ parked, aside }) => parked !== null && !aside));
        },
        // A store that cannot be read just now is read again with the next change.
        () => undefined,
      );
    read();
    const stop = outbox.subscribe(read);
    return () => {
      current = false;
      stop();
    };
  }, [outbox]);
  return items;
}
