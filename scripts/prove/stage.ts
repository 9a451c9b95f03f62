import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { POSTGRES } from '../../db/columns';
import { makeInDatabase } from '../../db/factories/database';
import { compareKept, countSittings } from '../../db/factories/kept';
import { makeEmptyPlace } from '../../db/factories/test-database';
import { makeVisit } from '../../db/factories/visits';
import { openVisit } from '../../db/queries/visit/open-visits';
import { upsertParticipant } from '../../db/queries/visit/visits';
import { databaseFaults } from '../../db/soundness';
import { Doors } from '../../e2e/doors';
import { makePair, type Pair } from '../../e2e/fixtures';
import { withProgram } from '../../e2e/prescribed';
import { type ServerOptions, startServer, type TestServer } from '../../e2e/server';
import { sealAuditTrail, verifyAuditChain } from '../../server/acts/clinic/seal-audit';
import { startProcess, stopProcess } from '../../server/runtime/process';
import { ensureBuilt } from '../fresh.mjs';
import type { Cast, Load } from './load';

export type AppStage = { server: TestServer; pair: Pair; cast: Cast; mediaFolder: string };

/** An open visit that the clinician is admitted to, to draw in. */
function openedVisit(server: TestServer, { clinicId, ana, mira }: Pair): Promise<string> {
  return makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const spec = { clinicId, patient: ana, clinicianId: mira.userId, phone: '', timeZone: 'Europe/London' };
      const nowMs = Date.now();
      const visitId = yield* makeVisit(d, { ...spec, startsAt: nowMs, ended: false });
      yield* openVisit(d, { visitId, roomName: visitId.replaceAll('-', ''), nowMs });
      const admitted = { state: 'admitted' as const, admittedBy: mira.userId, admittedAt: nowMs, leftAt: null };
      const person = { waitingAt: nowMs, locationText: null, presentOthers: null };
      const own = { id: uuidv7(), visitId, userId: mira.userId, role: 'clinician' as const };
      yield* upsertParticipant(d, { ...own, ...admitted, ...person });
      return visitId;
    }),
  );
}

/**
 * The built app on an empty store of the engine, with people in it. `admin`: where PostgreSQL's databases are made.
 * `folder`: where its files are; a new one unless named.
 */
export async function onApp<T>(
  admin: string,
  work: (stage: AppStage) => Promise<T>,
  { env = {}, mannerOf }: Pick<ServerOptions, 'env' | 'mannerOf'> = {},
): Promise<T> {
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-prove-'));
  const place = POSTGRES
    ? await makeEmptyPlace(admin)
    : { url: `file:${join(folder, 'clinic.sqlite')}`, drop: async () => {} };
  const mediaFolder = env.MEDIA_DIR ?? join(folder, 'media');
  const server = await startServer({
    withoutLiveKit: true,
    mannerOf,
    env: { DATABASE_URL: place.url, MEDIA_DIR: mediaFolder, REGRASP_LOG: 'error', ...env },
  });
  try {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    const { prescriptions } = await withProgram(server, pair);
    const [prescription] = prescriptions;
    if (!prescription) throw new Error('the program has its exercise');
    const cast = {
      patient: await Doors.of(server, pair.ana.userId),
      clinician: await Doors.of(server, pair.mira.userId),
      prescription,
      visitId: await openedVisit(server, pair),
    };
    return await work({ server, pair, cast, mediaFolder });
  } finally {
    await server.stop();
    await place.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Compared = { acknowledged: number; lost: number; wrong: number; faults: string[] };

/** Everything that was acknowledged against the store, which the app has left: rows, bytes, references, the trail. */
export async function compare({ server, pair, mediaFolder }: AppStage, load: Load): Promise<Compared> {
  const { databaseUrl } = server;
  const { kept, sittings } = await makeInDatabase(databaseUrl, (made) =>
    made.read(function* (d) {
      return { kept: yield* compareKept(d, load.acknowledged), sittings: yield* countSittings(d) };
    }),
  );
  const spoiled = kept.clips.filter(({ id, storageKey }) => {
    if (storageKey === null) return true;
    const bytes = readFileSync(join(mediaFolder, storageKey));
    return createHash('sha256').update(bytes).digest('hex') !== load.acknowledged.clips.get(id);
  });
  const faults = await databaseFaults(databaseUrl);
  // One that came twice is stored once, and the trail says that it came twice.
  if (sittings.stored > sittings.audited)
    faults.push(`${sittings.stored} sittings are stored, the trail says ${sittings.audited}`);
  const app = await startProcess({ ...server.env, MEDIA_DIR: mediaFolder }, process.cwd(), 'guest');
  try {
    await sealAuditTrail(app, Date.now());
    const { broken } = await verifyAuditChain(app, pair.clinicId);
    if (broken !== null) faults.push(`row ${broken} of the trail does not fit`);
  } finally {
    await stopProcess(app);
  }
  faults.push(...load.faults.map(({ kind, status, text }) => `${kind}: ${status} ${text}`));
  return {
    acknowledged: load.count,
    lost: kept.lost + spoiled.length + load.lostPieces,
    wrong: faults.length,
    faults: faults.slice(0, 10),
  };
}
