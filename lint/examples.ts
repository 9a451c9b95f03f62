/** What each house rule refuses, written once as it must not be written. The normal lint run sees strings only. */
export type Example = { rule: string; file: string; code: string; says: string };

const numbered = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

const UPWARDS = 'Say the folder: #db/, #server/, #domain/, #client/ or #components/.';
const ENTRY_POINTS = 'Proofs and scripts are entry points: nothing imports them.';
const IN_THE_BROWSER = 'client/ and components/ run in the browser: never server/, db/ or app/.';

/** Which folder may import what (README, "The house"). */
export const BORDERS: Example[] = [
  [
    'domain imports React',
    'domain/a.ts',
    "import 'react';",
    'domain/ may import only zod/mini, dequal/lite and domain/',
  ],
  [
    'domain imports a type of the database',
    'domain/b.ts',
    "import type { Db } from '#db/body';\nexport type X = Db;",
    'domain/ may import only zod/mini, dequal/lite and domain/',
  ],
  [
    'domain imports on demand',
    'domain/c.ts',
    "export const x = () => import('#server/env');",
    'domain/ may import only zod/mini, dequal/lite and domain/',
  ],
  [
    'domain imports full zod',
    'domain/d.ts',
    "import 'zod';",
    'domain/ may import only zod/mini, dequal/lite and domain/',
  ],
  ['db imports the web', 'db/a.ts', "import '#server/env';", 'db/ speaks SQL and nothing of the web'],
  [
    'db holds raw SQL outside columns.ts',
    'db/b.ts',
    "import { sql } from 'drizzle-orm';\nexport const x = sql;",
    'only db/columns.ts may hold raw SQL',
  ],
  [
    'db matches by pattern',
    'db/c.ts',
    "import { ilike } from 'drizzle-orm';\nexport const x = ilike;",
    'no query matches by pattern',
  ],
  [
    'server speaks SQL',
    'server/a.ts',
    "import { eq } from 'drizzle-orm';\nexport const x = eq;",
    'SQL lives in db/ only',
  ],
  [
    'server imports what runs in the browser',
    'server/b.ts',
    "import '#client/trpc';",
    'server/ never imports what runs in the browser',
  ],
  ['client imports the database', 'client/a.ts', "import '#db/open';", IN_THE_BROWSER],
  ['client imports a value of the server', 'client/b.ts', "import '#server/routers/app';", IN_THE_BROWSER],
  [
    'client/api/trpc.ts imports more than the type',
    'client/api/trpc.ts',
    "import { appRouter } from '#server/routers/app';\nexport const x = appRouter;",
    'Only the type AppRouter, and only in client/api/trpc.ts.',
  ],
  ['client imports markup', 'client/c.ts', "import '#components/mark';", 'client/ is plumbing without markup'],
  ['components import the server', 'components/a.tsx', "import '#server/env';", IN_THE_BROWSER],
  ['components speak SQL', 'components/b.tsx', "import 'better-sqlite3';", 'SQL lives in db/ only'],
  [
    'a screen imports the database',
    'app/a.tsx',
    "import '#db/open';",
    'Screens and doors ask procedures; SQL lives in db/.',
  ],
  [
    'a root file imports the database',
    'proxy.ts',
    "import './db/open';",
    'Screens and doors ask procedures; SQL lives in db/.',
  ],
  ['a proof imports a component', 'e2e/a.ts', "import '../components/mark';", 'Proofs see the product from outside'],
  ['a benchmark imports the client', 'bench/a.ts', "import '../client/trpc';", 'Proofs see the product from outside'],
  ['the product imports a proof', 'server/c.ts', "import '../e2e/server';", ENTRY_POINTS],
  ['the product imports a script', 'db/d.ts', "import '../scripts/spawn.mjs';", ENTRY_POINTS],
  ...['app/x/y/a.tsx', 'client/x/y/a.ts', 'components/x/y/a.tsx', 'server/x/y/a.ts', 'db/x/y/a.ts'].map((file) => [
    `${file.split('/')[0]} climbs two folders`,
    file,
    "import '../../domain/dose';",
    UPWARDS,
  ]),
].map(([rule = '', file = '', code = '', says = '']) => ({ rule, file, code, says }));

