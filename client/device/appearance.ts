import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
/** Percent of the usual size. */
export const TEXT_SIZES = ['100', '125', '150'] as const;
type TextSize = (typeof TEXT_SIZES)[number];
type Appearance = { theme: Theme; textSize: TextSize };

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const CHANGED = 'regrasp-appearance';

function cookie(name: string): string | undefined {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/** Kept in two cookies, so that the server's first paint has them already. */
export function setAppearance({ theme, textSize }: Appearance): void {
  // Not every browser has the cookie store.
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `regrasp.theme=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `regrasp.text=${textSize}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.style.fontSize = textSize === '100' ? '' : `${textSize}%`;
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

function read<T extends string>(values: readonly T[], name: string, fallback: T): T {
  const value = cookie(name);
  return values.find((one) => one === value) ?? fallback;
}

export function useAppearance(): Appearance {
  const theme = useSyncExternalStore(
    subscribe,
    () => read(THEMES, 'regrasp.theme', 'system'),
    () => 'system' as const,
  );
  const textSize = useSyncExternalStore(
    subscribe,
    () => read(TEXT_SIZES, 'regrasp.text', '100'),
    () => '100' as const,
  );
  return { theme, textSize };
}
