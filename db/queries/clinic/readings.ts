import 'server-only';
import { and, desc, eq, gte, isNotNull, lt, ne, or } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { containsText } from '#db/columns';
import { olderThan } from '#db/keyset';
import { accessEvents } from '#db/schema/audit';
import { careTeam, patients } from '#db/schema/patients';
import { memberships, users } from '#db/schema/people';
import { kindOfPolicy, type ReadingCursor, type ReadingFilter, type ReadingKind } from '#domain/clinic/reading';

/** One time that somebody came upon a record. `what`: the policy by which it was read; null where it was a cover. */
export type ReadingRow = {
  id: string;
  at: number;
  kind: ReadingKind;
  what: string | null;
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

/** Who came upon whose record, newest first: reads, and who covered for a colleague or joined by themselves. */
export function* listReadings(d: Db, asked: Asked): Body<ReadingRow[]> {
  const { kind } = asked.filter;
  const reads = kind === 'cover' ? [] : yield* listReads(d, asked);
  const covers = kind === undefined || kind === 'cover' ? yield* listCovers(d, asked) : [];
  return [...reads, ...covers].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, asked.limit);
}

function* listReads(d: Db, { clinicId, own, filter, after, limit }: Asked): Body<ReadingRow[]> {
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
          own ? and(eq(accessEvents.patientId, own.patientId), ne(accessEvents.actorId, own.userId)) : undefined,
          filter.kind === 'media' ? eq(accessEvents.policy, 'media.read') : undefined,
          filter.kind === 'record' ? ne(accessEvents.policy, 'media.read') : undefined,
          filter.fromAt === undefined ? undefined : gte(at, filter.fromAt),
          filter.untilAt === undefined ? undefined : lt(at, filter.untilAt),
          filter.person
            ? or(containsText(users.name, filter.person), containsText(patients.name, filter.person))
            : undefined,
          olderThan(at, id, after),
        ),
      )
      .orderBy(desc(at), desc(id))
      .limit(limit),
  );
  return rows.map((row) => ({ ...row, kind: kindOfPolicy(row.what) }));
}

function* listCovers(d: Db, { clinicId, own, filter, after, limit }: Asked): Body<ReadingRow[]> {
  const { fromAt: at, id } = careTeam;
  const rows = yield* q(
    d
      .select({ id, at, actorName: users.name, patientName: patients.name })
      .from(careTeam)
      .innerJoin(memberships, eq(memberships.id, careTeam.membershipId))
      .innerJoin(users, eq(users.id, memberships.userId))
      .innerJoin(patients, eq(patients.id, careTeam.patientId))
      .where(
        and(
          eq(careTeam.clinicId, clinicId),
          or(eq(careTeam.part, 'cover'), isNotNull(careTeam.reason)),
          own ? eq(careTeam.patientId, own.patientId) : undefined,
          filter.fromAt === undefined ? undefined : gte(at, filter.fromAt),
          filter.untilAt === undefined ? undefined : lt(at, filter.untilAt),
          filter.person
            ? or(containsText(users.name, filter.person), containsText(patients.name, filter.person))
            : undefined,
          olderThan(at, id, after),
        ),
      )
      .orderBy(desc(at), desc(id))
      .limit(limit),
  );
  return rows.map((row) => ({ ...row, kind: 'cover' as const, what: null }));
}
