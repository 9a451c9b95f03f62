import 'server-only';
import { and, asc, count, desc, eq, gt, isNotNull, isNull, lte, max } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { olderThan } from '#db/keyset';
import { accessEvents, auditChecks, auditEvents } from '#db/schema/audit';
import { patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import { MINUTE_MS } from '#domain/time/duration';

export type AuditRow = typeof auditEvents.$inferSelect;

type NewAudit = {
  id: string;
  clinicId: string;
  actorId: string | null;
  sessionId: string | null;
  act: string;
  patientId: string | null;
  subjectId: string | null;
  outcome: 'done' | 'refused';
  /** How many more of the same it stands for. */
  count?: number;
  nowMs: number;
};

/** Appends the audit row of an act; the sealer chains it afterwards. */
export function* insertAudit(d: Db, { nowMs, ...row }: NewAudit): Body<void> {
  yield* q(d.insert(auditEvents).values({ ...row, at: nowMs, n: null, prev: null, hash: null }));
}

export const ACCESS_WINDOW_MS = 5 * MINUTE_MS;

/** One row per actor, patient and policy in five minutes. */
export function* insertAccess(
  d: Db,
  {
    nowMs,
    ...row
  }: {
    id: string;
    clinicId: string;
    actorId: string;
    sessionId: string;
    policy: string;
    patientId: string;
    nowMs: number;
  },
): Body<void> {
  const windowStartsAt = nowMs - (nowMs % ACCESS_WINDOW_MS);
  yield* q(
    d
      .insert(accessEvents)
      .values({ ...row, windowStartsAt, at: nowMs })
      .onConflictDoNothing(),
  );
}

/** Audit rows of a clinic, newest first; `before` continues a page. */
export function* listAudit(
  d: Db,
  { clinicId, before, limit }: { clinicId: string; before: { at: number; id: string } | null; limit: number },
) {
  return yield* q(
    d
      .select({
        id: auditEvents.id,
        at: auditEvents.at,
        act: auditEvents.act,
        outcome: auditEvents.outcome,
        count: auditEvents.count,
        actorName: users.name,
        patientName: patients.name,
        n: auditEvents.n,
        hash: auditEvents.hash,
      })
      .from(auditEvents)
      .leftJoin(users, eq(users.id, auditEvents.actorId))
      .leftJoin(patients, eq(patients.id, auditEvents.patientId))
      .where(and(eq(auditEvents.clinicId, clinicId), olderThan(auditEvents.at, auditEvents.id, before)))
      .orderBy(desc(auditEvents.at), desc(auditEvents.id))
      .limit(limit),
  );
}

/** Clinics that have rows without a seal. */
export function* listUnsealedClinics(d: Db): Body<string[]> {
  // Bounded: the clinics of this store, each once.
  const rows = yield* q(
    d.selectDistinct({ clinicId: auditEvents.clinicId }).from(auditEvents).where(isNull(auditEvents.hash)),
  );
  return rows.map((row) => row.clinicId);
}

/** Rows to seal next, in the order they are chained. */
export function* listUnsealed(d: Db, { clinicId, limit }: { clinicId: string; limit: number }): Body<AuditRow[]> {
  return yield* q(
    d
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.clinicId, clinicId), isNull(auditEvents.hash)))
      .orderBy(asc(auditEvents.id))
      .limit(limit),
  );
}

export function* findChainHead(
  d: Db,
  { clinicId }: { clinicId: string },
): Body<{ n: number; hash: string } | undefined> {
  const row = yield* first(
    d
      .select({ n: auditEvents.n, hash: auditEvents.hash })
      .from(auditEvents)
      .where(and(eq(auditEvents.clinicId, clinicId), isNotNull(auditEvents.n)))
      .orderBy(desc(auditEvents.n))
      .limit(1),
  );
  return row?.n != null && row.hash !== null ? { n: row.n, hash: row.hash } : undefined;
}

/** A piece of a clinic's chain: what follows number `after`. */
export function* listChain(
  d: Db,
  { clinicId, after, limit }: { clinicId: string; after: number; limit: number },
): Body<AuditRow[]> {
  return yield* q(
    d
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.clinicId, clinicId), gt(auditEvents.n, after)))
      .orderBy(asc(auditEvents.n))
      .limit(limit),
  );
}

export type AuditCheck = typeof auditChecks.$inferSelect;

export function* findAuditCheck(d: Db, { clinicId }: { clinicId: string }): Body<AuditCheck | undefined> {
  return yield* first(d.select().from(auditChecks).where(eq(auditChecks.clinicId, clinicId)));
}

/** Keeps how far a chain was looked through, if it is still where this look went on from; false where it is not. */
export function* saveAuditCheck(
  d: Db,
  { from, beganAt, check }: { from: number; beganAt: number; check: AuditCheck },
): Body<boolean> {
  const { clinicId, ...found } = check;
  const kept = yield* q(
    d
      .insert(auditChecks)
      .values(check)
      .onConflictDoUpdate({
        target: auditChecks.clinicId,
        set: found,
        setWhere: and(eq(auditChecks.upTo, from), eq(auditChecks.beganAt, beganAt)),
      })
      .returning({ clinicId: auditChecks.clinicId }),
  );
  return kept.length === 1;
}

/** How many clinics' chains have a row that does not fit. */
export function* countBrokenChains(d: Db): Body<number> {
  const row = yield* first(d.select({ n: count() }).from(auditChecks).where(isNotNull(auditChecks.brokenN)));
  return row?.n ?? 0;
}

/** When the latest act of the store was done, by the clock that it was done by; null = none yet. */
export function* findLatestAct(d: Db): Body<number | null> {
  const row = yield* first(d.select({ at: max(auditEvents.at) }).from(auditEvents));
  return row?.at ?? null;
}

export function* sealAudit(
  d: Db,
  { id, n, prev, hash }: { id: string; n: number; prev: string; hash: string },
): Body<void> {
  yield* q(
    d
      .update(auditEvents)
      .set({ n, prev, hash })
      .where(and(eq(auditEvents.id, id), isNull(auditEvents.hash))),
  );
}

/** How many audit rows have waited for their seal since before this instant. */
export function* countUnsealedBefore(d: Db, { beforeMs }: { beforeMs: number }): Body<number> {
  const row = yield* first(
    d
      .select({ n: count() })
      .from(auditEvents)
      .where(and(isNull(auditEvents.hash), lte(auditEvents.at, beforeMs))),
  );
  return row?.n ?? 0;
}
