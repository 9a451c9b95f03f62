import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '../db/body';
import { makeClinic, makePatient } from '../db/factories/people';
import { stroke } from '../db/factories/strokes';
import { type Database, openDatabase } from '../db/open';
import { insertSurface } from '../db/queries/annotation/surfaces';
import { appendOperation } from '../server/acts/annotation/operations';
import { type Spread, spread, timed } from './figures';

/** The number of the next stroke of each surface as measuring begins. */
const NUMBERS = [1, 1000, 5000] as const;
/** Strokes measured on each surface; the first of them warm up what is compiled, prepared and cached. */
const ROUNDS = 250;
const WARM = 50;

/** Stores strokes on a small and two large surfaces in turn, so that a busy machine is as busy for each, and prints their costs. */
async function main(): Promise<void> {
  const database = openDatabase(process.env.DATABASE_URL ?? '');
  const surfaces: { id: string; number: number; costsMs: number[] }[] = [];
  for (const number of NUMBERS) surfaces.push({ id: await makeSurface(database, number - 1), number, costsMs: [] });
  for (let round = 0; round < ROUNDS; round++)
    for (const { id, costsMs } of surfaces)
      costsMs.push(...(await timed(1, () => database.write((d) => append(d, id)))));
  await database.close();
  const costs: Record<string, Spread> = {};
  for (const { number, costsMs } of surfaces) costs[number] = spread(costsMs.slice(WARM));
  process.stdout.write(JSON.stringify(costs));
}

/** A surface that holds so many strokes already. */
async function makeSurface(database: Database, strokes: number): Promise<string> {
  const id = uuidv7();
  await database.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    const { patientId } = yield* makePatient(d, { clinicId, name: 'Ana Duarte' });
    yield* insertSurface(d, { id, clinicId, patientId, kind: 'stage' });
    for (let n = 0; n < strokes; n++) yield* append(d, id);
  });
  return id;
}

function* append(d: Db, surfaceId: string): Body<void> {
  const envelope = stroke(uuidv7(), Date.now());
  const work = { nowMs: Date.now() } as Parameters<typeof appendOperation>[1];
  const by = { authorId: 'a-clinician', role: 'clinician' as const };
  yield* appendOperation(d, work, { surfaceId, ...by, envelope, addendumAt: null });
}

await main();
