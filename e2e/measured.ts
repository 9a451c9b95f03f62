import { makeInDatabase } from '../db/factories/database';
import { A_JOINT, makeMeasure } from '../db/factories/measures';
import { valueOfTrials } from '../domain/record/measure';
import type { MeasureInput } from '../domain/record/measure-input';
import type { Pair } from './fixtures';
import type { TestServer } from './server';

const DAY_MS = 86_400_000;

/** A measure of so many days ago. */
export type Past = Partial<MeasureInput> & { daysAgo: number };

export const gripOf = (daysAgo: number, trials: number[], change: Partial<MeasureInput> = {}): Past => ({
  daysAgo,
  trials,
  value: valueOfTrials(trials, 'mean'),
  ...change,
});

export const bendOf = (daysAgo: number, value: number, change: Partial<MeasureInput> = {}): Past => ({
  daysAgo,
  ...A_JOINT,
  value,
  ...change,
});

/** Measures of Ana that Mira entered earlier. */
export async function withMeasures(server: Pick<TestServer, 'databaseUrl'>, pair: Pair, past: readonly Past[]) {
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const { clinicId, ana, mira } = pair;
      const of = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId, enteredBy: mira.userId };
      for (const { daysAgo, ...measure } of past)
        yield* makeMeasure(d, { ...of, ...measure, at: Date.now() - daysAgo * DAY_MS });
    }),
  );
}
