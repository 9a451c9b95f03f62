import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPhone, readPhone, telOf } from './phone';

describe('the number that is rung', () => {
  it.each([
    ['as it is', '+442079460100', 'tel:+442079460100'],
    ['with spaces', '+44 20 7946 0100', 'tel:+442079460100'],
    ['a zero in brackets, dialled at home only', '+44 (0)20 7946 0100', 'tel:+442079460100'],
    ['a zero in square brackets', '+44 [0]20 7946 0100', 'tel:+442079460100'],
    ['a zero in brackets between hyphens', '+49-(0)-30-123456', 'tel:+4930123456'],
    ['a zero in brackets without a space', '+49(0)30/123456', 'tel:+4930123456'],
    ['a country in brackets', '(+44) (0) 20 7946 0100', 'tel:+442079460100'],
    ['a country without its plus', '44 (0)20 7946 0100', 'tel:+442079460100'],
    ['00 stays', '0044 (0)20 7946 0100', 'tel:00442079460100'],
    ['a zero in brackets without a country', '(0)20 7946 0100', 'tel:02079460100'],
    ['an area in brackets', '(020) 7946 0100', 'tel:02079460100'],
    ['a zero that belongs to the number', '+39 06 1234 5678', 'tel:+390612345678'],
    ['a national number stays national', '020 7946 0100', 'tel:02079460100'],
    ['with dots', '0049.30.123456', 'tel:004930123456'],
    ['of North America', '+1 (555) 123-4567', 'tel:+15551234567'],
    ['an emergency number', '999', 'tel:999'],
    ['another', '112', 'tel:112'],
    ['with six digits', '116 117', 'tel:116117'],
    ['no-break spaces', '+44\u00a020\u202f7946\u20070100', 'tel:+442079460100'],
    ['hyphens that do not break', '+44\u201020\u20117946\u20120100', 'tel:+442079460100'],
    ['dashes', '030\u2013123\u2014456\u2212789', 'tel:030123456789'],
    ['marks of a contact', '\u202d+44 20 7946 0100\u202c', 'tel:+442079460100'],
    ['a space of no width', '+44\u200b 20 7946\ufeff 0100', 'tel:+442079460100'],
    ['full-width', '＋４４（０）２０　７９４６−０１００', 'tel:+442079460100'],
    ['Arabic digits', '٠٢٠٧٩٤٦٠١٠٠', 'tel:02079460100'],
    ['Persian digits', '+۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸', 'tel:+982112345678'],
    ['Devanagari digits', '०११-२३४५६७८९', 'tel:01123456789'],
    ['Bengali digits', '৯৯৯', 'tel:999'],
  ])('%s: %s', (_, phone, tel) => {
    expect(telOf(phone)).toBe(tel);
    expect(isPhone(readPhone(phone))).toBe(true);
  });

  it.each([
    ['020 7946 0100 / 020 7946 0200', 'tel:02079460100'],
    ['+44 20 7946 0100 / +44 20 7946 0200', 'tel:+442079460100'],
    ['+44 (0)20 7946 0100/0200', 'tel:+442079460100'],
    ['7946 0100 / 7946 0200', 'tel:79460100'],
    ['460100/460200', 'tel:460100'],
    ['020 7946 0100 or 020 7946 0200', 'tel:02079460100'],
    ['020 7946 0100 oder 0170 1234567', 'tel:02079460100'],
    ['020 7946 0100, 020 7946 0200', 'tel:02079460100'],
    ['020 7946 0100; +44 20 7946 0200', 'tel:02079460100'],
    ['7946 0100, 7946 0200', 'tel:79460100'],
    ['020 7946 0100 | 020 7946 0200', 'tel:02079460100'],
    ['999 or 112', 'tel:999'],
    ['999/112', 'tel:999'],
    ['112, 999', 'tel:112'],
    ['112 / 020 7946 0100', 'tel:112'],
    ['112 / +44 20 7946 0100', 'tel:112'],
    ['089/1234567/9', 'tel:0891234567'],
  ])('of two the first: %s', (phone, tel) => {
    expect(telOf(phone)).toBe(tel);
    expect(isPhone(readPhone(phone))).toBe(true);
  });

  it.each([
    ['030/123456', 'tel:030123456'],
    ['030 / 123456', 'tel:030123456'],
    ['+49 (0)33056 / 1234', 'tel:+49330561234'],
    ['033056/1234', 'tel:0330561234'],
    ['0800/0001234', 'tel:08000001234'],
    ['555/123-4567', 'tel:5551234567'],
  ])('a slash after the area parts one number: %s', (phone, tel) => {
    expect(telOf(phone)).toBe(tel);
  });

  it.each([
    ['+44 20 7946 0100 ext. 7', 'tel:+442079460100;ext=7'],
    ['+44 20 7946 0100 Ext 12', 'tel:+442079460100;ext=12'],
    ['(555) 123-4567 x89', 'tel:5551234567;ext=89'],
    ['(555) 123-4567x89', 'tel:5551234567;ext=89'],
    ['+44 20 7946 0100 #3', 'tel:+442079460100;ext=3'],
    ['+442079460100;ext=45', 'tel:+442079460100;ext=45'],
    ['+44 20 7946 0100,123', 'tel:+442079460100;ext=123'],
    ['030 123456 Durchwahl 7', 'tel:030123456;ext=7'],
    ['+44 20 7946 0100 ext. 7 / +44 20 7946 0200', 'tel:+442079460100;ext=7'],
  ])('an extension: %s', (phone, tel) => {
    expect(telOf(phone)).toBe(tel);
    expect(isPhone(readPhone(phone))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['words', 'at the desk'],
    ['letters for digits', '0800 HANDS'],
    ['two digits', '12'],
    ['two +', '++4930123'],
    ['a + inside', '0049+30123'],
    ['signs alone', '+() -'],
    ['an address', 'tel:030123456'],
    ['a script', 'javascript:alert(1)'],
  ])('none: %s', (_, phone) => {
    expect(telOf(phone)).toBeNull();
    expect(isPhone(readPhone(phone))).toBe(false);
  });

  it('reads no second number that is none', () => {
    expect(isPhone('020 7946 0100 or ask at the desk')).toBe(false);
    expect(telOf('020 7946 0100 or ask at the desk')).toBe('tel:02079460100');
  });
});

const signs = fc.constantFrom(' ', '\u00a0', '-', '\u2011', '\u2013', '.', '', '\u200b', '\u202d', '\u2060', ') (');
const digit = fc.integer({ min: 0, max: 9 });
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10, 0x1d7ce, 0x1e950];
const written = fc.array(fc.tuple(digit, fc.constantFrom(...ZEROS), signs), { minLength: 7, maxLength: 12 });

describe('whatever is written', () => {
  it('what stands between the digits, and their script, changes nothing', () => {
    fc.assert(
      fc.property(written, (parts) => {
        const plain = parts.map(([value]) => value).join('');
        const phone = parts.map(([value, zero, sign]) => `${String.fromCodePoint(zero + value)}${sign}`).join('');
        // "(0)" is the one thing in brackets that means something.
        fc.pre(!/\( ?0\W*\)/.test(readPhone(phone)) && readPhone(phone).length <= 32);
        expect(telOf(phone)).toBe(`tel:${plain}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('is an address of digits or none, the same when read twice', () => {
    const noise = fc.string({ unit: fc.oneof(fc.constantFrom(...'0123456789+()/., ;x#-or'), signs), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(noise, fc.string({ unit: 'binary', maxLength: 40 })), (phone) => {
        const tel = telOf(phone);
        expect(tel ?? 'tel:999').toMatch(/^tel:\+?\d{3,}(;ext=\d{1,6})?$/);
        expect(readPhone(readPhone(phone))).toBe(readPhone(phone));
        if (isPhone(readPhone(phone))) expect(tel).not.toBeNull();
        expect(telOf(readPhone(phone))).toBe(tel);
      }),
      { numRuns: 2000 },
    );
  });
});
