import 'server-only';
import { and, desc, eq, inArray, isNotNull, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { markRemovals, marks, surfaces } from '#db/schema/annotation';
import type { PatientScope } from '#db/scope';
import type { Author } from '#domain/annotation/operation';

export type MarkRow = typeof marks.$inferSelect;
type RemovalRow = typeof markRemovals.$inferSelect;

/** Rows of one statement: SQLite binds at most 32,766 values. */
const CHUNK = 500;

type OnSurface = { surfaceId: string };

export function* findMark(
  d: Db,
  { surfaceId, markId }: OnSurface & { markId: string },
): Body<Pick<MarkRow, 'authorId' | 'authorRole' | 'lamport' | 'opId' | 'replaces'> | undefined> {
  return yield* first(
    d
      .select({
        authorId: marks.authorId,
        authorRole: marks.authorRole,
        lamport: marks.lamport,
        opId: marks.opId,
        replaces: marks.replaces,
      })
      .from(marks)
      .where(and(eq(marks.surfaceId, surfaceId), eq(marks.markId, markId))),
  );
}

/** The projection of one mark; the operations stay the truth. */
export function* upsertMark(d: Db, row: MarkRow): Body<void> {
  const { surfaceId: _surface, markId: _mark, ...change } = row;
  yield* q(
    d
      .insert(marks)
      .values(row)
      .onConflictDoUpdate({ target: [marks.surfaceId, marks.markId], set: change }),
  );
}

type Owned = OnSurface & { markId: string; authorId: string };

/** Whether somebody who may has said that this author's mark is to go. */
export function* isRemoved(d: Db, { surfaceId, markId, authorId }: Owned): Body<boolean> {
  const removal = yield* first(
    d
      .select({ markId: markRemovals.markId })
      .from(markRemovals)
      .where(
        and(
          eq(markRemovals.surfaceId, surfaceId),
          eq(markRemovals.markId, markId),
          or(eq(markRemovals.authorRole, 'clinician'), eq(markRemovals.authorId, authorId)),
        ),
      )
      .limit(1),
  );
  return removal !== undefined;
}

/** Whether a mark of somebody who may stands in the place of this author's. */
export function* isReplaced(d: Db, { surfaceId, markId, authorId }: Owned): Body<boolean> {
  const replacement = yield* first(
    d
      .select({ markId: marks.markId })
      .from(marks)
      .where(
        and(
          eq(marks.surfaceId, surfaceId),
          eq(marks.replaces, markId),
          or(eq(marks.authorRole, 'clinician'), eq(marks.authorId, authorId)),
        ),
      )
      .limit(1),
  );
  return replacement !== undefined;
}

export function* setMarkRemoved(
  d: Db,
  { surfaceId, markId, removed }: OnSurface & { markId: string; removed: boolean },
): Body<void> {
  yield* q(
    d
      .update(marks)
      .set({ removed })
      .where(and(eq(marks.surfaceId, surfaceId), eq(marks.markId, markId))),
  );
}

/** Takes away marks: a clinician any, somebody else only their own. */
export function* removeMarks(
  d: Db,
  { surfaceId, markIds, by }: OnSurface & { markIds: readonly string[]; by: Author },
): Body<void> {
  const own = by.role === 'clinician' ? undefined : eq(marks.authorId, by.authorId);
  yield* q(
    d
      .update(marks)
      .set({ removed: true })
      .where(and(eq(marks.surfaceId, surfaceId), inArray(marks.markId, [...markIds]), own)),
  );
}

/** Keeps who said that marks are to go; said twice, it is kept once. */
export function* insertRemovals(d: Db, rows: readonly RemovalRow[]): Body<void> {
  for (let from = 0; from < rows.length; from += CHUNK)
    yield* q(
      d
        .insert(markRemovals)
        .values(rows.slice(from, from + CHUNK))
        .onConflictDoNothing(),
    );
}

/** Puts a projection that was made anew in the place of what stood there. */
export function* replaceProjection(
  d: Db,
  { surfaceId, rows, removals }: OnSurface & { rows: readonly MarkRow[]; removals: readonly RemovalRow[] },
): Body<void> {
  yield* q(d.delete(marks).where(eq(marks.surfaceId, surfaceId)));
  yield* q(d.delete(markRemovals).where(eq(markRemovals.surfaceId, surfaceId)));
  for (let from = 0; from < rows.length; from += CHUNK)
    yield* q(d.insert(marks).values(rows.slice(from, from + CHUNK)));
  yield* insertRemovals(d, removals);
}

export function* setProjectedRevision(d: Db, { surfaceId, revision }: OnSurface & { revision: number }): Body<void> {
  yield* q(d.update(surfaces).set({ projectedRevision: revision }).where(eq(surfaces.id, surfaceId)));
}

/** Measured angles of a patient that stand, newest first. */
export function* listMeasured(
  d: Db,
  { clinicId, patientId, limit }: PatientScope & { limit: number },
): Body<Pick<MarkRow, 'lineageId' | 'joint' | 'digit' | 'side' | 'motion' | 'activity' | 'view'>[]> {
  return yield* q(
    d
      .select({
        lineageId: marks.lineageId,
        joint: marks.joint,
        digit: marks.digit,
        side: marks.side,
        motion: marks.motion,
        activity: marks.activity,
        view: marks.view,
      })
      .from(surfaces)
      .innerJoin(marks, eq(marks.surfaceId, surfaces.id))
      .where(
        and(
          eq(surfaces.clinicId, clinicId),
          eq(surfaces.patientId, patientId),
          isNotNull(marks.joint),
          eq(marks.removed, false),
        ),
      )
      .orderBy(desc(marks.committedAt), desc(marks.markId))
      .limit(limit),
  );
}
