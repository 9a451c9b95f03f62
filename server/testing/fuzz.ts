import 'server-only';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { listKnownIds } from '#db/factories/known-ids';
import { appRouter } from '#server/routers/app';
import { ACTORS, type ActorName, World } from './access-world';
import type { TestApp } from './application';

/** What is read of a schema: its kind, and what it is made of. */
type Def = {
  type: string;
  format?: string;
  shape?: Record<string, Schema>;
  element?: Schema;
  innerType?: Schema;
  options?: Schema[];
  items?: Schema[];
  entries?: Record<string, string>;
  values?: unknown[];
};
type Schema = { _zod: { def: Def } };
type Procedure = { _def: { inputs?: Schema[] } };

const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
/** Streams go on for as long as somebody listens; the others work with what is outside the process. */
const LEFT_OUT = new Set(['live.events']);

/** What an answer may be, besides yes. Anything else is a fault of ours. */
const REFUSALS = new Set([
  ...['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'TOO_MANY_REQUESTS'],
  ...['PAYLOAD_TOO_LARGE', 'SERVICE_UNAVAILABLE'],
]);

const TEXTS = ['A few words that are long enough', 'Ana Duarte', '2026-11-29', 'Europe/London', 'ana@example.org'];
const MORE_TEXTS = ['', ' ', 'x', '1900-02-30', '+44 20 7946 0100', '999', 'a'.repeat(64), 'z'.repeat(43)];
const ODD_TEXTS = [
  '\0',
  '\ud800',
  '__proto__',
  "'; drop table patients; --",
  '%',
  '_',
  '\u202e',
  'İ',
  'x'.repeat(5000),
];
const NUMBERS = [0, 1, 2, 10, -1, 0.5, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1), 1e308, Number.NaN, 946_684_800_000];
const ODD = [null, undefined, '', 0, [], {}, true, { id: 1 }, 'null'];

type Known = Readonly<Record<string, readonly string[]>>;

/** Values of a schema as a client would send them: mostly right, with ids that are there, and now and then anything. */
function valuesOf(schema: Schema, name: string, known: Known, nowMs: number): fc.Arbitrary<unknown> {
  const usual = usualOf(schema._zod.def, name, known, nowMs);
  return fc.oneof({ weight: 120, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...ODD) });
}

function usualOf(def: Def, name: string, known: Known, nowMs: number): fc.Arbitrary<unknown> {
  const inner = (schema: Schema | undefined, under = name) =>
    schema ? valuesOf(schema, under, known, nowMs) : fc.constant(null);
  switch (def.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(def.shape ?? {}).map(([key, value]) => [key, inner(value, key)])),
      );
    case 'array':
      return fc.array(inner(def.element), { maxLength: 4 });
    case 'tuple':
      return fc.tuple(...(def.items ?? []).map((item) => inner(item)));
    case 'union':
      return fc.oneof(...(def.options ?? []).map((option) => inner(option)));
    case 'nullable':
      return fc.oneof(inner(def.innerType), fc.constant(null));
    case 'optional':
      return fc.oneof(inner(def.innerType), fc.constant(undefined));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(def.values ?? []));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return numberOf(name, nowMs);
    default:
      return textOf(def, known[name] ?? []);
  }
}

/** By its name a time, or any other quantity. */
function numberOf(name: string, nowMs: number): fc.Arbitrary<number> {
  const usual = /(At|Ms)$/.test(name) ? fc.integer({ min: -1000, max: 1000 }).map((ms) => nowMs + ms) : null;
  const small = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0, max: 1 }));
  return fc.oneof(
    { weight: 10, arbitrary: usual ?? small },
    { weight: 1, arbitrary: fc.constantFrom(...NUMBERS, nowMs) },
  );
}

function textOf(def: Def, ids: readonly string[]): fc.Arbitrary<string> {
  const fresh = fc.constant(null).map(() => uuidv7());
  if (def.format === 'uuid' || ids.length > 0)
    return ids.length === 0 ? fresh : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...ids) }, fresh);
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 4, arbitrary: fc.constantFrom(...MORE_TEXTS) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  );
}

/** `answeredBy`: procedures that said yes to somebody. */
type Fuzzed = { tried: number; answered: number; refused: number; faults: string[]; answeredBy: string[] };

/** Calls procedures as people at random, with inputs at random; a fault names the procedure and what was sent. */
export async function fuzz(test: TestApp, { runs, seed }: { runs: number; seed: number }): Promise<Fuzzed> {
  const world = await World.make(test);
  await world.visit();
  for (const actor of ['clinician', 'patient'] as const) await world.claimed(actor);
  await world.flag();
  const known = await test.app.database.read((d) => listKnownIds(d));
  const procedures = PROCEDURES.filter(([name]) => !LEFT_OUT.has(name)).map(([name, { _def }]) => {
    const [schema] = _def.inputs ?? [];
    return { name, values: schema ? valuesOf(schema, '', known, test.clock.nowMs) : fc.constant(undefined) };
  });
  // Those who may do most of what there is, and then everybody.
  const anybody = fc.oneof(fc.constantFrom<ActorName>('clinician', 'patient', 'admin'), fc.constantFrom(...ACTORS));
  const call = fc
    .constantFrom(...procedures)
    .chain(({ name, values }) => fc.record({ name: fc.constant(name), input: values, actor: anybody }));
  const fuzzed: Fuzzed = { tried: 0, answered: 0, refused: 0, faults: [], answeredBy: [] };
  for (const { name, input, actor } of fc.sample(call, { numRuns: runs, seed })) {
    fuzzed.tried++;
    const refusal = await callAs(test, world.users[actor], name, input);
    if (refusal === null) {
      fuzzed.answered++;
      fuzzed.answeredBy.push(name);
    } else if (REFUSALS.has(refusal.code)) fuzzed.refused++;
    else fuzzed.faults.push(`${name} as ${actor}: ${refusal.code} ${refusal.message}, ${JSON.stringify(input)}`);
  }
  await Promise.allSettled([...test.app.pending]);
  return fuzzed;
}

type Callers = Record<string, Record<string, (input: unknown) => Promise<unknown>>>;

async function callAs(test: TestApp, userId: string | null, name: string, input: unknown) {
  const caller = (await test.as(userId)) as unknown as Callers;
  const [noun = '', verb = ''] = name.split('.');
  try {
    await caller[noun]?.[verb]?.(input);
    return null;
  } catch (error) {
    const { code = '', message = '', cause } = error as { code?: string; message?: string; cause?: unknown };
    return { code, message: cause instanceof Error ? cause.message.slice(0, 300) : message.slice(0, 300) };
  }
}
