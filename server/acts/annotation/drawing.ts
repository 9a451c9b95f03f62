import 'server-only';
import type { Body, Db } from '#db/body';
import { listAnnotationOps } from '#db/queries/annotation/surfaces';
import { applyOperations, type CommittedMark, emptyAnnotations, visibleMarks } from '#domain/annotation/state';
import { asStored } from './projection';

type Surface = { surfaceId: string; untilRevision?: number };

/** The marks that stand on a surface after all its operations, or those until a revision; the last one on top. */
export function* readDrawing(d: Db, { surfaceId, untilRevision }: Surface): Body<readonly CommittedMark[]> {
  const all = yield* listAnnotationOps(d, { surfaceId, sinceRevision: 0, limit: Number.MAX_SAFE_INTEGER });
  const rows = all.filter(({ revision }) => untilRevision === undefined || revision <= untilRevision);
  return visibleMarks(applyOperations(emptyAnnotations, rows.map(asStored)));
}
