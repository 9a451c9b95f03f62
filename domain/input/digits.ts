/** The digits of a script follow each other, from 0 to 9: how far along them this one stands. */
function asciiDigit(digit: string): string {
  const at = digit.codePointAt(0) ?? 0;
  if (at < 128) return digit;
  let start = at;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return String((at - start) % 10);
}

/** A text with the digits of every script as 0 to 9. */
export function withAsciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, asciiDigit);
}
