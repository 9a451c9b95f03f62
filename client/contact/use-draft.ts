'use client';

import { useEffect, useRef, useState } from 'react';
import { useAccount } from '#client/device/account-outbox';
import { keepText, readText } from '#client/device/saved/kept';

/** What is being written and was not sent: on this device, and there again after a reload. */
export function useDraft(name: string): { text: string; change(text: string): void; drop(): Promise<void> } {
  const userId = useAccount() ?? '';
  const [text, setText] = useState('');
  const isTyped = useRef(false);
  useEffect(() => {
    let current = true;
    isTyped.current = false;
    readText(userId, name).then(
      (kept) => {
        if (current && !isTyped.current) setText(typeof kept === 'string' ? kept : '');
      },
      // A store that cannot be read holds nothing.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [userId, name]);
  return {
    text,
    change(next) {
      isTyped.current = true;
      setText(next);
      void keepText(userId, name, next === '' ? null : next);
    },
    /** What was sent is no draft any more, on this device first: a page that is opened anew does not offer it again. */
    async drop() {
      isTyped.current = true;
      await keepText(userId, name, null);
      // What was typed meanwhile is the next one.
      setText((now) => (now === text ? '' : now));
    },
  };
}
