import { withAsciiDigits } from './digits';

/**
 * Telephone numbers as people write and paste them; what is rung is made here and nowhere else (lint/house.mjs).
 *
 * Not libphonenumber-js: to know more than this it needs the country of whoever rings, which nobody asks for, and even
 * its smallest tables would be a large part of what Today may weigh. So a number is dialled as it was written, less what
 * is written for the eye, and nothing is guessed: a national number stays national, `00` stays `00`.
 */

/**
 * What was typed or pasted, in the signs of a keyboard: contacts and web pages bring invisible marks (U+202D, U+200B),
 * spaces and hyphens that do not break (U+00A0, U+2011), dashes and the digits of other scripts.
 */
export function readPhone(typed: string): string {
  return withAsciiDigits(typed.normalize('NFKC').replace(/[\p{Cf}\p{Variation_Selector}]/gu, ''))
    .replace(/[\p{Pd}\u2212\u00b7\u2022]/gu, (dash) => (dash === '-' ? '-' : ' '))
    .replace(/[\u2044\u2215]/g, '/')
    .replace(/[\t\p{Zs}]+/gu, ' ')
    .trim();
}

type PhoneNumber = { digits: string; extension: string | null };

/** Between two numbers. A comma before a few digits is an extension, as phones write it. */
const ANOTHER = / *(?:[|&]|\b(?:or|and|oder|und|ou|et|o|y|e)\b|[,;] *(?=[+(0]|(?:[ ().-]*\d){7})) */i;
const EXTENSION =
  /^(.*[\d)]) *(?:;ext=|[,;#]|(?:extension|extn|ext|x|durchwahl|poste|ramal|anexo|interno)[.:]*) *(\d{1,6})$/i;
const WRITTEN = /^[([]? ?\+?[\d ()[\].\-/]*$/;
const LONGEST = 32;
/** Shorter numbers (112, 999) have no extension. */
const WITH_EXTENSION_MIN = 5;

/** `+44 (0)20`: the zero in brackets is dialled at home only, and what stands before it is a country's code. */
function withoutTrunkZero(written: string): string {
  const [whole, before = '', code = ''] = /^(\D*(\d{1,5})\D*?)[([] ?0 ?[)\]]/.exec(written) ?? [];
  if (whole === undefined || !/^(?:00)?[1-9]\d{0,2}$/.test(code)) return written;
  const plus = before.includes('+') || code.startsWith('00') ? '' : '+';
  return `${plus}${before}${written.slice(whole.length)}`;
}

function digitsOf(written: string): string {
  const dialled = withoutTrunkZero(written);
  return `${/^\D*\+/.test(dialled) ? '+' : ''}${dialled.replace(/\D/g, '')}`;
}

/**
 * Is what follows a slash another number? `030/123456` is one, with its area; `7946 0100 / 7946 0200` are two. Codes of
 * areas are short: with more digits than those have, the first number is whole.
 */
function startsAnother(before: string, after: string): boolean {
  const [first, second] = [digitsOf(before), digitsOf(after)];
  if (second.startsWith('+')) return true;
  if (/^(?:\+|00)/.test(first)) return first.replace(/^(?:\+|00)/, '').length >= 8;
  if (first.startsWith('0')) return first.length >= 7;
  return first.length >= 5 || second.startsWith('0') || (first.length <= 3 && second.length <= 3);
}

function splitAtSlashes(written: string): string[] {
  const [first = '', ...more] = written.split('/');
  let last = first;
  const whole: string[] = [];
  for (const next of more) {
    if (startsAnother(last, next)) {
      whole.push(last);
      last = next;
    } else last = `${last}/${next}`;
  }
  return [...whole, last].map((one) => one.trim());
}

/** The numbers that somebody wrote, in their order; null stands for what is none. */
function numbersIn(read: string): (PhoneNumber | null)[] {
  return read
    .split(ANOTHER)
    .flatMap(splitAtSlashes)
    .map((written) => {
      const [, main = written, extension = null] = EXTENSION.exec(written) ?? [];
      const digits = digitsOf(main);
      if (digits === '' || main.length > LONGEST || !WRITTEN.test(main)) return null;
      return { digits, extension: digits.length < WITH_EXTENSION_MIN ? null : extension };
    });
}

const isWhole = (number: PhoneNumber | null) => number !== null && number.digits.replace('+', '').length >= 3;

/** Can the first number be rung, and is the rest of it numbers too? The text is one that `readPhone` gave. */
export function isPhone(read: string): boolean {
  const [first = null, ...more] = numbersIn(read);
  return isWhole(first) && more.every((number) => number !== null);
}

/** The address that rings the first number of a text; null where it holds none. */
export function telOf(phone: string): string | null {
  const [first = null] = numbersIn(readPhone(phone));
  if (first === null || !isWhole(first)) return null;
  return `tel:${first.digits}${first.extension === null ? '' : `;ext=${first.extension}`}`;
}
