'use client';

import { useTranslations } from '#client/device/words/translations';

type DomainMessage = { key: string; values?: Record<string, number | string> };

/** Puts what the domain said, a key with values, into the words of the person's language. */
export function useSay(): (message: DomainMessage) => string {
  // The domain composes its keys; a test checks that the catalogue has each.
  const t = useTranslations() as unknown as (key: string, values?: Record<string, number | string>) => string;
  return ({ key, values }) => t(key, values);
}
