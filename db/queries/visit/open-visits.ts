import 'server-only';
import { and, asc, desc, eq, gte, inArray, isNull, ne } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition } from '#db/columns';
import { accessEvents, auditEvents } from '#db/schema/audit';
import { visitEvents, visits } from '#db/schema/visits';
import type { Policy } from '#domain/people/access';
import type { VisitRow } from './visits';

/** Literal, as in the partial index: with a parameter no engine can prove that the index covers the question. */
const OPEN = condition("visits.state = 'open'");

/** The open visits of all clinics, those opened first first. */
export function* listOpenVisits(d: Db): Body<VisitRow[]> {
  // Bounded: visits that are going on now.
  return yield* q(d.select().from(visits).where(OPEN).orderBy(asc(visits.openedAt), asc(visits.id)));
}

export function* isAnyVisitOpen(d: Db): Body<boolean> {
  return (yield* first(d.select({ id: visits.id }).from(visits).where(OPEN).limit(1))) !== undefined;
}

export function* findOpenVisit(d: Db, { visitId }: { visitId: string }): Body<VisitRow | undefined> {
  return yield* first(
    d
      .select()
      .from(visits)
      .where(and(eq(visits.id, visitId), eq(visits.state, 'open'))),
  );
}

/** Gives a planned visit its room's name before it is opened; who comes second gets the first one's. Null = it is over. */
export function* reserveRoom(d: Db, { visitId, roomName }: { visitId: string; roomName: string }): Body<string | null> {
  yield* q(
    d
      .update(visits)
      .set({ roomName })
      .where(and(eq(visits.id, visitId), eq(visits.state, 'scheduled'), isNull(visits.roomName))),
  );
  const row = yield* first(d.select({ roomName: visits.roomName }).from(visits).where(eq(visits.id, visitId)));
  return row?.roomName ?? null;
}

/** Opens a scheduled visit, in a room of this name where it has none yet. An open one stays as it is. */
export function* openVisit(
  d: Db,
  { visitId, roomName, nowMs }: { visitId: string; roomName: string; nowMs: number },
): Body<void> {
  yield* reserveRoom(d, { visitId, roomName });
  yield* q(
    d
      .update(visits)
      .set({ state: 'open', openedAt: nowMs })
      .where(and(eq(visits.id, visitId), eq(visits.state, 'scheduled'))),
  );
}

/** Notes that somebody is in the room of an open visit. */
export function* setVisitSeen(d: Db, { visitId, nowMs }: { visitId: string; nowMs: number }): Body<void> {
  yield* q(
    d
      .update(visits)
      .set({ seenAt: nowMs })
      .where(and(eq(visits.id, visitId), eq(visits.state, 'open'))),
  );
}

/** What only somebody before a visit's page does: a page without its room asks for it every few seconds. */
const OF_ITS_PAGE: Policy[] = ['visit.join', 'visit.draw', 'visit.run', 'visit.say_it_hurts'];

/** How rows say that its page asked for the room; those of an earlier release say it by joining. */
const READ_BY_ITS_PAGE: Policy[] = ['visit.read_room', 'visit.join'];

type Opened = Pick<VisitRow, 'id' | 'patientId' | 'createdAt' | 'openedAt' | 'seenAt'>;

/** The last instant at which anything says that somebody was in an open visit; of pages that only read, to five minutes. */
export function* findLastSign(d: Db, visit: Opened): Body<number> {
  const openedAt = visit.openedAt ?? visit.createdAt;
  const event = yield* first(
    d
      .select({ at: visitEvents.at })
      .from(visitEvents)
      // The room is closed some minutes after everybody left.
      .where(and(eq(visitEvents.visitId, visit.id), ne(visitEvents.kind, 'room_finished')))
      .orderBy(desc(visitEvents.at))
      .limit(1),
  );
  const written = yield* first(
    d
      .select({ at: auditEvents.at })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.patientId, visit.patientId),
          gte(auditEvents.at, openedAt),
          inArray(auditEvents.act, OF_ITS_PAGE),
        ),
      )
      .orderBy(desc(auditEvents.at))
      .limit(1),
  );
  const read = yield* first(
    d
      .select({ at: accessEvents.at })
      .from(accessEvents)
      .where(
        and(
          eq(accessEvents.patientId, visit.patientId),
          gte(accessEvents.at, openedAt),
          inArray(accessEvents.policy, READ_BY_ITS_PAGE),
        ),
      )
      .orderBy(desc(accessEvents.at))
      .limit(1),
  );
  return Math.max(openedAt, visit.seenAt ?? 0, event?.at ?? 0, written?.at ?? 0, read?.at ?? 0);
}

/** Takes an end back; false where the visit has not ended, or has another end by now. */
export function* reopenVisit(d: Db, { visitId, endedAt }: { visitId: string; endedAt: number }): Body<boolean> {
  const reopened = yield* q(
    d
      .update(visits)
      .set({ state: 'open', endedAt: null })
      .where(and(eq(visits.id, visitId), eq(visits.state, 'ended'), eq(visits.endedAt, endedAt)))
      .returning({ id: visits.id }),
  );
  return reopened.length === 1;
}
