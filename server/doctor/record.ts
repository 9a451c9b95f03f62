import 'server-only';
import { countUnsealedBefore } from '#db/queries/clinic/audit';
import { listClinics } from '#db/queries/clinic/clinics';
import { findLastBackup } from '#db/queries/runtime/store';
import { databaseFaults } from '#db/soundness';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { verifyAuditChain } from '#server/acts/clinic/seal-audit';
import { isBackupOld } from '#server/runtime/health';
import type { AppProcess } from '#server/runtime/process';
import { type Finding, ok, warning, wrong } from './finding';

/** Pages, indices and references, row by row. */
export async function examineDatabase(app: AppProcess): Promise<Finding[]> {
  const faults = await databaseFaults(app.env.DATABASE_URL);
  if (faults.length === 0) return [ok('database', 'integrity and foreign keys are as they should be')];
  const then = 'Stop the app, leave the database as it is, and restore the last backup into another place.';
  return faults.map((fault) => wrong('database', `${fault}. ${then}`));
}

/** Every clinic's chain from its beginning, in pieces. */
export async function examineAudit(app: AppProcess, nowMs: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  let rows = 0;
  for (const { id } of await app.database.read((d) => listClinics(d))) {
    const walk = await verifyAuditChain(app, id);
    rows += walk.rows;
    if (walk.broken === null) continue;
    const said = `clinic ${id}: row ${walk.broken} of the chain does not fit, so it or one before it was changed. Compare with a backup.`;
    findings.push(wrong('audit', said));
  }
  const waiting = await app.database.read((d) => countUnsealedBefore(d, { beforeMs: nowMs - MINUTE_MS }));
  if (waiting > 0)
    findings.push(warning('audit', `${waiting} rows wait for their seal: does the app run? It seals each second.`));
  return findings.length > 0 ? findings : [ok('audit', `${rows} sealed rows fit together`)];
}

export async function examineBackups(app: AppProcess, nowMs: number): Promise<Finding[]> {
  const last = await app.database.read((d) => findLastBackup(d));
  if (!last) return [warning('backup', 'none was made by npm run admin -- backup. See docs/backup.md.')];
  const hours = Math.round((nowMs - last.madeAt) / HOUR_MS);
  const said = `the last one is ${hours} h old, in ${last.folder}${last.encrypted ? '' : ', not encrypted'}`;
  if (isBackupOld(app, last.madeAt, nowMs))
    return [wrong('backup', `${said}. Make one now, and look why none was made.`)];
  return [ok('backup', said)];
}
