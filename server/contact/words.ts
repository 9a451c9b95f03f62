import 'server-only';
import type { Audience } from '#domain/contact/kinds';

async function english() {
  // biome-ignore lint/style/noRestrictedImports: messages/ stands beside the layers and has no name of its own
  return (await import('../../messages/en.json')).default.mail;
}

/** By the language of the account. */
const CATALOGUES: ReadonlyMap<string, typeof english> = new Map([['en', english]]);

/** Where news is read; the login comes first there. No id: the address says no more than the words do. */
export const pageFor = ({ audience }: { audience: Audience }) => (audience === 'patient' ? '/today' : '/notices');

/** None of these sentences takes a value: nothing of anybody can get into a message. */
export async function wordsOf(locale: string, { audience, isUrgent }: { audience: Audience; isUrgent: boolean }) {
  const { patient, staff, urgent, noReply, stop, always } = await (CATALOGUES.get(locale) ?? english)();
  // To a patient never more than that there is a message.
  const said = audience === 'patient' ? patient : isUrgent ? urgent : staff;
  return { ...said, noReply, stop, always };
}
