/** How many characters tell what a text is about. A default of this project. */
const FIRST_WORDS_MAX = 80;

/** The beginning of a text on one line, cut between words and marked with an ellipsis where it goes on. */
export function firstWords(text: string): string {
  const letters = [...text.trim().replace(/\s+/gu, ' ')];
  if (letters.length <= FIRST_WORDS_MAX) return letters.join('');
  const cut = letters.slice(0, FIRST_WORDS_MAX - 1);
  const space = letters[FIRST_WORDS_MAX - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${cut
    .slice(0, space > 0 ? space : cut.length)
    .join('')
    .trimEnd()}…`;
}
