import 'server-only';
import type { Audience } from '#domain/contact/kinds';
// biome-ignore lint/style/noRestrictedImports: messages/ stands beside the layers and has no name of its own
import en from '../../messages/en.json';

type Catalogue = (typeof en)['mail'];

/** By the language of the account. None of these sentences takes a value: nothing of anybody can get into a message. */
const CATALOGUES: ReadonlyMap<string, Catalogue> = new Map([['en', en.mail]]);

export function wordsOf(locale: string, { audience, isUrgent }: { audience: Audience; isUrgent: boolean }) {
  const { patient, staff, urgent, noReply, stop, always } = CATALOGUES.get(locale) ?? en.mail;
  // To a patient never more than that there is a message.
  const said = audience === 'patient' ? patient : isUrgent ? urgent : staff;
  return { ...said, noReply, stop, always };
}
