/** Kinds of English whose dates both Node and a phone's browser know; of another the two would write different ones. */
const REGIONS = ['AU', 'CA', 'GB', 'IE', 'IN', 'NZ', 'US', 'ZA'] as const;
const HEADER_MAX = 500;

export type RegionalEnglish = 'en' | `en-${(typeof REGIONS)[number]}`;

/**
 * The English of the reader's region, for dates, numbers and the voice that counts.
 * `acceptLanguage`: the header of that name (RFC 9110 §12.5.4). Returns a language tag such as `en-GB`; `en` where the
 * browser asks for no English of a region that is known here.
 */
export function regionalEnglish(acceptLanguage: string | null): RegionalEnglish {
  for (const range of (acceptLanguage ?? '').slice(0, HEADER_MAX).split(',')) {
    const [language, asked] = (range.split(';')[0] ?? '').trim().split('-');
    const region = REGIONS.find((known) => known === asked?.toUpperCase());
    if (language?.toLowerCase() === 'en' && region) return `en-${region}`;
  }
  return 'en';
}
