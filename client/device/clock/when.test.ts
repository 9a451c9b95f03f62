import { createFormatter } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { whenIn } from './when';

/** As the provider makes it: nothing may be written by its own zone. */
const format = createFormatter({ locale: 'en-GB', timeZone: 'UTC' });
const AT = Date.parse('2026-11-30T23:30:00Z');
const of = (reader: string | null, zone: string | null) => whenIn({ format, locale: 'en-GB', zone: reader })(zone);

describe('a time on a screen', () => {
  it.each([
    ['America/New_York', 'Mon 30 Nov, 18:30'],
    ['Asia/Kathmandu', 'Tue 1 Dec, 5:15'],
    ['Europe/London', 'Mon 30 Nov, 23:30'],
  ])('is by the clock of its reader in %s, without a word of it', (reader, words) => {
    expect(of(reader, null)(AT)).toBe(words);
    expect(of(reader, reader)(AT)).toBe(words);
  });

  it('of another zone names it', () => {
    expect(of('America/New_York', 'Europe/London')(AT)).toBe('Mon 30 Nov, 23:30 GMT');
    expect(of('Europe/London', 'America/New_York')(AT, 'time')).toBe('18:30 GMT-5');
    expect(of('Europe/London', 'Asia/Kathmandu')(AT, 'date')).toBe('1 Dec 2026 GMT+5:45');
  });

  it('is written alike with and without the name of its zone', () => {
    const early = Date.parse('2026-12-01T02:08:00Z');
    expect(of('Europe/London', null)(early)).toBe('Tue 1 Dec, 2:08');
    expect(of('Asia/Kathmandu', 'Europe/London')(early)).toBe('Tue 1 Dec, 2:08 GMT');
    expect(of('Europe/London', null)(early, 'named')).toBe('2:08 GMT');
  });

  it('of another zone that shows the same does not', () => {
    expect(of('Europe/Lisbon', 'Europe/London')(AT)).toBe('Mon 30 Nov, 23:30');
    expect(of('America/New_York', 'Europe/London')(AT, 'date')).toBe('30 Nov 2026');
    // In summer these two are an hour apart, in winter not.
    const summer = Date.parse('2026-07-01T10:00:00Z');
    expect(of('Africa/Abidjan', 'Europe/London')(summer)).toBe('Wed 1 Jul, 11:00 BST');
    expect(of('Africa/Abidjan', 'Europe/London')(AT)).toBe('Mon 30 Nov, 23:30');
  });

  it('whose reader is not known names whose it is', () => {
    expect(of(null, null)(AT)).toBe('Mon 30 Nov, 23:30 UTC');
    expect(of(null, 'Asia/Kathmandu')(AT, 'time')).toBe('5:15 GMT+5:45');
  });
});
