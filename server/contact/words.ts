import 'server-only';
import type { Audience } from '#domain/contact/kinds';

async function english() {
  // biome-ignore lint/style/noRestrictedImports: messages/ stands beside the layers and has no name of its own
  const { mail, calendar, accountMail } = (await import('../../messages/en.json')).default;
  return { mail, calendar, accountMail };
}

/** The words of an entry in a calendar: none takes a value. */
export type CalendarWords = Awaited<ReturnType<typeof english>>['calendar'];

/** By the language of the account. */
const CATALOGUES: ReadonlyMap<string, typeof english> = new Map([['en', english]]);

const catalogueOf = async (locale: string) => await (CATALOGUES.get(locale) ?? english)();

/** Where news is read; the login comes first there. No id: the address says no more than the words do. */
export const pageFor = ({ audience }: { audience: Audience }) => (audience === 'patient' ? '/today' : '/notices');

type Said = { audience: Audience; isUrgent: boolean; calendar?: { isAll: boolean } };

/** None of these sentences takes a value: nothing of anybody can get into a message. */
export async function wordsOf(locale: string, { audience, isUrgent, calendar: entries }: Said) {
  const { patient, staff, urgent, calendar, noReply, stop, always } = (await catalogueOf(locale)).mail;
  // To a patient never more than that there is a message.
  const news = audience === 'patient' ? patient : isUrgent ? urgent : staff;
  const said = entries?.isAll ? calendar : news;
  return { ...said, noReply, stop, always };
}

/** What is written about an account's own address: no sentence takes a value. */
export async function accountWords(locale: string) {
  const { mail, accountMail } = await catalogueOf(locale);
  return { ...accountMail, noReply: mail.noReply };
}

export const calendarWords = async (locale: string): Promise<CalendarWords> => (await catalogueOf(locale)).calendar;
