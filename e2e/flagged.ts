import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { updateEpisode, updatePatient } from '../db/queries/people/patients';
import { insertFlag } from '../db/queries/practice/flags';
import { insertStop } from '../db/queries/practice/stops';
import type { RedFlag } from '../domain/practice/pain-policy';
import { HOUR_MS } from '../domain/time/duration';
import { localDay } from '../domain/time/local-day';
import type { Pair } from './fixtures';
import type { TestServer } from './server';

type Spec = {
  pain?: number | null;
  redFlags?: RedFlag[] | null;
  lineageId?: string | null;
  severity?: 'red' | 'urgent';
};

/** An answer of Ana's of two hours ago as the clinic has it: the flag, and what it stopped. */
export async function withFlag(
  server: Pick<TestServer, 'databaseUrl'>,
  { clinicId, ana }: Pair,
  { pain = null, redFlags = null, lineageId = null, severity = 'urgent' }: Spec,
): Promise<void> {
  const saidAt = Date.now() - 2 * HOUR_MS;
  const rule = redFlags ? 'red_flag' : severity === 'urgent' ? 'urgent_from' : 'red_from';
  const said = { clinicId, patientId: ana.patientId, rule, severity, lineageId, policyVersion: 1, saidAt };
  const flagId = uuidv7();
  const source = { sourceKind: 'log' as const, sourceId: uuidv7(), raisedAt: saidAt };
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      yield* insertFlag(d, { ...said, id: flagId, kind: redFlags?.[0] ?? 'pain', pain, redFlags, ...source });
      yield* insertStop(d, { ...said, id: uuidv7(), flagId, saidOn: localDay(saidAt, 'Europe/London') });
    }),
  );
}

export const PRECAUTIONS = 'No resistance before 8 January';

/** Ana has a number, and something to be careful with. */
export async function withPrecautions(server: Pick<TestServer, 'databaseUrl'>, { clinicId, ana }: Pair): Promise<void> {
  const scope = { clinicId, patientId: ana.patientId };
  const condition = 'Index finger fracture';
  const problem = { title: condition, conditionText: condition, side: 'right' as const };
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      yield* updatePatient(d, scope, { phone: '+44 20 7946 0123' });
      const dated = { injuryOn: null, surgeryOn: null, precautionsText: PRECAUTIONS };
      yield* updateEpisode(d, { ...scope, episodeId: ana.episodeId }, { ...problem, ...dated });
    }),
  );
}