/** What code must not do, wherever it stands. */
export const STYLE: Example[] = [
  ['text in JSX', 'components/c.tsx', 'export const X = () => <p>Your hand</p>;', 'noJsxLiterals'],
  ['text in the JSX of a screen', 'app/b.tsx', 'export const X = () => <p>Your hand</p>;', 'noJsxLiterals'],
  ['any', 'server/d.ts', 'export const x = (y: any) => y;', 'noExplicitAny'],
  ['an exclamation mark', 'server/e.ts', 'export const x = (y: string | null) => y!.length;', 'noNonNullAssertion'],
  [
    'a suppression without a reason',
    'server/f.ts',
    '// biome-ignore lint/suspicious/noExplicitAny\nexport const x = (y: any) => y;',
    'suppression',
  ],
  ['a file of 351 lines', 'server/g.ts', numbered(351, (n) => `export const x${n} = ${n};`), 'noExcessiveLinesPerFile'],
  ['a spec of 501 lines', 'e2e/b.ts', numbered(501, (n) => `export const x${n} = ${n};`), 'noExcessiveLinesPerFile'],
  [
    'a skipped test',
    'server/g.test.ts',
    "import { it } from 'vitest';\nit.skip('x', () => undefined);",
    'noSkippedTests',
  ],
  [
    'a focused test',
    'server/h.test.ts',
    "import { it } from 'vitest';\nit.only('x', () => undefined);",
    'noFocusedTests',
  ],
  ['domain reads the clock', 'domain/e.ts', 'export const x = () => Date.now();', 'domain/ is pure'],
  ['domain makes a date of now', 'domain/f.ts', 'export const x = () => new Date();', 'domain/ is pure'],
  ['domain throws dice', 'domain/g.ts', 'export const x = () => Math.random();', 'domain/ is pure'],
  ['domain makes an id', 'domain/h.ts', 'export const x = () => crypto.randomUUID();', 'domain/ is pure'],
  [
    'domain reads the environment',
    'domain/i.ts',
    'export const x = () => process.env.HOME;',
    'the global variable process',
  ],
  ['domain knows a browser', 'domain/j.ts', 'export const x = () => window.name;', 'the global variable window'],
  ['domain uses a module of Node', 'domain/k.ts', "import 'node:fs';", 'noNodejsModules'],
  [
    'a query that nobody runs',
    'db/e.ts',
    'export function* x(d: unknown) {\n  insertRow(d, 1);\n  yield 1;\n}\ndeclare function insertRow(d: unknown, n: number): unknown;',
    'Nothing runs on its own',
  ],
  [
    'a lock on a row',
    'db/f.ts',
    "export const x = (y: { for(lock: string): unknown }) => y.for('update');",
    'SQLite has no row locks',
  ],
].map(([rule = '', file = '', code = '', says = '']) => ({ rule, file, code, says }));

/** What needs types, or the graph of imports. */
export const TYPES: Example[] = [
  [
    'a promise that nobody waits for',
    'server/i.ts',
    'export const x = () => {\n  Promise.resolve(1);\n};',
    'no-floating-promises',
  ],
  [
    'a query that nobody waits for',
    'server/j.ts',
    'declare function ask(): PromiseLike<number>;\nexport const x = () => {\n  ask();\n};',
    'no-floating-promises',
  ],
  [
    'a promise as a condition',
    'server/k.ts',
    'export const x = () => (Promise.resolve(false) ? 1 : 2);',
    'no-misused-promises',
  ],
  ['waiting for what is no promise', 'server/l.ts', 'export const x = async () => await 1;', 'await-thenable'],
  ['a silenced type', 'server/m.ts', "// @ts-ignore\nexport const x: number = 'x';", 'ban-ts-comment'],
  ['a circle of imports', 'server/n.ts', "import { y } from './o';\nexport const x = () => y();", 'no-cycle'],
  [
    'a circle of imports, seen from its other end',
    'server/o.ts',
    "import { x } from './n';\nexport const y = (): unknown => x();",
    'no-cycle',
  ],
  ['a circle of types', 'server/r.ts', "import type { Y } from './s';\nexport type X = { y: Y | null };", 'no-cycle'],
  [
    'a circle of types, seen from its other end',
    'server/s.ts',
    "import type { X } from './r';\nexport type Y = { x: X | null };",
    'no-cycle',
  ],
  [
    'a function of 61 lines',
    'server/p.ts',
    `export function x() {\n${numbered(60, (n) => `  let y${n} = ${n};\n`.trimEnd())}\n}`,
    'max-lines-per-function',
  ],
  [
    'a component of 121 lines',
    'components/d.tsx',
    `export function X() {\n  return (\n    <ul>\n${numbered(120, () => '      <li />')}\n    </ul>\n  );\n}`,
    'max-lines-per-function',
  ],
].map(([rule = '', file = '', code = '', says = '']) => ({ rule, file, code, says }));

