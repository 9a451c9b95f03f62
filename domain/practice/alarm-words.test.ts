import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmWordsSchema, DEFAULT_ALARM_WORDS, entriesOf, findAlarms } from './alarm-words';

const words = (alarm: string[], crisis: string[] = []) => ({ alarm, crisis });
const found = (text: string, ...alarm: string[]) => findAlarms(text, words(alarm)).alarm;

describe('words that alarm', () => {
  it.each([
    ['My fingers are numb since noon', 'numb*'],
    ['a strange NUMBNESS', 'numb*', 'numbness'],
    ['Swelling; swollen', 'swell*', 'swelling'],
    ['It’s not numb', 'numb*'],
    ['I cant  feel my thumb', "can't feel"],
    ['I can’t feel my thumb', "can't feel"],
    ['I cаn’t… I can`t feel it', "can't feel"],
    ['pins, and needles!', 'pins and needles'],
    ['pins\nand\tneedles', 'pins and needles'],
    ['self-harm', 'self harm*'],
    ['nu\u200bmb', 'numb*'],
    ['Es ist gefühllos', 'gefuhllos'],
    ['Der Finger ist GEFÜHLLOS', 'gefühllos'],
    ['GRÖSSE', 'größe'],
    ['Το δάχτυλο ΜΟΎΔΙΑΣΕ', 'μουδιασε'],
    ['يدي خَدِرة', 'خدرة'],
    ['指がしびれています', 'しびれ'],
    ['นิ้วชาและซีด', 'ชา'],
    ['손가락이 저려요', '저려요'],
  ])(
    'are found whatever case, accents and signs they are written with: %s',
    (text, entry, word = entry.replace('*', '')) => {
      expect(found(text, entry)).toEqual([word]);
    },
  );

  it.each([
    ['The number of the clinic', 'numb'],
    ['opus', 'pus'],
    ['popped corn is fine, unpopped too', 'opped'],
    ['bend, but I can', "can't bend"],
    ['', 'numb*'],
    ['***', 'numb*'],
  ])('are no part of another word, and in one row: %s', (text, entry) => {
    expect(found(text, entry)).toEqual([]);
  });

  it('of self-harm are apart, and those by which people say that they hurt a hand are none of them', () => {
    const { crisis } = findAlarms('I don’t want to live like this, I might kill myself', DEFAULT_ALARM_WORDS);
    expect(crisis).toEqual(['kill myself', "don't want to live"]);
    for (const text of ['I hurt myself at work', 'I cut myself with a knife', 'I could have died laughing'])
      expect(findAlarms(text, DEFAULT_ALARM_WORDS).crisis, text).toEqual([]);
  });

  it('of the default are valid, and each finds itself', () => {
    expect(alarmWordsSchema.parse(DEFAULT_ALARM_WORDS)).toEqual(DEFAULT_ALARM_WORDS);
    for (const kind of ['alarm', 'crisis'] as const)
      for (const entry of DEFAULT_ALARM_WORDS[kind])
        expect(findAlarms(entry, DEFAULT_ALARM_WORDS)[kind], entry).toContain(entry.replace('*', ''));
  });

  it('are found in whatever stands around them, and asking twice or adding words takes none away', () => {
    const entry = fc.constantFrom(...DEFAULT_ALARM_WORDS.alarm);
    const around = fc.string({ unit: 'grapheme', maxLength: 80 });
    fc.assert(
      fc.property(around, entry, around, (before, one, after) => {
        const text = `${before} ${one.replace('*', '')} ${after}`;
        const seen = findAlarms(text, DEFAULT_ALARM_WORDS).alarm;
        const stem = one.replace('*', '');
        expect(findAlarms(text, words([one])).alarm).toEqual([expect.stringMatching(`^${stem}`)]);
        expect(findAlarms(text.toUpperCase(), words([one])).alarm).toHaveLength(1);
        expect(findAlarms(`${text} more`, DEFAULT_ALARM_WORDS).alarm).toEqual(expect.arrayContaining(seen));
      }),
    );
  });

  it('of a text of any length are answered', () => {
    expect(findAlarms('a'.repeat(1_000_000), DEFAULT_ALARM_WORDS)).toEqual(words([]));
  });
});

describe('what an admin types', () => {
  it('is one entry a line, each once', () => {
    expect(entriesOf('numb*\r\n  pins   and needles \n\nNUMB*\nnumb\n')).toEqual(['numb*', 'pins and needles', 'numb']);
  });

  it.each(['*', 'a', 'n*mb', 'x'.repeat(61), 'nu\u0000mb'])(
    'is refused where it finds everything or nothing: %s',
    (entry) => {
      expect(alarmWordsSchema.safeParse({ ...DEFAULT_ALARM_WORDS, alarm: [entry] }).success).toBe(false);
    },
  );
});
