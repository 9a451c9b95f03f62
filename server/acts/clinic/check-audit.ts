import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { type AuditCheck, type AuditRow, findAuditCheck, listChain, saveAuditCheck } from '#db/queries/clinic/audit';
import { listClinics } from '#db/queries/clinic/clinics';
import { insertNotice } from '#db/queries/contact/notices';
import { listAdminUserIds } from '#db/queries/people/emergency';
import { DAY_MS } from '#domain/time/duration';
import type { AppProcess } from '#server/runtime/process';
import { auditHash, GENESIS } from './seal-audit';

/** One piece of a chain; between two pieces the process does other things. */
const PIECE = 500;
export const CHECK_PAUSE_MS = 10_000;
/** A look that has ended begins again a day after it began: rows behind it may be changed at any time. */
const EVERY_MS = DAY_MS;

const NEVER = { upTo: 0, hash: GENESIS, beganAt: 0, wholeAt: null, wholeN: 0, wholeHash: GENESIS, brokenN: null };

/** Looks at the next piece of every clinic's chain that is due. What does not fit is told to the clinic's admins. */
export async function checkAuditTrail(app: AppProcess, nowMs: number, piece = PIECE): Promise<void> {
  for (const { id: clinicId } of await app.database.read((d) => listClinics(d))) {
    const before = (await app.database.read((d) => findAuditCheck(d, { clinicId }))) ?? { clinicId, ...NEVER };
    const isUnderWay = before.upTo > 0;
    if (!isUnderWay && nowMs < before.beganAt + EVERY_MS) continue;
    const from = isUnderWay ? before : { ...before, beganAt: nowMs };
    const asked = { clinicId, after: from.upTo, limit: piece };
    const rows = await app.database.read((d) => listChain(d, asked));
    const after = lookAt(from, rows, { isEnd: rows.length < piece, nowMs });
    const told = await app.database.write((d) => keep(d, { before, after, nowMs }));
    if (after.brokenN !== null && after.brokenN !== before.brokenN)
      app.log.error({ clinicId, n: after.brokenN }, 'a row of the audit trail does not fit');
    app.live.publish(
      told.map((userId) => ({ event: { topic: 'notice', id: clinicId }, clinicId, patientId: null, userId })),
    );
  }
}

/** What is known of the chain after one more piece of it; a look ends at the end of the chain, or where it is broken. */
function lookAt(check: AuditCheck, rows: readonly AuditRow[], { isEnd, nowMs }: { isEnd: boolean; nowMs: number }) {
  const over = { upTo: 0, hash: GENESIS };
  let { upTo, hash } = check;
  for (const row of rows) {
    const n = upTo + 1;
    const isOther = n === check.wholeN && row.hash !== check.wholeHash;
    if (row.n !== n || row.prev !== hash || row.hash !== auditHash(row, n, hash) || isOther)
      return { ...check, ...over, brokenN: n };
    upTo = n;
    hash = row.hash;
  }
  if (!isEnd) return { ...check, upTo, hash };
  if (upTo < check.wholeN) return { ...check, ...over, brokenN: upTo + 1 };
  return { ...check, ...over, wholeAt: nowMs, wholeN: upTo, wholeHash: hash, brokenN: null };
}

type Kept = { before: AuditCheck; after: AuditCheck; nowMs: number };

/** Keeps it, unless another process was faster; returns whom a row that does not fit was told. */
function* keep(d: Db, { before, after, nowMs }: Kept): Body<string[]> {
  if (!(yield* saveAuditCheck(d, { from: before.upTo, beganAt: before.beganAt, check: after }))) return [];
  const { clinicId, brokenN } = after;
  if (brokenN === null || brokenN === before.brokenN) return [];
  const admins = yield* listAdminUserIds(d, { clinicId });
  for (const userId of admins) {
    const eventKey = `audit_broken:${brokenN}:${after.beganAt}`;
    const notice = { clinicId, userId, kind: 'audit_broken', subjectId: clinicId, eventKey };
    yield* insertNotice(d, { id: uuidv7(), ...notice, createdAt: nowMs });
  }
  return admins;
}
