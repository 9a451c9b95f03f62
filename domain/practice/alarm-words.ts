import * as z from 'zod/mini';

/** A word, or words in a row; `*` at its end stands for any ending ("numb*" finds "numbness"). */
const entrySchema = z.string().check(z.trim(), z.minLength(2), z.maxLength(60), z.regex(/^[^*\p{Cc}]+\*?$/u));
const entriesSchema = z.array(entrySchema).check(z.maxLength(200));

/**
 * The words in a patient's message at which the number to ring is shown at once. A clinic writes them in its languages,
 * one list for all. `crisis` are words of self-harm, beside which `crisisText` stands; null = the text that Regrasp has
 * in the reader's language. `version` is counted on at each change.
 */
export const alarmWordsSchema = z.object({
  version: z.int().check(z.minimum(1)),
  alarm: entriesSchema,
  crisis: entriesSchema,
  crisisText: z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(1000))),
});
export type AlarmWords = z.infer<typeof alarmWordsSchema>;

/** What was found in a text. Neither is a finding: words are pointed at, never weighed. */
export type AlarmsFound = { alarm: string[]; crisis: string[] };

/**
 * Editable defaults in English, not recommendations: the everyday words for the signs after which hand units tell people to
 * get in touch the same day (repair that gives way, infection, dressing or splint too tight, loss of blood supply or
 * feeling) and for the emergencies that `RED_FLAG_QUESTIONS` names. A message without one of them is not called harmless.
 */
export const DEFAULT_ALARM_WORDS: AlarmWords = {
  version: 1,
  alarm: [
    ...['numb*', 'tingl*', 'pins and needles', 'no feeling', "can't feel", 'cannot feel', 'dead finger*'],
    ...[
      'blue finger*',
      'turned blue',
      'gone blue',
      'white finger*',
      'turned white',
      'gone white',
      'cold finger*',
      'gone cold',
    ],
    ...[
      'too tight',
      'swollen',
      'swell*',
      'red streak*',
      'very red',
      'hot to touch',
      'pus',
      'ooz*',
      'infect*',
      'fever*',
      'smell*',
    ],
    ...[
      'bleed*',
      'burst*',
      'wound open*',
      'stitches open',
      'stitch open',
      'snap*',
      'popped',
      'ruptur*',
      'torn',
      'ripped',
    ],
    ...["can't bend", 'cannot bend', "won't bend", "can't straighten", 'cannot straighten', "won't straighten"],
    ...["can't move", 'cannot move', "won't move", 'unbearable', 'worst pain', 'burning pain'],
    ...['chest pain*', "can't breathe", 'cannot breathe', 'short of breath', 'face droop*', 'slurred', 'stroke'],
  ],
  crisis: [
    ...['suicid*', 'kill myself', 'killing myself', 'end my life', 'ending my life', 'take my life', 'taking my life'],
    ...['end it all', 'want to die', 'wanna die', 'wish i was dead', 'wish i were dead', 'better off dead'],
    ...[
      'harm myself',
      'harming myself',
      'self harm*',
      'no reason to live',
      "don't want to live",
      'do not want to live',
    ],
  ],
  crisisText: null,
};

/** Scripts that put no spaces between words: there a word is found wherever its letters stand. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Letters and digits alone, without case, accents, apostrophes and signs that nobody sees; one space between words. */
function folded(text: string): string {
  const plain = text.normalize('NFKD').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return plain
    .replace(/[\p{M}\p{Cf}'’‘ʼ`´]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What of an entry stands in a text: with the ending that it has there. Null where it does not. */
function foundOf(text: string, entry: string): string | null {
  const words = folded(entry);
  if (words === '') return null;
  if (UNSPACED.test(words)) return text.replaceAll(' ', '').includes(words.replaceAll(' ', '')) ? entry : null;
  if (!entry.endsWith('*')) return ` ${text} `.includes(` ${words} `) ? entry : null;
  const at = ` ${text}`.indexOf(` ${words}`);
  if (at < 0) return null;
  const end = text.indexOf(' ', at + words.length);
  return text.slice(at, end < 0 ? undefined : end);
}

/**
 * Which entries stand in a text, in the order of the list: as the list has them, or with the ending that they have in the
 * text. A word is found whatever is said around it ("not numb" has "numb"): what was meant is for a person to read.
 */
export function findAlarms(text: string, { alarm, crisis }: Pick<AlarmWords, 'alarm' | 'crisis'>): AlarmsFound {
  const plain = folded(text);
  const found = (entries: readonly string[]) => [
    ...new Set(entries.map((entry) => foundOf(plain, entry)).filter((word) => word !== null)),
  ];
  return { alarm: found(alarm), crisis: found(crisis) };
}

/** What an admin typed, a word or words in a row on each line; lines that are the same word are one. */
export function entriesOf(typed: string): string[] {
  const entries = new Map<string, string>();
  for (const line of typed.split(/[\r\n]+/)) {
    const entry = line.trim().replace(/\s+/g, ' ');
    const key = folded(entry) + (entry.endsWith('*') ? '*' : '');
    if (entry !== '' && !entries.has(key)) entries.set(key, entry);
  }
  return [...entries.values()];
}
