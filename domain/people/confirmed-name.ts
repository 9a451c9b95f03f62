/**
 * Whether somebody typed the name of the person whose record it is: the second confirmation of what nothing brings back.
 * Case and outer spaces do not matter.
 */
export function isNameOf(typed: string, name: string): boolean {
  const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return plain(typed) === plain(name);
}
