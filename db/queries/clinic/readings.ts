import 'server-only';
import { and, desc, eq, gte, isNotNull, lt, ne, or, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { type Body, type Db, q, together } from '#db/body';
import { isAmong } from '#db/columns';
import { olderThan } from '#db/keyset';
import { accessEvents } from '#db/schema/audit';
import { caregiverGrants, careTeam, emergencyAccesses, patients } from '#db/schema/patients';
import { memberships, users } from '#db/schema/people';
import { kindOfPolicy, type ReadingCursor, type ReadingFilter, type ReadingKind } from '#domain/clinic/reading';
import { finderOf } from '#domain/input/folded';

/**
 * One time that somebody came upon a record. `what`: the policy by which it was read; null where somebody was let in.
 * `reason`: what they wrote when they let themselves in.
 */
export type ReadingRow = {
  id: string;
  at: number;
  kind: ReadingKind;
  what: string | null;
  reason: string | null;
  actorName: string | null;
  patientName: string | null;
};

type Asked = {
  clinicId: string;
  /** Of one record only, and not what its owner read of it. */
  own: { patientId: string; userId: string } | null;
  filter: ReadingFilter;
  after: ReadingCursor | null;
  limit: number;
};

/** People whose name holds what was typed: few enough to ask for the reads of each, or too many for that. */
const NAMED_MAX = 20;
type Named = { actorIds: string[]; patientIds: string[] };
/** `named`: null where nobody was asked for by name. */
type Among = Asked & { named: Named | null };

/** Who came upon whose record, newest first: reads, and who covered, joined by themselves or broke the glass. */
export function* listReadings(d: Db, asked: Asked): Body<ReadingRow[]> {
  const { kind, person } = asked.filter;
  const isReading = kind !== 'cover' && kind !== 'emergency';
  const named = person ? yield* findNamed(d, asked.clinicId, person) : null;
  const among = { ...asked, named };
  const rows = yield* together(
    ...(isReading ? listReads(d, among) : []),
    ...(kind === undefined || kind === 'cover' ? [listCovers(d, among)] : []),
    ...(kind === undefined || kind === 'emergency' ? [listEmergencies(d, among)] : []),
  );
  return newestFirst(rows.flat(), asked.limit);
}

function newestFirst(rows: readonly ReadingRow[], limit: number): ReadingRow[] {
  const once = [...new Map(rows.map((row) => [row.id, row])).values()];
  return once.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, limit);
}

/** The accounts and records of the clinic whose name the search finds. */
function* findNamed(d: Db, clinicId: string, person: string): Body<Named> {
  const { id, name } = users;
  // Bounded: two short columns of the people of one clinic; neither engine folds names as people do.
  const [records, ...readers] = yield* together(
    q(
      d
        .select({ id: patients.id, name: patients.name, userId: patients.userId, accountName: users.name })
        .from(patients)
        .leftJoin(users, eq(users.id, patients.userId))
        .where(eq(patients.clinicId, clinicId)),
    ),
    q(
      d
        .selectDistinct({ id, name })
        .from(memberships)
        .innerJoin(users, eq(id, memberships.userId))
        .where(eq(memberships.clinicId, clinicId)),
    ),
    q(
      d
        .selectDistinct({ id, name })
        .from(caregiverGrants)
        .innerJoin(users, eq(id, caregiverGrants.userId))
        .where(eq(caregiverGrants.clinicId, clinicId)),
    ),
  );
  const isFound = finderOf(person);
  const actorIds = readers.flat().flatMap((one) => (isFound(one.name) ? [one.id] : []));
  const patientIds: string[] = [];
  for (const { id: patientId, name: recordName, userId, accountName } of records) {
    const isRecord = isFound(recordName);
    if (isRecord) patientIds.push(patientId);
    const isAccount = accountName === recordName ? isRecord : accountName !== null && isFound(accountName);
    if (isAccount && userId !== null) actorIds.push(userId);
  }
  return { actorIds: [...new Set(actorIds)], patientIds };
}

