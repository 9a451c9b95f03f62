import { withAsciiDigits } from './digits';

/**
 * The number a person typed, with a point or a comma, in the digits of any keyboard; null for an empty field, NaN for
 * what is not a number. Grouping is not guessed: "1.000" is one.
 */
export function decimalOf(text: string): number | null {
  const plain = withAsciiDigits(text.replace(/[\p{Cf}\p{Z}\s]+/gu, (all) => (/[\p{Z}\s]/u.test(all) ? ' ' : '')))
    .replace(/[\u066b\uff0c\uff0e]/g, '.')
    .trim();
  if (plain === '') return null;
  return /^\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : Number.NaN;
}
