import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { type Body, type Db, q } from '../body';
import { marks, surfaces } from '../schema/annotation';
import { accessEvents, auditEvents } from '../schema/audit';
import { checkInEvents, checkInMedia, checkIns } from '../schema/check-ins';
import { flags, logSets, logs, practices } from '../schema/logs';
import { assessments, measures, restrictions } from '../schema/measures';
import { media } from '../schema/media';
import { prescriptions, programs, programVersions } from '../schema/programs';
import { reviews } from '../schema/reviews';
import { visitParticipants, visits } from '../schema/visits';

/** In the order in which they may be inserted. */
const TABLES = {
  programs,
  versions: programVersions,
  prescriptions,
  practices,
  logs,
  sets: logSets,
  media,
  checkIns,
  checkInMedia,
  checkInEvents,
  surfaces,
  marks,
  reviews,
  visits,
  participants: visitParticipants,
  flags,
  assessments,
  measures,
  restrictions,
  audit: auditEvents,
  access: accessEvents,
};

type Tables = typeof TABLES;
/** Rows that wait to be inserted, by table. */
export type Rows = { [name in keyof Tables]: Tables[name]['$inferInsert'][] };

export function newRows(): Rows {
  return Object.fromEntries(Object.keys(TABLES).map((name) => [name, []])) as unknown as Rows;
}

/** Rows of one statement; both engines bound the number of values in one. */
const CHUNK = 500;

function* insertAll(d: Db, name: keyof Rows, waiting: readonly Rows[keyof Rows][number][]): Body<void> {
  for (let from = 0; from < waiting.length; from += CHUNK)
    yield* q(d.insert(TABLES[name]).values(waiting.slice(from, from + CHUNK)));
}

/** Version by version, as they come to be: a draft takes prescriptions, what is published takes none. */
function* publishInTurn(d: Db, { versions, prescriptions: prescribed }: Rows): Body<void> {
  const ofThese = inArray(programVersions.programId, [...new Set(versions.map(({ programId }) => programId))]);
  const inState = (state: 'draft' | 'published') => and(ofThese, eq(programVersions.state, state));
  for (const number of [...new Set(versions.map((version) => version.number))].sort((a, b) => a - b)) {
    const drafts = versions.filter((version) => version.number === number);
    const ids = new Set(drafts.map(({ id }) => id));
    yield* q(d.update(programVersions).set({ state: 'superseded' }).where(inState('published')));
    yield* insertAll(d, 'versions', drafts);
    yield* insertAll(
      d,
      'prescriptions',
      prescribed.filter(({ programVersionId }) => ids.has(programVersionId)),
    );
    const { createdAt: publishedAt, createdBy: publishedBy } = drafts[0] ?? {};
    yield* q(d.update(programVersions).set({ state: 'published', publishedAt, publishedBy }).where(inState('draft')));
  }
}

/** Inserts them in few statements; versions are drafts that are published here. */
export function* insertRows(d: Db, rows: Rows): Body<void> {
  for (const name of Object.keys(TABLES) as (keyof Rows)[]) {
    if (name === 'versions') yield* publishInTurn(d, rows);
    else if (name !== 'prescriptions') yield* insertAll(d, name, rows[name]);
  }
}
