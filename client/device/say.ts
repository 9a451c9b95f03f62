'use client';

import { useTranslations } from 'next-intl';

export type DomainMessage = { key: string; values?: Record<string, number | string> };

/** Puts what the domain said, a key with values, into the words of the person's language. */
export function useSay(): (message: DomainMessage) => string {
  // The domain makes its keys by rule; that each is in the catalogue is a test's business, not a type's.
  const t = useTranslations() as unknown as (key: string, values?: Record<string, number | string>) => string;
  return ({ key, values }) => t(key, values);
}
