import 'server-only';
import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  notExists,
  or,
  type SQL,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Body, type Db, first, q } from '#db/body';
import { olderThan } from '#db/keyset';
import { type Reach, reached } from '#db/reach';
import { messages, threads } from '#db/schema/messages';
import { careTeam, episodes, patients } from '#db/schema/patients';
import { memberships, users } from '#db/schema/people';
import type { InboxView } from '#domain/contact/thread';

type Asked = Reach & { userId: string };
type Viewed = Asked & { view: InboxView };

const nowOnTeam = ({ clinicId, nowMs }: Reach) =>
  and(eq(careTeam.clinicId, clinicId), or(isNull(careTeam.toAt), gt(careTeam.toAt, nowMs)), isNull(memberships.toAt));

/** The place on the care team of whoever the thread was handed to: who has none any more holds it no longer. */
const holder = (d: Db, reach: Reach) =>
  d
    .select({ id: careTeam.id })
    .from(careTeam)
    .innerJoin(memberships, eq(memberships.id, careTeam.membershipId))
    .where(
      and(eq(careTeam.patientId, threads.patientId), eq(memberships.userId, threads.assigneeId), nowOnTeam(reach)),
    );

/** Whoever leads the hand problem and works here. */
const lead = (d: Db, userId?: string) =>
  d
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.id, episodes.leadMembershipId),
        isNull(memberships.toAt),
        userId === undefined ? undefined : eq(memberships.userId, userId),
      ),
    );

/** Handed to this account; else its own to lead; else, where nobody leads, everybody's on the care team. */
const isOwn = (d: Db, asked: Asked) =>
  or(
    and(eq(threads.assigneeId, asked.userId), exists(holder(d, asked))),
    and(
      or(isNull(threads.assigneeId), notExists(holder(d, asked))),
      or(exists(lead(d, asked.userId)), notExists(lead(d))),
    ),
  );

function inView(d: Db, { view, ...asked }: Viewed) {
  const ended = isNotNull(episodes.closedAt);
  return and(
    eq(threads.clinicId, asked.clinicId),
    inArray(threads.patientId, reached(d, asked)),
    isNull(patients.lockedAt),
    view === 'ended' ? ended : isNull(episodes.closedAt),
    view === 'mine' ? isOwn(d, asked) : undefined,
  );
}

function rowsOf(d: Db, where: SQL | undefined) {
  const author = alias(users, 'author');
  const assignee = alias(users, 'assignee');
  const { name: patientName } = patients;
  return d
    .select({
      thread: threads,
      patientName,
      condition: episodes.conditionText,
      closedAt: episodes.closedAt,
      last: messages,
      lastByName: author.name,
      assigneeName: assignee.name,
    })
    .from(threads)
    .innerJoin(episodes, eq(episodes.id, threads.episodeId))
    .innerJoin(patients, eq(patients.id, threads.patientId))
    .innerJoin(messages, eq(messages.id, threads.lastMessageId))
    .innerJoin(author, eq(author.id, messages.authorId))
    .leftJoin(assignee, eq(assignee.id, threads.assigneeId))
    .where(where);
}

/** Threads in which a patient waits: red first, then by when they are due. */
export function* listWaitingThreads(d: Db, { limit, ...viewed }: Viewed & { limit: number }) {
  return yield* q(
    rowsOf(d, and(inView(d, viewed), isNotNull(threads.waitingSince)))
      .orderBy(asc(threads.waitingRank), asc(threads.dueAt), asc(threads.episodeId))
      .limit(limit),
  );
}

/** A page of those in which nobody waits, what was written last first. */
export function* listAnsweredThreads(
  d: Db,
  { before, limit, ...viewed }: Viewed & { before: { at: number; id: string } | null; limit: number },
) {
  return yield* q(
    rowsOf(
      d,
      and(inView(d, viewed), isNull(threads.waitingSince), olderThan(threads.lastAt, threads.episodeId, before)),
    )
      .orderBy(desc(threads.lastAt), desc(threads.episodeId))
      .limit(limit),
  );
}

export function* countWaitingThreads(d: Db, viewed: Viewed): Body<number> {
  const row = yield* first(
    d
      .select({ n: count() })
      .from(threads)
      .innerJoin(episodes, eq(episodes.id, threads.episodeId))
      .innerJoin(patients, eq(patients.id, threads.patientId))
      .where(and(inView(d, viewed), isNotNull(threads.waitingSince))),
  );
  return row?.n ?? 0;
}
