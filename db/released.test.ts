import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lostTables, type Migration, OPENABLE_FROM, openableFrom, readReleased, schemaStanding } from './released';

const migration = (when: number): Migration => ({ tag: `${when}_x`, when, hash: `${when}`, statements: [] });
const released = [10, 20, 30].map(migration);

describe('how a database stands to a release', () => {
  it.each([
    ['nothing yet', { newest: null, openableFrom: null }, { kind: 'behind', pending: released }],
    ['an older one', { newest: 20, openableFrom: 10 }, { kind: 'behind', pending: released.slice(2) }],
    ['its own', { newest: 30, openableFrom: 10 }, { kind: 'current' }],
    ['a newer one that it may open', { newest: 40, openableFrom: 30 }, { kind: 'current' }],
    ['a newer one that it may not open', { newest: 40, openableFrom: 40 }, { kind: 'newer' }],
    ['a newer one that says nothing of it', { newest: 40, openableFrom: null }, { kind: 'newer' }],
  ])('%s', (_, applied, standing) => {
    expect(schemaStanding(applied, released)).toEqual(standing);
  });

  it('with the same release never changes what is there, whatever it was', () => {
    fc.assert(
      fc.property(fc.nat(50), (newest) => {
        const standing = schemaStanding({ newest, openableFrom: null }, released);
        if (standing.kind !== 'behind') return;
        expect(standing.pending.every(({ when }) => when > newest)).toBe(true);
        const after = standing.pending.at(-1)?.when ?? newest;
        expect(schemaStanding({ newest: after, openableFrom: null }, released)).toEqual({ kind: 'current' });
      }),
    );
  });
});

describe('rows that a migration loses', () => {
  it.each([
    ['no', { a: 2 }, { a: 2 }, []],
    ['no, where some came', { a: 2 }, { a: 3, b: 1 }, []],
    ['fewer', { a: 2, b: 5 }, { a: 2, b: 4 }, ['b']],
    ['all, with the table', { a: 2 }, {}, ['a']],
    ['none, with an empty table', { a: 0 }, {}, []],
  ])('%s', (_, before, after, lost) => {
    expect(lostTables(before, after, released)).toEqual(lost);
  });
});

/** What the release before would not survive: something is gone, has another name, or must be given. */
function contracts(statement: string): boolean {
  const words = statement.replace(/\s+/g, ' ').toLowerCase();
  if (/\b(drop (table|column)|rename (to|column|`|")|alter column)\b/.test(words)) return true;
  return /alter table .* add .*not null/.test(words) && !/default/.test(words);
}

describe('migrations after the oldest release that may open the schema', () => {
  it.each(['sqlite', 'postgres'])('of %s only expand', (dialect) => {
    const all = readReleased(`db/migrations/${dialect}`);
    const oldest = openableFrom(all);
    expect(all.some(({ tag }) => tag === OPENABLE_FROM)).toBe(true);
    const later = all.filter(({ when }) => when > oldest);
    expect(later.flatMap(({ statements }) => statements.filter(contracts))).toEqual([]);
  });

  it.each([
    ['DROP TABLE `consents`;', true],
    ['ALTER TABLE "media" DROP COLUMN "width";', true],
    ['ALTER TABLE `__new_media` RENAME TO `media`;', true],
    ['ALTER TABLE "media" RENAME COLUMN "a" TO "b";', true],
    ['ALTER TABLE "media" ALTER COLUMN "width" SET NOT NULL;', true],
    ['ALTER TABLE `media` ADD `width` integer NOT NULL;', true],
    ['ALTER TABLE `media` ADD `width` integer DEFAULT 0 NOT NULL;', false],
    ['ALTER TABLE `media` ADD `width` integer;', false],
    ['CREATE TABLE `store` (`id` text PRIMARY KEY NOT NULL);', false],
    ['DROP TRIGGER audit_sealed;', false],
  ])('%s', (statement, is) => {
    expect(contracts(statement)).toBe(is);
  });
});
