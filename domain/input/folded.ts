/**
 * Accents and points on or below a letter, of scripts that are written without them too, and the stretch of Arabic. In
 * other scripts such signs are vowels, or make another letter (kana).
 */
const ON_LETTERS =
  /\u0640|(?=\p{M})(?![\u3099\u309a])[\p{Script=Inherited}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]/gu;
/** Letters with a stroke of their own, which Unicode does not take apart. */
const LIKE: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  // Left by the capital alone, which has no upper case of its own.
  ß: 'ss',
  ς: 'σ',
};

/**
 * A text as searches and comparisons read it, the same however it was typed: without case, accents, marks that nobody
 * sees, kinds of space, hyphen and apostrophe. ß is ss, ı is i. For comparing only, never shown.
 */
export function folded(text: string): string {
  return PLAIN.test(text) ? foldedPlain(text) : foldedAny(text);
}

/** What most names are made of: of these nothing needs Unicode, and a clinic's names are all read for one search. */
const PLAIN = /^[\x20-\x7e]*$/;

function foldedPlain(text: string): string {
  return text.toLowerCase().replace(/['`]/g, '').replace(/[- ]+/g, ' ').trim();
}

function foldedAny(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
      // Upper case first: it has one form of ß, of the two i and of the two small sigmas.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(ON_LETTERS, '')
      .replace(/[øłđðħæœþßς]/g, (letter) => LIKE[letter] ?? letter)
      .replace(/[\u2018\u2019\u02bc\u02bb'`]/g, '')
      .replace(/[\p{Pd}\u2212\s\p{Z}]+/gu, ' ')
      .trim()
  );
}

/** Whether a text holds every word of what was searched for; nothing searched for is in every text. */
export function isFoundIn(text: string, search: string): boolean {
  return finderOf(search)(text);
}

/** The same for many texts: what is searched for is read once. */
export function finderOf(search: string): (text: string) => boolean {
  const wanted = folded(search);
  // Signs that folding drops are looked for as they are, however they are composed.
  const signs = search.normalize('NFKD').trim();
  if (wanted === '') return signs === '' ? () => true : (text) => text.normalize('NFKD').includes(signs);
  const words = wanted.split(' ');
  return (text) => {
    const there = folded(text);
    return words.every((word) => there.includes(word));
  };
}
