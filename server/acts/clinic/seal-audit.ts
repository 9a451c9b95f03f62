import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '#db/canonical-json';
import {
  type AuditRow,
  findChainHead,
  listChain,
  listUnsealed,
  listUnsealedClinics,
  sealAudit,
} from '#db/queries/clinic/audit';
import { takeLease } from '#db/queries/runtime/leases';
import type { AppProcess } from '#server/runtime/process';

const LEASE_MS = 10_000;
const BATCH = 500;
/** The seal before the first. */
export const GENESIS = '0'.repeat(64);
const HOLDER = randomUUID();

/** What a seal covers: everything of the row that may never change, its number and the seal before it. */
export function auditHash(row: AuditRow, n: number, prev: string): string {
  const { id, clinicId, actorId, sessionId, act, patientId, subjectId, outcome, at, count } = row;
  // Seals of rows that count nothing are as they were before there was a count.
  const counted = count === null ? {} : { count };
  const content = canonicalJson({
    id,
    clinicId,
    actorId,
    sessionId,
    act,
    patientId,
    subjectId,
    outcome,
    at,
    ...counted,
  });
  return createHash('sha256').update(`${prev}|${n}|${content}`).digest('hex');
}

/** Chains new audit rows clinic by clinic. One sealer at a time, by a lease. */
export async function sealAuditTrail(app: AppProcess, nowMs: number): Promise<void> {
  const clinicIds = await app.database.read((d) => listUnsealedClinics(d));
  if (clinicIds.length === 0) return;
  await app.database.write(function* (d) {
    if (!(yield* takeLease(d, { name: 'audit-sealer', holder: HOLDER, nowMs, untilAt: nowMs + LEASE_MS }))) return;
    for (const clinicId of clinicIds) {
      const head = yield* findChainHead(d, { clinicId });
      let n = head?.n ?? 0;
      let prev = head?.hash ?? GENESIS;
      for (const row of yield* listUnsealed(d, { clinicId, limit: BATCH })) {
        n += 1;
        const hash = auditHash(row, n, prev);
        yield* sealAudit(d, { id: row.id, n, prev, hash });
        prev = hash;
      }
    }
  });
}

/** A chain as far as it was walked: `broken` is the number of the first row that does not fit. */
type Walk = { rows: number; broken: number | null };

/** Walks a clinic's chain from its beginning, `limit` rows at a time: sealed rows never change, so pieces fit together. */
export async function verifyAuditChain(app: AppProcess, clinicId: string, limit = BATCH): Promise<Walk> {
  let prev = GENESIS;
  let after = 0;
  for (;;) {
    const piece = { clinicId, after, limit };
    const rows = await app.database.read((d) => listChain(d, piece));
    for (const row of rows) {
      const n = after + 1;
      if (row.n !== n || row.prev !== prev || row.hash !== auditHash(row, n, prev)) return { rows: after, broken: n };
      prev = row.hash;
      after = n;
    }
    if (rows.length < limit) return { rows: after, broken: null };
  }
}
