/** What a person reads as one sign: a letter with its marks, an emoji with its parts. */
function firstSign(word: string): string {
  // Firefox before 125 has no Segmenter: a code point and the marks on it are whole for every letter.
  if (!('Segmenter' in Intl)) return /^.\p{M}*/su.exec(word)?.[0] ?? '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)) return segment;
  return '';
}

/** The first sign of the first word of a name and of its last one. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const [first = ''] = words;
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return `${firstSign(first)}${firstSign(last)}`;
}
