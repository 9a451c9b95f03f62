import { v7 as uuidv7 } from 'uuid';
import { makeClinic, makePatient } from '../db/factories/people';
import { stroke } from '../db/factories/strokes';
import { type Database, openDatabase } from '../db/open';
import { insertSurface } from '../db/queries/annotation/surfaces';
import { appendOperation } from '../server/acts/annotation/operations';
import { type Spread, spread, timed } from './figures';

const STRETCHES = [1, 1000, 5000] as const;
/** Strokes measured from each of these on. */
const RUNS = 100;

/** Stores strokes one after another, and prints what those at the stretches cost. */
async function main(): Promise<void> {
  const database = openDatabase(process.env.DATABASE_URL ?? '');
  const [warm, surfaceId] = [await makeSurface(database), await makeSurface(database)];
  // Code that runs for the first time is compiled, prepared and cached: that is no cost of the surface.
  await timed(RUNS, () => appendOne(database, warm));
  const append = () => appendOne(database, surfaceId);
  let stored = 0;
  const costs: Record<string, Spread> = {};
  for (const from of STRETCHES) {
    await timed(Math.max(0, from - 1 - stored), append);
    costs[from] = spread(await timed(RUNS, append));
    stored = Math.max(stored, from - 1) + RUNS;
  }
  await database.close();
  process.stdout.write(JSON.stringify(costs));
}

async function makeSurface(database: Database): Promise<string> {
  const id = uuidv7();
  await database.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    const { patientId } = yield* makePatient(d, { clinicId, name: 'Ana Duarte' });
    yield* insertSurface(d, { id, clinicId, patientId, kind: 'stage' });
  });
  return id;
}

async function appendOne(database: Database, surfaceId: string): Promise<void> {
  const envelope = stroke(uuidv7(), Date.now());
  const work = { nowMs: Date.now() } as Parameters<typeof appendOperation>[1];
  await database.write((d) =>
    appendOperation(d, work, { surfaceId, authorId: 'a-clinician', role: 'clinician', envelope, addendumAt: null }),
  );
}

await main();
