import 'server-only';
import { cookies } from 'next/headers';
import type { Messages } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';

const CATALOGUES = { en: () => import('../messages/en.json') } satisfies Record<string, () => Promise<unknown>>;
type Locale = keyof typeof CATALOGUES;

function isLocale(value: string | undefined): value is Locale {
  return value !== undefined && value in CATALOGUES;
}

/** The language of a request: the cookie that the person chose, else English. No prefix in addresses. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get('regrasp.locale')?.value;
  const locale = isLocale(chosen) ? chosen : 'en';
  const messages = (await CATALOGUES[locale]()).default as unknown as Messages;
  return { locale, messages, timeZone: 'UTC' };
});
