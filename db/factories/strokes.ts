import 'server-only';
import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Author, OperationEnvelope } from '#domain/annotation/operation';
import { type Body, type Db, q } from '../body';
import { annotationOps, surfaces } from '../schema/annotation';

const CHUNK = 500;

/** A short stroke of the pen on the live picture. */
export function stroke(markId: string, tMs: number, lamport = 1): OperationEnvelope {
  const points = [0.2, 0.4, 0.6].map((x) => ({ x, y: 0.5 }));
  const mark = { kind: 'pen' as const, markId, anchor: { kind: 'live' as const }, aspect: 16 / 9, side: null, points };
  return { v: 1, opId: uuidv7(), lamport, tMs, op: { kind: 'commit', mark } };
}

type Strokes = { surfaceId: string; author: Author; envelopes: readonly OperationEnvelope[]; at: number };

/** The first operations of a surface, stored as a release before this one stores them: nothing is projected. */
export function* makeOperations(d: Db, { surfaceId, author, envelopes, at }: Strokes): Body<void> {
  const rows = envelopes.map((envelope, n) => ({
    surfaceId,
    revision: n + 1,
    opId: envelope.opId,
    authorId: author.authorId,
    authorRole: author.role,
    kind: envelope.op.kind,
    body: envelope,
    tMs: envelope.tMs,
    receivedAt: at,
    addendumAt: null,
  }));
  for (let from = 0; from < rows.length; from += CHUNK)
    yield* q(d.insert(annotationOps).values(rows.slice(from, from + CHUNK)));
  yield* q(d.update(surfaces).set({ revision: rows.length }).where(eq(surfaces.id, surfaceId)));
}

/** A surface whose marks were last projected by a release that kept no account of it. */
export function* forgetProjection(d: Db, { surfaceId }: { surfaceId: string }): Body<void> {
  yield* q(d.update(surfaces).set({ projectedRevision: null }).where(eq(surfaces.id, surfaceId)));
}
