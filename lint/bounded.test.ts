import { describe, expect, it } from 'vitest';
import { unboundedReads } from './bounded.mjs';

const FILE = 'db/queries/people/x.ts';
const select = 'd.select().from(patients).where(eq(patients.clinicId, clinicId))';

describe('a query of many rows has a limit or says what bounds it', () => {
  it.each([
    ['neither', `export function* listX(d: Db) {\n  return yield* q(${select});\n}\n`, [2]],
    ['neither, over several lines', 'const rows = yield* q(\n  d\n    .select()\n    .from(patients),\n);\n', [1]],
    ['each name once', 'return yield* q(d.selectDistinct({ id }).from(patients));\n', [1]],
    ['a reason that stands elsewhere', `// Bounded: one patient.\n\nconst x = 1;\nreturn yield* q(${select});\n`, [4]],
    ['a comment that is no reason', `// All of them.\nreturn yield* q(${select});\n`, [2]],
    ['a reason without words', `// Bounded:\nreturn yield* q(${select});\n`, [2]],
    ['a query made before', `const all = ${select};\nconst rows = yield* q(all);\n`, [2]],
    ['two, of which one is bounded', `const a = yield* q(${select}.limit(2));\nconst b = yield* q(${select});\n`, [2]],
    ['a limit', `return yield* q(${select}.limit(limit));\n`, []],
    ['a limit of the query made before', `const page = ${select}.limit(5);\nconst rows = yield* q(page);\n`, []],
    ['a reason', `// Bounded: one patient.\nreturn yield* q(${select});\n`, []],
    [
      'a reason of two lines',
      `// Bounded: one patient,\n// as a person has two hands.\nreturn yield* q(${select});\n`,
      [],
    ],
    ['a write', 'yield* q(d.insert(patients).values(row));\nyield* q(d.delete(patients).where(x));\n', []],
    ['one row', `return yield* first(${select});\n`, []],
  ])('%s', (_what, code, lines) => {
    expect(unboundedReads(FILE, code)).toEqual(lines);
  });

  it('asks queries only', () => {
    const code = `return yield* q(${select});\n`;
    expect(unboundedReads('server/acts/people/x.ts', code)).toEqual([]);
    expect(unboundedReads('db/queries/people/x.test.ts', code)).toEqual([]);
  });
});
