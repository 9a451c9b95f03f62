import { writeFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { listClinics } from '#db/queries/clinic/clinics';
import { databaseFaults } from '#db/soundness';
import { sealAuditTrail, verifyAuditChain } from '#server/acts/clinic/seal-audit';
import { World } from './access-world';
import { openTestApp } from './application';
import { fuzz } from './fuzz';

const test = openTestApp();

/** A world is used up by its own acts: staff end, logins end. */
const RUNS_EACH = 400;
/** `npm run prove -- fuzz` asks for more worlds and other seeds, and for a file with what was found. */
const { PROVE_FUZZ_WORLDS = '1', PROVE_FUZZ_SEED = '11', PROVE_FUZZ_FILE } = process.env;

it('no input of anybody makes a fault of ours, and the store is sound afterwards', {
  timeout: 120_000 * Number(PROVE_FUZZ_WORLDS),
}, async () => {
  const all = { tried: 0, answered: 0, refused: 0, faults: [] as string[] };
  const answeredBy = new Set<string>();
  for (let world = 0; world < Number(PROVE_FUZZ_WORLDS); world++) {
    const found = await fuzz(test, { runs: RUNS_EACH, seed: Number(PROVE_FUZZ_SEED) + world });
    all.tried += found.tried;
    all.answered += found.answered;
    for (const name of found.answeredBy) answeredBy.add(name);
    all.refused += found.refused;
    all.faults.push(...found.faults, ...(await databaseFaults(test.app.database.url)));
  }
  await sealAuditTrail(test.app, Date.now());
  for (const { id } of await test.app.database.read((d) => listClinics(d))) {
    const { broken } = await verifyAuditChain(test.app, id);
    if (broken !== null) all.faults.push(`row ${broken} of the trail of ${id} does not fit`);
  }
  if (PROVE_FUZZ_FILE) writeFileSync(PROVE_FUZZ_FILE, JSON.stringify({ ...all, procedures: answeredBy.size }));
  expect(all.faults).toEqual([]);
  expect(all.answered).toBeGreaterThan(40);
  expect(all.refused).toBeGreaterThan(50);
});

it('what no column can hold is refused, not a fault of ours', async () => {
  const { users } = await World.make(test);
  const clinician = await test.as(users.clinician);
  const revision = 2 ** 31;
  const bad = { code: 'BAD_REQUEST' };
  await expect(clinician.annotations.since({ visitId: uuidv7(), revision })).rejects.toMatchObject(bad);
  await expect(clinician.reviews.operationsSince({ reviewId: uuidv7(), revision })).rejects.toMatchObject(bad);
  const program = { programId: uuidv7(), cursor: revision };
  await expect(clinician.programs.get(program)).rejects.toMatchObject(bad);
  const odd = { search: '\0', cursor: null };
  await expect(clinician.patients.roster(odd)).rejects.toMatchObject(bad);
  await expect(clinician.caseload.mine(odd)).rejects.toMatchObject(bad);
  const admin = await test.as(users.admin);
  const half = '\ud800';
  await expect(admin.records.list({ search: half })).rejects.toMatchObject(bad);
  const after = { name: '\0', id: uuidv7() };
  await expect(admin.records.list({ search: '', cursor: after })).rejects.toMatchObject(bad);
  await expect(admin.audit.reads({ filter: { person: half } })).rejects.toMatchObject(bad);
});
