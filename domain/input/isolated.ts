/** A letter that is written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802-\ud803\ud83a-\ud83b][\udc00-\udfff]/;

/**
 * A text that stands inside a sentence of another direction: with a letter from right to left it becomes an isolate
 * (U+2068 to U+2069), so that numbers and signs beside it stay where they are; any other stays as it is. For words that
 * are no elements of their own; those are a `<bdi>`.
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
