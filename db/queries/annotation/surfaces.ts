import 'server-only';
import { and, asc, eq, gt } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { increment } from '#db/columns';
import { annotationOps, surfaces } from '#db/schema/annotation';
import type { PatientScope } from '#db/scope';

type SurfaceRow = typeof surfaces.$inferSelect;
export type AnnotationOpRow = typeof annotationOps.$inferSelect;

export function* insertSurface(
  d: Db,
  row: {
    id: string;
    clinicId: string;
    patientId: string;
    kind: SurfaceRow['kind'];
    visitId?: string;
    mediaId?: string;
  },
): Body<void> {
  yield* q(d.insert(surfaces).values({ ...row, revision: 0, projectedRevision: 0 }));
}

export function* findVisitSurface(
  d: Db,
  { clinicId, patientId, visitId }: PatientScope & { visitId: string },
): Body<SurfaceRow | undefined> {
  return yield* first(
    d
      .select()
      .from(surfaces)
      .where(and(eq(surfaces.visitId, visitId), eq(surfaces.patientId, patientId), eq(surfaces.clinicId, clinicId))),
  );
}

export function* findSurface(
  d: Db,
  { clinicId, patientId, surfaceId }: PatientScope & { surfaceId: string },
): Body<SurfaceRow | undefined> {
  return yield* first(
    d
      .select()
      .from(surfaces)
      .where(and(eq(surfaces.id, surfaceId), eq(surfaces.patientId, patientId), eq(surfaces.clinicId, clinicId))),
  );
}

/** Takes the surface's next revision: one statement, so two writers get two numbers. */
export function* takeRevision(
  d: Db,
  { surfaceId }: { surfaceId: string },
): Body<Pick<SurfaceRow, 'revision' | 'projectedRevision'>> {
  const [row] = yield* q(
    d
      .update(surfaces)
      .set({ revision: increment(surfaces.revision) })
      .where(eq(surfaces.id, surfaceId))
      .returning({ revision: surfaces.revision, projectedRevision: surfaces.projectedRevision }),
  );
  if (!row) throw new Error('the surface is gone');
  return row;
}

export function* findAnnotationOp(d: Db, { opId }: { opId: string }): Body<AnnotationOpRow | undefined> {
  return yield* first(d.select().from(annotationOps).where(eq(annotationOps.opId, opId)));
}

export function* insertAnnotationOp(d: Db, row: AnnotationOpRow): Body<void> {
  yield* q(d.insert(annotationOps).values(row));
}

/** Stored operations of a surface after a revision, in order. */
export function* listAnnotationOps(
  d: Db,
  { surfaceId, sinceRevision, limit }: { surfaceId: string; sinceRevision: number; limit: number },
): Body<AnnotationOpRow[]> {
  return yield* q(
    d
      .select()
      .from(annotationOps)
      .where(and(eq(annotationOps.surfaceId, surfaceId), gt(annotationOps.revision, sinceRevision)))
      .orderBy(asc(annotationOps.revision))
      .limit(limit),
  );
}
