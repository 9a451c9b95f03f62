import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindOf } from '#domain/contact/kinds';
import { LOOKS, REMINDERS } from '#domain/contact/reminders';
import { MISSED_KINDS } from '#domain/visit/missed';
import { listSources } from '../../lint/house.mjs';

/** What a template may be filled with, by what is written before it. */
const FILLED: Readonly<Record<string, readonly string[]>> = {
  feedback_: ['not_clear', 'it_hurts'],
  visit_: ['booked', 'cancelled', 'moved'],
  visits_: ['booked', 'cancelled'],
  reminder_: REMINDERS,
};

/** Kinds of other things, which stand in the same files: of reminders to come, and of consents. */
const OTHERS: ReadonlySet<string> = new Set(['telehealth', ...REMINDERS, ...LOOKS]);

/** Kinds as they are written beside an insert: whole, by whom they are for, or a beginning that is filled. */
function kindsIn(text: string): string[] {
  const whole = [...text.matchAll(/\bkind: '(\w+)'/g)].map(([, kind = '']) => kind);
  const begun = [...text.matchAll(/\bkind: `(\w+)\$\{/g)].map(([, start = '']) => start);
  const chosen = [...text.matchAll(/(?:\[\w+, |\.set\(\w+, )'(\w+)'/g)].map(([, kind = '']) => kind);
  const either = [...text.matchAll(/\bkind = \w+ \? '(\w+)' : '(\w+)'/g)].flatMap(([, one = '', other = '']) => [
    one,
    other,
  ]);
  // Of those that a function is given, the type says which.
  const given = [...text.matchAll(/\btype \w+Did = ([^;]+);/g)].flatMap(([, said = '']) =>
    [...said.matchAll(/'(\w+)'/g)].map(([, kind = '']) => kind),
  );
  return [
    ...given,
    ...whole.filter((kind) => !OTHERS.has(kind)),
    ...chosen,
    ...either,
    ...begun.flatMap((start) => (FILLED[start] ?? ['?']).map((end) => start + end)),
  ];
}

const sources = listSources('.').filter((file: string) => /^server\//.test(file) && !/\.test\.ts$/.test(file));
const inserting = sources
  .map((file: string) => ({ file, text: readFileSync(file, 'utf8') }))
  .filter(({ text }) => /\binsertNotice\(d,/.test(text));

describe('every notice that is ever written', () => {
  it('is looked for where they are written', () => {
    expect(inserting.length).toBeGreaterThan(8);
  });

  it('where their kinds stand elsewhere, knows those too', () => {
    for (const kind of MISSED_KINDS) expect(kindOf(kind), kind).not.toBeNull();
  });

  it.each(inserting)('$file: is of a kind that says how it leaves the app', ({ file, text }) => {
    const kinds = kindsIn(text);
    expect(kinds.length, `${file} names no kind`).toBeGreaterThan(0);
    for (const kind of kinds)
      expect(kindOf(kind), `${file}: ${kind} is missing in domain/contact/kinds.ts`).not.toBeNull();
  });
});
