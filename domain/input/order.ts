/** By code unit, the same in every locale and on every device: for ties that two sides must break alike. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One for the product, and not the reader's: pages of a list go on where the last one ended, whoever asks. */
const collator = new Intl.Collator('en');

/** By name as people look for it: "de Vries" before "Zoë", "Özil" beside O, on every engine alike. 0 for equal texts only. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || compareText(a, b);
}