/** What is about whole files (lint/house.mjs). */
export const FILES: Example[] = [
  [
    'a file of the server that a browser could load',
    'server/q.ts',
    'export const x = 1;',
    'server/q.ts begins with import "server-only"',
  ],
  [
    'a query that a browser could load',
    'db/queries/q.ts',
    "import '../body';\nimport 'server-only';",
    'db/queries/q.ts begins with import "server-only"',
  ],
  [
    'a client component that imports the server',
    'app/c.tsx',
    "'use client';\nimport { x } from '#server/q';\nexport const y = x;",
    'app/c.tsx is a client component',
  ],
  [
    'LiveKit past its bundle',
    'client/visit/s.ts',
    "import { Room } from './livekit';\nexport const x = Room;",
    'client/visit/s.ts imports LiveKit by another name',
  ],
  [
    'a method that old phones do not have',
    'domain/o.ts',
    'export const x = [2, 1].toSorted();',
    'domain/o.ts calls what phones of before 2022 (iOS 15.3) do not have',
  ],
  ['a server action', 'app/d.ts', "'use server';\nexport async function x() {}", 'app/d.ts makes a server action'],
  [
    'a source outside the repository',
    'domain/t.ts',
    '/** Amber from 4 (facts/pain.md §2). */\nexport const x = 4;',
    'domain/t.ts names a document that is not in this repository',
  ],
  [
    'a list without an end',
    'db/queries/people/z.ts',
    "import 'server-only';\nexport function* listZ(d: Db) {\n  return yield* q(d.select().from(z));\n}",
    'db/queries/people/z.ts:3 reads many rows without a limit',
  ],
  ['a file without a name', 'client/utils.ts', 'export const x = 1;', 'client/utils.ts has a name that says nothing'],
  [
    'a visit that imports the review desk',
    'client/visit/q.ts',
    "import '#client/review/use-board';",
    'client/visit/q.ts crosses a border of subjects: client/visit → client/review',
  ],
  [
    'a border crossed by a type',
    'domain/annotation/q.ts',
    "import type { Log } from '#domain/practice/log';\nexport type X = Log;",
    'domain/annotation/q.ts crosses a border of subjects: domain/annotation → domain/practice',
  ],
  [
    'a border crossed by a path upwards, on demand',
    'server/acts/practice/q.ts',
    "import 'server-only';\n\nexport const x = () => import('../review/publish');",
    'server/acts/practice/q.ts crosses a border of subjects: server/acts/practice → server/acts/review',
  ],
  [
    'ground that stands on a subject',
    'client/device/q.ts',
    "import '#client/practice/day-pack';",
    'client/device/q.ts crosses a border of subjects: client/device → client/practice',
  ],
  [
    'a component that works with the plumbing of another subject',
    'components/visit/q.tsx',
    "import '#client/check-in/draft';",
    'components/visit/q.tsx crosses a border of subjects: components/visit → client/check-in',
  ],
  [
    'an act that imports a router',
    'server/acts/visit/r.ts',
    "import 'server-only';\nimport '#server/routers/visit/visits';",
    'server/acts/visit/r.ts points back to server/routers/visit/visits',
  ],
  [
    'a part of the runtime that knows an act',
    'server/runtime/r.ts',
    "import 'server-only';\nimport '#server/acts/practice/pain';",
    'server/runtime/r.ts points back to server/acts/practice/pain',
  ],
  [
    'a number dialled as it stands',
    'components/practice/q.tsx',
    "export const X = ({ phone }: { phone: string }) => <a href={'tel:' + phone}>{phone}</a>;",
    'components/practice/q.tsx makes a tel: address',
  ],
  [
    'a time without a word of its zone',
    'components/practice/t.tsx',
    'export const x = (format: { dateTime(at: number): string }) => format.dateTime(0);',
    'components/practice/t.tsx writes a time by itself',
  ],
  [
    'a name that turns a sentence round',
    'components/practice/s.tsx',
    "import { useTranslations } from 'next-intl';\n\nexport const x = useTranslations;",
    'components/practice/s.tsx says names without their direction',
  ],
  [
    'half a name',
    'components/practice/h.tsx',
    "export const x = (name: string) => name.split(' ')[0];",
    'components/practice/h.tsx calls a person by a part of their name',
  ],
  [
    'a clock that may be wrong',
    'client/practice/n.ts',
    'export const x = () => Date.now();',
    'client/practice/n.ts asks this device what time it is',
  ],
  ['a barrel', 'domain/index.ts', "export * from './dose';", 'domain/index.ts has a name that says nothing'],
].map(([rule = '', file = '', code = '', says = '']) => ({ rule, file, code, says }));
