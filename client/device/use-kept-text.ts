'use client';

import { useEffect, useRef, useState } from 'react';

/** Long enough not to send each letter, short enough to lose no sentence. */
const AFTER_MS = 800;

type KeptText = {
  text: string;
  setText(text: string): void;
  flush(): void;
};

/** Saved a moment after the last change and on unmount; until it is changed here it follows `stored`. */
export function useKeptText(stored: string, save: (text: string) => void): KeptText {
  const [edited, setEdited] = useState<string | null>(null);
  const saved = useRef<string | null>(null);
  const latest = useRef({ edited, save });
  latest.current = { edited, save };
  const flush = useRef(() => {
    const { edited: text, save: send } = latest.current;
    if (text === null || text === saved.current) return;
    saved.current = text;
    send(text);
  }).current;
  useEffect(() => {
    if (edited === null) return;
    const timer = setTimeout(flush, AFTER_MS);
    return () => clearTimeout(timer);
  }, [edited, flush]);
  useEffect(() => flush, [flush]);
  return { text: edited ?? stored, setText: setEdited, flush };
}
