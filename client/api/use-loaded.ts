import { useEffect, useState } from 'react';
import { askForBuild } from './build';

const AGAIN_MS = 2000;

/** Not React's `lazy`: that suspends even for what was fetched before, and holds the page for 300 ms when it does. */
export function useLoaded<T>(load: (() => Promise<T>) | null): T | null {
  const [loaded, setLoaded] = useState<{ from: typeof load; value: T } | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt loads anew
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    load?.().then(
      (value) => setLoaded({ from: load, value }),
      () => {
        void askForBuild();
        timer = setTimeout(() => setAttempt((before) => before + 1), AGAIN_MS);
      },
    );
    return () => clearTimeout(timer);
  }, [load, attempt]);
  return loaded?.from === load ? loaded.value : null;
}
