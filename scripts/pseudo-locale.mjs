// A catalogue for looking, not for reading: accented and 40 % longer, so that words that bypass the catalogue and boxes
// that are too small both show. Made before each build; the cookie regrasp.locale=en-XA (or ar-XB: the same from right
// to left) shows it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const SOURCE = 'messages/en.json';
const TARGET = 'messages/en-XA.json';
const PLAIN = 'acegilnorsuwyzACEGILNORSUWYZ';
const ACCENTED = 'áçéğíļñöřšüŵýžÁÇÉĞÍĻÑÖŘŠÜŴÝŽ';
/** Most languages need more room than English. */
const LONGER = 0.4;
/** A longer sentence has more words, not one without end; a compound word may well have this many letters. */
const LONGEST_WORD = 20;

function padding(letters) {
  const dots = '·'.repeat(Math.ceil(letters * LONGER));
  return (dots.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'g')) ?? []).join(' ');
}

function accent(character) {
  const at = PLAIN.indexOf(character);
  return at === -1 ? character : ACCENTED[at];
}

/** ICU arguments and tags stay as they are. Braces take turns: text, argument, text of a branch, argument in it … */
export function pseudoMessage(message) {
  let depth = 0;
  let inTag = false;
  let letters = 0;
  const accented = [...message].map((character) => {
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '<' && depth % 2 === 0) inTag = true;
    else if (character === '>') inTag = false;
    else if (depth % 2 === 0 && !inTag) {
      letters += 1;
      return accent(character);
    }
    return character;
  });
  return `${accented.join('')}${padding(letters)}`;
}

export function pseudoCatalogue(catalogue) {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoMessage(value) : pseudoCatalogue(value),
    ]),
  );
}

/** Writes it beside its source, where it is not what it should be. */
export function ensurePseudoLocale() {
  const pseudo = `${JSON.stringify(pseudoCatalogue(JSON.parse(readFileSync(SOURCE, 'utf8'))))}\n`;
  if (!existsSync(TARGET) || readFileSync(TARGET, 'utf8') !== pseudo) writeFileSync(TARGET, pseudo);
}
