import 'server-only';
import {
  bigInteger,
  bool,
  enumText,
  epochMs,
  id,
  index,
  integer,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from '../columns';

/** What one draws on. Every stored operation takes the surface's next revision. */
export const surfaces = table(
  'surfaces',
  {
    id: id(),
    clinicId: text('clinic_id').notNull(),
    patientId: text('patient_id').notNull(),
    kind: enumText('kind', ['stage', 'clip']).notNull(),
    visitId: text('visit_id'),
    mediaId: text('media_id'),
    revision: integer('revision').notNull(),
    /** The revision that `marks` stands at; where it is behind, or null, the surface is projected anew. */
    projectedRevision: integer('projected_revision'),
  },
  (t) => [uniqueIndex('surfaces_visit').on(t.visitId), index('surfaces_patient').on(t.patientId)],
);

export const annotationOps = table(
  'annotation_ops',
  {
    surfaceId: text('surface_id')
      .notNull()
      .references(() => surfaces.id),
    revision: integer('revision').notNull(),
    opId: text('op_id').notNull(),
    authorId: text('author_id').notNull(),
    authorRole: enumText('author_role', ['clinician', 'patient', 'observer']).notNull(),
    kind: enumText('kind', ['commit', 'remove', 'stage']).notNull(),
    body: json<unknown>('body').notNull(),
    tMs: epochMs('t_ms').notNull(),
    receivedAt: epochMs('received_at').notNull(),
    /** When it arrived, where the record was closed by then: it is kept beside the record. */
    addendumAt: epochMs('addendum_at'),
  },
  (t) => [primaryKey({ columns: [t.surfaceId, t.revision] }), uniqueIndex('annotation_ops_op').on(t.opId)],
);

/** Projection of the operations; rebuildable. */
export const marks = table(
  'marks',
  {
    surfaceId: text('surface_id')
      .notNull()
      .references(() => surfaces.id),
    markId: text('mark_id').notNull(),
    authorId: text('author_id').notNull(),
    kind: text('kind').notNull(),
    anchor: text('anchor').notNull(),
    stillId: text('still_id'),
    frameFrom: integer('frame_from'),
    frameTo: integer('frame_to'),
    joint: text('joint'),
    digit: text('digit'),
    side: text('side'),
    motion: text('motion'),
    activity: text('activity'),
    view: text('view'),
    valueDegrees: integer('value_degrees'),
    errorTag: text('error_tag'),
    lineageId: text('lineage_id'),
    committedAt: epochMs('committed_at').notNull(),
    removed: bool('removed').notNull(),
    /** Of the commit that keeps the id. Null in rows of releases before it. */
    authorRole: enumText('author_role', ['clinician', 'patient', 'observer']),
    lamport: bigInteger('lamport'),
    opId: text('op_id'),
    replaces: text('replaces'),
  },
  (t) => [
    primaryKey({ columns: [t.surfaceId, t.markId] }),
    index('marks_lineage').on(t.lineageId),
    index('marks_replaces').on(t.surfaceId, t.replaces, t.authorRole),
  ],
);

/** Who said that a mark is to go, whether it is there yet or not. Projection like `marks`. */
export const markRemovals = table(
  'mark_removals',
  {
    surfaceId: text('surface_id')
      .notNull()
      .references(() => surfaces.id),
    markId: text('mark_id').notNull(),
    authorId: text('author_id').notNull(),
    authorRole: enumText('author_role', ['clinician', 'patient', 'observer']).notNull(),
  },
  (t) => [primaryKey({ columns: [t.surfaceId, t.markId, t.authorId, t.authorRole] })],
);
