/** By code unit, the same in every locale and on every device: for ties that two sides must break alike. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
