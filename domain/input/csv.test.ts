import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';

/** As a spreadsheet reads it. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('CSV', () => {
  it('quotes what would end a cell', () => {
    expect(
      toCsv([
        ['a', 'b, c'],
        ['say "x"', 'one\ntwo'],
      ]),
    ).toBe('a,"b, c"\r\n"say ""x""","one\ntwo"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@sum', ' =1', '\t=1', '|cmd'])('makes no formula of %j', (text) => {
    expect(parse(toCsv([[text]]))[0]?.[0]).toBe(`'${text}`);
  });

  it('leaves numbers and nothing as they are', () => {
    expect(toCsv([[-3, null, 0]])).toBe('-3,,0\r\n');
  });

  it('comes back as it was, less the guard, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const back = parse(toCsv(rows)).map((row) =>
          row.map((text) => (/^'[\s]*[=+\-@|\t\r]/.test(text) ? text.slice(1) : text)),
        );
        const plain = rows.map((row) => row.map((text) => (/^'[\s]*[=+\-@|\t\r]/.test(text) ? text.slice(1) : text)));
        expect(back).toEqual(plain);
      }),
    );
  });
});
