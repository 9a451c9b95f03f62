import { withAsciiDigits } from './digits';

/**
 * What people type and paste, in the signs that are stored and compared. Copied text brings marks that nobody sees,
 * spaces and hyphens that only look like those of a keyboard, and the digits of whoever wrote it.
 */

/** Marks of direction and of breaks, which show nothing by themselves. Flags, emoji and Mongolian need the rest of them. */
const UNSEEN = /\u034f|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const JOINERS = /(^|[^\u200c\u200d])[\u200c\u200d]+/gu;
/** After these a joiner changes what is seen: Persian, the scripts of India and their neighbours, and emoji. */
const JOINED =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Mymr}\p{scx=Khmr}\p{scx=Tibt}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f/u;

/** Letters that show nothing (Hangul fillers), a sign of Braille without a dot, and marks without a letter, among others. */
const BLANK = /[\p{Z}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Has it something to see? */
export const isVisible = (text: string) => text.replace(BLANK, '') !== '';

/** Composed (NFC), spaces as those of a keyboard, without unseen marks at its ends or inside; its line breaks stay. */
export function readLine(typed: string): string {
  return typed
    .replace(UNSEEN, '')
    .replace(JOINERS, (all, before: string) => (JOINED.test(before) ? all.slice(0, before.length + 1) : before))
    .replace(/\p{Zs}/gu, ' ')
    .normalize('NFC')
    .trim();
}

/** A name: a line without breaks, its words one space apart. */
export const readName = (typed: string): string => readLine(typed.replace(/[\s\p{Z}]+/gu, ' ')).replace(/ +/g, ' ');

/** Around an address in a letter, or in a link. */
const ADDRESS_IN_WORDS = /^[^<>@]*<([^<>]*)>$/;

/**
 * An e-mail address: NFKC and lower case, without unseen marks, full-width look-alikes, other hyphens or digits, and what
 * a program puts around it. Addresses that look the same must not name two accounts.
 */
export function readEmail(typed: string): string {
  const plain = withAsciiDigits(typed.normalize('NFKC').replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''))
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .trim()
    .toLowerCase()
    .normalize('NFKC');
  const [, inside = plain] = ADDRESS_IN_WORDS.exec(plain) ?? [];
  return inside.replace(/^(?:mailto:|\s)+|[\s.,;]+$/g, '');
}
