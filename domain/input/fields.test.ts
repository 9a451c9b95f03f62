import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneSchema } from '#domain/time/local-day';
import {
  disciplineSchema,
  emailSchema,
  epochMsSchema,
  idSchema,
  lineSchema,
  nameSchema,
  newPasswordSchema,
  proseSchema,
  roleSchema,
  sideSchema,
  sidesSchema,
} from './fields';
import { phoneSchema } from './phone-field';

type Schema = { safeParse(value: unknown): { success: true; data: unknown } | { success: false } };
/** What a schema makes of a value; undefined where it refuses. */
const read = (schema: Schema, value: unknown) => {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
};
const NUL = 'a\u0000b';
const HALF = 'a\ud83d';

describe('an e-mail address', () => {
  it.each([
    ['as typed', 'ana@example.org', 'ana@example.org'],
    ['in capitals', 'Ana@Example.ORG', 'ana@example.org'],
    ['with space around it', '  ana@example.org\n', 'ana@example.org'],
    ['in full-width letters', 'ａｎａ@ｅｘａｍｐｌｅ.ｏｒｇ', 'ana@example.org'],
    ['with a full-width @', 'ana＠example.org', 'ana@example.org'],
    ['with the Kelvin sign', 'Kim@example.org'.replace('K', '\u212a'), 'kim@example.org'],
    ['with a ligature', '\ufb01n@example.org', 'fin@example.org'],
    ['composed or not', 'jose\u0301@example.org', 'jos\u00e9@example.org'],
    ['with a plus', 'ana+clinic@example.org', 'ana+clinic@example.org'],
    ['with a space of no width', 'ana@example.org\u200b', 'ana@example.org'],
    ['with marks of direction', '\u202aana@example.org\u202c\u200e', 'ana@example.org'],
    ['with a mark of byte order', '\ufeffana@example.org', 'ana@example.org'],
    ['with a soft hyphen', 'ana@exam\u00adple.org', 'ana@example.org'],
    ['with joiners', 'an\u200da@example\u200c.org', 'ana@example.org'],
    ['with a filler', 'ana\u3164@example.org', 'ana@example.org'],
    ['with no-break spaces around it', '\u00a0ana@example.org\u202f', 'ana@example.org'],
    ['with other hyphens', 'ana\u2011ruiz@my\u2013clinic.org', 'ana-ruiz@my-clinic.org'],
    ['with digits of another keyboard', 'ana٧@example.org', 'ana7@example.org'],
    ['from a letter', 'Ana Ruiz <ana@example.org>', 'ana@example.org'],
    ['from a link', 'mailto:ana@example.org', 'ana@example.org'],
    ['with a full stop after it', 'ana@example.org.', 'ana@example.org'],
  ])('%s', (_, typed, stored) => {
    expect(read(emailSchema, typed)).toBe(stored);
  });

  it.each([
    ['nothing', ''],
    ['no @', 'ana.example.org'],
    ['two @', 'ana@clinic@example.org'],
    ['two @, one of them full-width', 'ana@clinic＠example.org'],
    ['nobody', '@example.org'],
    ['nowhere', 'ana@'],
    ['no dot', 'ana@localhost'],
    ['a dot at the end', 'ana@example.'],
    ['a space inside', 'ana maria@example.org'],
    ['an ideographic space inside', 'ana\u3000@example.org'],
    ['NUL', 'ana\u0000@example.org'],
    ['half a surrogate pair', 'ana\ud83d@example.org'],
    ['a second line', 'ana@example.org\nbcc@example.org'],
    ['no text', 7],
  ])('is none: %s', (_, typed) => {
    expect(read(emailSchema, typed)).toBeUndefined();
  });

  it('has at most 254 characters, also in its normal form', () => {
    const ofLength = (length: number) => `${'a'.repeat(length - 12)}@example.org`;
    expect(read(emailSchema, ofLength(254))).toBe(ofLength(254));
    expect(read(emailSchema, ofLength(255))).toBeUndefined();
    // One character that the normal form spells out in four.
    expect(read(emailSchema, `${'\u3300'.repeat(200)}@example.org`)).toBeUndefined();
    expect(read(emailSchema, `${'\u3300'.repeat(20)}@example.org`)).toBe(`${'アパート'.repeat(20)}@example.org`);
  });

  it('stays as it is when it is read again', () => {
    const part = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.tuple(part, part), ([name, host]) => {
        const once = read(emailSchema, `${name}@${host}.org`);
        if (once !== undefined) expect(read(emailSchema, once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('text for people', () => {
  it.each([
    ['trimmed', '  Bend slowly \n', 'Bend slowly'],
    ['in any script', 'ভাঁজ করুন 🖐🏽', 'ভাঁজ করুন 🖐🏽'],
    ['with NUL', NUL, undefined],
    ['with half a surrogate pair', HALF, undefined],
    ['with the other half', '\ude00a', undefined],
    ['no text', 7, undefined],
    ['null', null, undefined],
  ])('%s', (_, typed, stored) => {
    expect(read(lineSchema(), typed)).toBe(stored);
    expect(read(proseSchema(), typed)).toBe(stored);
  });

  it('a line has something on it, prose may be empty', () => {
    for (const blank of ['', '   ', '\n\t', '\u00a0']) {
      expect(read(lineSchema(), blank)).toBeUndefined();
      expect(read(proseSchema(), blank)).toBe('');
    }
  });

  it('is as long as it may be, counted without the space around it', () => {
    expect(read(lineSchema(), ` ${'x'.repeat(120)} `)).toHaveLength(120);
    expect(read(lineSchema(), 'x'.repeat(121))).toBeUndefined();
    expect(read(lineSchema(5), 'xxxxx')).toBe('xxxxx');
    expect(read(lineSchema(5), 'xxxxxx')).toBeUndefined();
    expect(read(proseSchema(), 'x'.repeat(4000))).toHaveLength(4000);
    expect(read(proseSchema(), 'x'.repeat(4001))).toBeUndefined();
    expect(read(proseSchema(5), 'xxxxxx')).toBeUndefined();
  });
});

describe('a name', () => {
  it.each([
    ['of one word', 'Suharto', 'Suharto'],
    ['with a title', 'Dr. Priya Nair', 'Dr. Priya Nair'],
    ['decomposed', 'E\u0301lodie', '\u00c9lodie'],
    ['with no-break spaces', 'Ana\u00a0 Ruiz\u202f', 'Ana Ruiz'],
    ['on two lines', 'Ana\n Ruiz', 'Ana Ruiz'],
    ['turned round', '\u202eanA', 'anA'],
    ['in an isolate', '\u2067\u05d3\u05d5\u05d3\u2069', '\u05d3\u05d5\u05d3'],
    ['with marks that nobody sees', '\ufeffA\u200bna\u00ad\u2060', 'Ana'],
    ['Latin, with a joiner', 'Ana\u200d', 'Ana'],
    [
      'Persian, with a joiner',
      '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627',
      '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627',
    ],
    ['Sinhala, with a joiner', '\u0dc1\u0dca\u200d\u0dbb\u0dd3', '\u0dc1\u0dca\u200d\u0dbb\u0dd3'],
    ['with a family', 'Ana 👩‍👧', 'Ana 👩‍👧'],
    ['of a space of no width', '\u200b', undefined],
    ['of a filler', '\u3164', undefined],
    ['of two fillers', '\u115f\u1160', undefined],
    ['of Braille without a dot', '\u2800', undefined],
    ['of a mark alone', '\u0301', undefined],
    ['of spaces', '\u00a0\u2003', undefined],
    ['with half a surrogate pair', HALF, undefined],
    ['with NUL', NUL, undefined],
  ])('%s', (_, typed, stored) => {
    expect(read(nameSchema(), typed)).toBe(stored);
  });

  it('is read once and for all, composed and without a turn of direction', () => {
    const sign = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom(...'\u200b\u200d\u200c\u202e\u2067\u0301\u00a0\u0643\u0915e \u3164\u00ad'),
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 20 }), (signs) => {
        for (const schema of [nameSchema(), lineSchema()]) {
          const once = read(schema, signs.join(''));
          if (once === undefined) continue;
          expect(read(schema, once)).toBe(once);
          expect(once).toBe(String(once).normalize('NFC'));
          expect(once).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is as long as it may be without what nobody sees', () => {
    expect(read(nameSchema(5), `\u200bxxxxx${'\u200b'.repeat(20)}`)).toBe('xxxxx');
    expect(read(nameSchema(5), 'xxxxxx')).toBeUndefined();
  });
});

describe('a phone number', () => {
  it.each(['+44 20 7946 0100', '112', '030/123456', '+1 (555) 123-4567', '(555) 123-4567', '0049.30.123456'])(
    '%s',
    (typed) => {
      expect(read(phoneSchema, ` ${typed} `)).toBe(typed);
    },
  );

  it.each([
    ['nothing', ''],
    ['two digits', '12'],
    ['two digits and signs', '1 (2)'],
    ['no digit at all', '+() -'],
    ['letters', '0800 HANDS'],
    ['a + inside', '0049+30123'],
    ['two +', '++4930123'],
    ['a second line', '030123\n456'],
    ['NUL', '030\u0000123'],
    ['33 characters', '1'.repeat(33)],
    ['a link', 'tel:030123456'],
    ['a second one that is none', '030 123456 or ask'],
  ])('is none: %s', (_, typed) => {
    expect(read(phoneSchema, typed)).toBeUndefined();
  });

  it.each([
    ['hyphens that do not break', '+44 20 7946\u20110100', '+44 20 7946 0100'],
    ['no-break spaces', '+44\u00a020\u00a07946\u202f0100', '+44 20 7946 0100'],
    ['marks of a contact', '\u202d+44 20 7946 0100\u202c', '+44 20 7946 0100'],
    ['a space of no width', '+44 20 7946 0100\u200b', '+44 20 7946 0100'],
    ['dashes', '030\u2013123456', '030 123456'],
    ['full-width digits', '０３０１２３', '030123'],
    ['digits of another script', '٠٢٠ ٧٩٤٦ ٠١٠٠', '020 7946 0100'],
    ['a zero in brackets', '+44 (0)20 7946 0100', '+44 (0)20 7946 0100'],
    ['an extension', '030 123456 ext. 7', '030 123456 ext. 7'],
    ['two numbers', '+44 20 7946 0100 / +44 20 7946 0200', '+44 20 7946 0100 / +44 20 7946 0200'],
  ])('pasted: %s', (_, pasted, stored) => {
    expect(read(phoneSchema, pasted)).toBe(stored);
  });

  it('has up to 32 characters', () => {
    expect(read(phoneSchema, '1'.repeat(32))).toBe('1'.repeat(32));
  });
});

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'Asia/Kathmandu', 'America/Argentina/Buenos_Aires', 'Pacific/Chatham', 'UTC'])(
    '%s',
    (zone) => {
      expect(read(timeZoneSchema, zone)).toBe(zone);
    },
  );

  it.each([
    '',
    'Berlin',
    '+02:00',
    'UTC+2',
    'Mars/Olympus',
    'Europe/Berlin ',
    'Europe/Berlin\u0000',
    'E'.repeat(65),
    7,
  ])('is none: %j', (zone) => {
    expect(read(timeZoneSchema, zone)).toBeUndefined();
  });
});

describe('an id', () => {
  const uuid = '0193593f-0000-7000-8000-00000000000a';
  it.each([
    ['of version 7', uuid, true],
    ['of version 4', '9b2d1b9e-6c5e-4f4f-9d43-0a3c2f6f9b11', true],
    ['in capitals', uuid.toUpperCase(), false],
    ['with space', ` ${uuid}`, false],
    ['in braces', `{${uuid}}`, false],
    ['without dashes', uuid.replaceAll('-', ''), false],
    ['cut short', uuid.slice(0, -1), false],
    ['a number', 7, false],
  ])('%s', (_, value, accepted) => {
    expect(read(idSchema, value)).toBe(accepted ? value : undefined);
  });
});

describe('an instant', () => {
  it.each([
    [Date.UTC(2000, 0, 1), true],
    [Date.UTC(2000, 0, 1) - 1, false],
    [Date.UTC(2100, 0, 1), true],
    [Date.UTC(2100, 0, 1) + 1, false],
    [Date.UTC(2026, 10, 24) + 0.5, false],
    [Date.UTC(2026, 10, 24) / 1000, false],
    [Number.NaN, false],
    ['2026-11-24', false],
  ])('%s', (value, accepted) => {
    expect(epochMsSchema.safeParse(value).success).toBe(accepted);
  });
});

it('a new password has 12 to 256 characters, of any kind', () => {
  const accepted = (value: string) => newPasswordSchema.safeParse(value).success;
  expect(['x'.repeat(11), 'x'.repeat(12), 'x'.repeat(256), 'x'.repeat(257)].map(accepted)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(read(newPasswordSchema, '  spaces count  ')).toBe('  spaces count  ');
});

it.each([
  ['side', sideSchema, ['left', 'right']],
  ['sides', sidesSchema, ['left', 'right', 'both']],
  ['discipline', disciplineSchema, ['OT', 'PT', 'CHT', 'neurology', 'other']],
  ['role', roleSchema, ['clinician', 'assistant', 'admin']],
])('a %s is one of a few words', (_, schema, words) => {
  expect(schema.options).toEqual(words);
  expect(read(schema, 'owner')).toBeUndefined();
});
