import 'server-only';
import { cookies, headers } from 'next/headers';
import type { Messages } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { regionalEnglish } from '#domain/people/region';

/** Language to catalogue. The last two are for looking at the screens: longer words, and from right to left. */
const CATALOGUES: ReadonlyMap<string, string> = new Map([
  ['en', 'en'],
  ['en-XA', 'en-XA'],
  ['ar-XB', 'en-XA'],
]);
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar-XB']);

/** The language that the person chose by a cookie, else English. No prefix in addresses. */
async function chosenLocale(): Promise<string> {
  const chosen = (await cookies()).get('regrasp.locale')?.value ?? 'en';
  return CATALOGUES.has(chosen) ? chosen : 'en';
}

/** The direction of the text of a request's language; anatomy, video and digits do not follow it. */
export async function textDirection(): Promise<'ltr' | 'rtl'> {
  return RIGHT_TO_LEFT.has(await chosenLocale()) ? 'rtl' : 'ltr';
}

export default getRequestConfig(async () => {
  const catalogue = CATALOGUES.get(await chosenLocale()) ?? 'en';
  const { default: messages } = (await import(`../../messages/${catalogue}.json`)) as { default: Messages };
  // Dates and numbers of the languages for looking are English: their words are.
  const locale = regionalEnglish((await headers()).get('accept-language'));
  // No screen writes a time by this one: `client/device/use-when.ts` names a zone for each.
  return { locale, messages, timeZone: 'UTC' };
});
