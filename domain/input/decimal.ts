/**
 * The number a person typed, with a point or a comma; null for an empty field, NaN for what is not a number. Grouping
 * is not guessed: "1.000" is one.
 */
export function decimalOf(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^\d+([.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
}