const anyOf = ({ actorIds, patientIds }: Named, actor: AnyPgColumn, patient: AnyPgColumn) =>
  or(isAmong(actor, actorIds), isAmong(patient, patientIds));

/** Reads of the few who have the name, a range of an index each; with many of the name, a walk finds a page soon. */
function listReads(d: Db, { named, ...asked }: Among): Body<ReadingRow[]>[] {
  if (named === null) return [listReadsWhere(d, asked, undefined)];
  if (named.actorIds.length + named.patientIds.length > NAMED_MAX)
    return [listReadsWhere(d, asked, anyOf(named, accessEvents.actorId, accessEvents.patientId))];
  return [
    ...named.actorIds.map((id) => listReadsWhere(d, asked, eq(accessEvents.actorId, id))),
    ...named.patientIds.map((id) => listReadsWhere(d, asked, eq(accessEvents.patientId, id))),
  ];
}

function* listReadsWhere(
  d: Db,
  { clinicId, own, filter, after, limit }: Asked,
  which: SQL | undefined,
): Body<ReadingRow[]> {
  const { at, id } = accessEvents;
  const rows = yield* q(
    d
      .select({ id, at, what: accessEvents.policy, actorName: users.name, patientName: patients.name })
      .from(accessEvents)
      .leftJoin(users, eq(users.id, accessEvents.actorId))
      .leftJoin(patients, eq(patients.id, accessEvents.patientId))
      .where(
        and(
          eq(accessEvents.clinicId, clinicId),
          which,
          own ? and(eq(accessEvents.patientId, own.patientId), ne(accessEvents.actorId, own.userId)) : undefined,
          filter.kind === 'media' ? eq(accessEvents.policy, 'media.read') : undefined,
          filter.kind === 'record' ? ne(accessEvents.policy, 'media.read') : undefined,
          filter.fromAt === undefined ? undefined : gte(at, filter.fromAt),
          filter.untilAt === undefined ? undefined : lt(at, filter.untilAt),
          olderThan(at, id, after),
        ),
      )
      .orderBy(desc(at), desc(id))
      .limit(limit),
  );
  return rows.map((row) => ({ ...row, kind: kindOfPolicy(row.what), reason: null }));
}

type LetIn = typeof careTeam | typeof emergencyAccesses;

/** What the page and its filter ask of a table of who was let in. */
function asksOf(table: LetIn, { clinicId, own, filter, after, named }: Among): SQL | undefined {
  const { fromAt: at, id } = table;
  return and(
    eq(table.clinicId, clinicId),
    own ? eq(table.patientId, own.patientId) : undefined,
    filter.fromAt === undefined ? undefined : gte(at, filter.fromAt),
    filter.untilAt === undefined ? undefined : lt(at, filter.untilAt),
    named ? anyOf(named, users.id, patients.id) : undefined,
    olderThan(at, id, after),
  );
}

function* listLetIn(d: Db, table: LetIn, asked: Among, which?: SQL) {
  const { fromAt: at, id, reason } = table;
  return yield* q(
    d
      .select({ id, at, reason, actorName: users.name, patientName: patients.name })
      .from(table)
      .innerJoin(memberships, eq(memberships.id, table.membershipId))
      .innerJoin(users, eq(users.id, memberships.userId))
      .innerJoin(patients, eq(patients.id, table.patientId))
      .where(and(asksOf(table, asked), which))
      .orderBy(desc(at), desc(id))
      .limit(asked.limit),
  );
}

function* listCovers(d: Db, asked: Among): Body<ReadingRow[]> {
  const rows = yield* listLetIn(d, careTeam, asked, or(eq(careTeam.part, 'cover'), isNotNull(careTeam.reason)));
  return rows.map((row) => ({ ...row, kind: 'cover' as const, what: null }));
}

function* listEmergencies(d: Db, asked: Among): Body<ReadingRow[]> {
  const rows = yield* listLetIn(d, emergencyAccesses, asked);
  return rows.map((row) => ({ ...row, kind: 'emergency' as const, what: null }));
}
