/** Most special first: nearly every browser also calls itself Chrome or Safari, and Android also Linux. */
const BROWSERS = [
  ['edge', /\bEdg(e|A|iOS)?\//],
  ['opera', /\bOPR\//],
  ['samsung', /\bSamsungBrowser\//],
  ['firefox', /\b(Firefox|FxiOS)\//],
  ['chrome', /\b(Chrome|CriOS)\//],
  ['safari', /\bSafari\//],
] as const;

const SYSTEMS = [
  ['iphone', /\biPhone\b/],
  ['ipad', /\biPad\b/],
  ['android', /\bAndroid\b/],
  ['windows', /\bWindows\b/],
  ['mac', /\bMacintosh\b/],
  ['chromebook', /\bCrOS\b/],
  ['linux', /\bLinux\b/],
] as const;

type Known<T extends readonly (readonly [string, RegExp])[]> = T[number][0] | 'other';

export function deviceOf(userAgent: string | null): { browser: Known<typeof BROWSERS>; system: Known<typeof SYSTEMS> } {
  const said = userAgent ?? '';
  return {
    browser: BROWSERS.find(([, pattern]) => pattern.test(said))?.[0] ?? 'other',
    system: SYSTEMS.find(([, pattern]) => pattern.test(said))?.[0] ?? 'other',
  };
}
