import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { type MadeProgram, makeProgram, type PrescriptionSpec } from '../db/factories/program';
import { makeVisit } from '../db/factories/visits';
import type { Pair, People } from './fixtures';
import type { TestServer } from './server';

/** Two visits of Ana with Mira: one planned for now, one held yesterday. */
export async function withVisits(server: Pick<TestServer, 'databaseUrl'>, pair: Pair) {
  const { clinicId, ana: patient, mira } = pair;
  const of = { clinicId, patient, clinicianId: mira.userId, phone: '+44 20 7946 0100', timeZone: 'Europe/London' };
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const visitId = yield* makeVisit(d, { ...of, startsAt: Date.now(), ended: false });
      const held = yield* makeVisit(d, { ...of, startsAt: Date.now() - 86_400_000, ended: true });
      return { visitId, held };
    }),
  );
}

/** A published program for Ana, all of the right hand: full fist and open and tendon glides, unless told otherwise. */
export async function withProgram(
  server: Pick<TestServer, 'databaseUrl'>,
  pair: Pair,
  exercises: readonly (string | PrescriptionSpec)[] = ['full-fist-and-open', 'tendon-glides'],
) {
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      makeProgram(d, {
        clinicId: pair.clinicId,
        patientId: pair.ana.patientId,
        episodeId: pair.ana.episodeId,
        publishedBy: pair.mira.userId,
        exercises: exercises.map((one) => (typeof one === 'string' ? { slug: one } : one)),
        at: Date.now() - 60_000,
        on: '2026-01-01',
      }),
    ),
  );
}

/** Ana with a published program, on her phone. */
export async function onPhone(
  people: People,
  server: Pick<TestServer, 'databaseUrl'>,
  exercises?: readonly (string | PrescriptionSpec)[],
): Promise<{ pair: Pair; ana: Page; program: MadeProgram }> {
  const pair = await people.pair();
  const program = await withProgram(server, pair, exercises);
  return { pair, program, ana: await people.page(pair.ana.userId, { device: 'phone' }) };
}
