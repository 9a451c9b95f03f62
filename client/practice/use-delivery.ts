'use client';

import { useEffect, useState } from 'react';
import type { Outbox } from '#client/device/outbox';

/** Where an answer is: `not_kept` = this device could not store it, `waiting` = no line, `sent` = the clinic has it. */
export type Delivery = 'keeping' | 'on_the_way' | 'waiting' | 'sent' | 'not_kept';

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
    const follow = () => show(outbox.state().stalled === null && isOnline() ? 'on_the_way' : 'waiting');
    const stopSent = outbox.onSent((item) => {
      if (item.id === opId) show('sent');
    });
    const stop = outbox.subscribe(follow);
    stored.then(
      () => follow(),
      () => show('not_kept'),
    );
    window.addEventListener('offline', follow);
    return () => {
      current = false;
      stopSent();
      stop();
      window.removeEventListener('offline', follow);
    };
  }, [outbox, opId, stored]);
  return state;
}
