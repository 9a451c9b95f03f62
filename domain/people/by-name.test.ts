import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byName, pageByName } from './by-name';

const people = (...names: string[]) => names.map((name, id) => ({ id: String(id), name }));
const everything = { search: '', after: null, limit: 100 };

describe('people by name', () => {
  it('stand where a person looks for them', () => {
    const { page } = pageByName(
      people('Zoë', 'Özil', 'de Vries', 'abel', 'Olsen', 'Abel', 'Pan', 'Élodie'),
      everything,
    );
    expect(page.map(({ name }) => name)).toEqual(['abel', 'Abel', 'de Vries', 'Élodie', 'Olsen', 'Özil', 'Pan', 'Zoë']);
  });

  it('come in pages, each once and in one order, whatever they are called', () => {
    const name = fc.oneof(
      fc.constantFrom('Ana', 'ana', 'Ána', 'A\u0301na', 'Zoë'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (names, limit) => {
        const all = people(...names);
        const pages: typeof all = [];
        let after: Parameters<typeof pageByName>[1]['after'] = null;
        do {
          const next: ReturnType<typeof pageByName> = pageByName(all, { search: '', after, limit });
          pages.push(...next.page);
          after = next.nextCursor;
        } while (after !== null);
        expect(pages).toEqual([...all].sort(byName));
        expect(pageByName([...all].reverse(), { ...everything }).page).toEqual(pages);
      }),
    );
  });

  it('are those whom the search finds', () => {
    const found = (search: string) =>
      pageByName(people('Élodie', 'E\u0301lodie', 'İpek', 'Ana'), { ...everything, search }).page.map(
        ({ name }) => name,
      );
    expect(found('elodie')).toHaveLength(2);
    expect(found('ipek')).toEqual(['İpek']);
    expect(found('nobody')).toEqual([]);
  });
});
