'use client';

import { useEffect, useState } from 'react';
import { NotKept, type Outbox } from '#client/device/outbox';

/**
 * Where an answer is: `waiting` = there is no line, or the server does not take it just now; `not_sent` = it is sent no more
 * by itself; `page_only` = this device could not store it, and this page alone holds it; `not_kept` = nobody does; `sent` =
 * the clinic has it.
 */
export type Delivery = 'keeping' | 'on_the_way' | 'waiting' | 'not_sent' | 'sent' | 'page_only' | 'not_kept';

const isOnline = () => navigator.onLine;

/** Follows one queued write. `stored` resolves when it is on this device. */
export function useDelivery(outbox: Outbox | null, opId: string | null, stored: Promise<void> | null): Delivery {
  const [state, setState] = useState<Delivery>('keeping');
  useEffect(() => {
    if (!outbox || opId === null || stored === null) return;
    let current = true;
    const show = (next: Delivery) => {
      if (current) setState((before) => (before === 'sent' ? before : next));
    };
    setState('keeping');
    let fallen: Delivery | null = null;
    const follow = () => {
      const { stalled, held } = outbox.state();
      show(fallen ?? (stalled === null && isOnline() && !held.has(opId) ? 'on_the_way' : 'waiting'));
    };
    const stopParked = outbox.onParked((item) => {
      if (item.id !== opId) return;
      fallen = 'not_sent';
      show(fallen);
    });
    const stopSent = outbox.onSent((item) => {
      if (item.id === opId) show('sent');
    });
    const stop = outbox.subscribe(follow);
    stored.then(
      () => follow(),
      (problem: unknown) => {
        fallen = problem instanceof NotKept && problem.onPage ? 'page_only' : 'not_kept';
        show(fallen);
      },
    );
    window.addEventListener('offline', follow);
    return () => {
      current = false;
      stopSent();
      stopParked();
      stop();
      window.removeEventListener('offline', follow);
    };
  }, [outbox, opId, stored]);
  return state;
}
