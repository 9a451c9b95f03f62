'use client';

import { useEffect, useState } from 'react';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { discardRefused, type Refused, refusedOf } from './refused';

export function useRefused(userId: string): {
  items: readonly Refused[];
  retry(id: string): void;
  discard(id: string): void;
} {
  const outbox = useHydratedOutbox();
  const [items, setItems] = useState<readonly Refused[]>([]);
  useEffect(() => {
    if (!outbox) return;
    let current = true;
    const read = () =>
      void outbox.list().then((all) => {
        if (current) setItems(all.flatMap((item) => refusedOf(item) ?? []));
      });
    read();
    const stop = outbox.subscribe(read);
    return () => {
      current = false;
      stop();
    };
  }, [outbox]);
  return {
    items,
    retry: (id) => void outbox?.retry(id),
    discard: (id) => {
      if (outbox) void discardRefused(outbox, userId, id);
    },
  };
}
