import 'server-only';
import { and, asc, desc, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { increment } from '#db/columns';
import { messages, threadReaders, threads } from '#db/schema/messages';
import { episodes } from '#db/schema/patients';
import { memberships, users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';
import type { Waiting } from '#domain/contact/thread';

export type ThreadRow = typeof threads.$inferSelect;
type OfThread = PatientScope & { episodeId: string };

const isThread = ({ clinicId, patientId, episodeId }: OfThread) =>
  and(eq(threads.episodeId, episodeId), eq(threads.patientId, patientId), eq(threads.clinicId, clinicId));

/** Whose hand problem it is; null where the clinic has none by this id. */
export function* findEpisodePatient(
  d: Db,
  { clinicId, episodeId }: { clinicId: string; episodeId: string },
): Body<string | null> {
  const row = yield* first(
    d
      .select({ patientId: episodes.patientId })
      .from(episodes)
      .where(and(eq(episodes.id, episodeId), eq(episodes.clinicId, clinicId))),
  );
  return row?.patientId ?? null;
}

export function* findThread(d: Db, of: OfThread): Body<ThreadRow | undefined> {
  return yield* first(d.select().from(threads).where(isThread(of)));
}

/** What a thread that nobody has written in waits with: nothing. */
const EMPTY = { lastNumber: 0, assigneeId: null, lastMessageId: null, ...waitingColumns(null) };

function waitingColumns(waiting: Waiting | null) {
  return {
    waitingSince: waiting?.since ?? null,
    waitingRank: waiting?.rank ?? null,
    dueAt: waiting?.dueAt ?? null,
    promisedAt: waiting?.promisedAt ?? null,
    says: waiting && waiting.says.length > 0 ? [...waiting.says] : null,
  };
}

/** The thread of a hand problem, made where there is none yet. */
export function* openThread(d: Db, { nowMs, ...of }: OfThread & { nowMs: number }): Body<ThreadRow> {
  yield* q(
    d
      .insert(threads)
      .values({ ...of, ...EMPTY, lastAt: nowMs, createdAt: nowMs })
      .onConflictDoNothing(),
  );
  const row = yield* findThread(d, of);
  if (!row) throw new Error('a hand problem has one thread');
  return row;
}

/** Takes the next number for a message that came now, and says who waits afterwards. */
export function* advanceThread(
  d: Db,
  { messageId, waiting, nowMs, ...of }: OfThread & { messageId: string; waiting: Waiting | null; nowMs: number },
): Body<number> {
  const [row] = yield* q(
    d
      .update(threads)
      .set({
        lastNumber: increment(threads.lastNumber),
        lastMessageId: messageId,
        lastAt: nowMs,
        ...waitingColumns(waiting),
      })
      .where(isThread(of))
      .returning({ lastNumber: threads.lastNumber }),
  );
  if (!row) throw new Error('the thread was opened in this transaction');
  return row.lastNumber;
}

/** Nobody waits any more; false where a later message than `upTo` came meanwhile, or nobody waited. */
export function* settleWaiting(d: Db, { upTo, ...of }: OfThread & { upTo: number }): Body<boolean> {
  const settled = yield* q(
    d
      .update(threads)
      .set(waitingColumns(null))
      .where(and(isThread(of), eq(threads.lastNumber, upTo), isNotNull(threads.waitingSince)))
      .returning({ episodeId: threads.episodeId }),
  );
  return settled.length === 1;
}

export function* assignThread(d: Db, { assigneeId, ...of }: OfThread & { assigneeId: string }): Body<void> {
  yield* q(d.update(threads).set({ assigneeId }).where(isThread(of)));
}

/** The account that leads a hand problem, as long as it works here; null where nobody does. */
export function* findLeadOf(d: Db, { clinicId, patientId, episodeId }: OfThread): Body<string | null> {
  const row = yield* first(
    d
      .select({ userId: memberships.userId })
      .from(episodes)
      .innerJoin(memberships, eq(memberships.id, episodes.leadMembershipId))
      .where(
        and(
          eq(episodes.id, episodeId),
          eq(episodes.patientId, patientId),
          eq(episodes.clinicId, clinicId),
          isNull(memberships.toAt),
        ),
      ),
  );
  return row?.userId ?? null;
}

/** The hand problems of one patient that are open, or were written about, newest first, each with its thread if there is one. */
export function* listOwnThreads(d: Db, { clinicId, patientId }: PatientScope) {
  // Bounded: the hand problems of one patient; a person writes each.
  return yield* q(
    d
      .select({ episode: episodes, thread: threads, last: messages })
      .from(episodes)
      .leftJoin(threads, eq(threads.episodeId, episodes.id))
      .leftJoin(messages, eq(messages.id, threads.lastMessageId))
      .where(
        and(
          eq(episodes.patientId, patientId),
          eq(episodes.clinicId, clinicId),
          or(isNull(episodes.closedAt), isNotNull(threads.episodeId)),
        ),
      )
      .orderBy(desc(episodes.createdAt), desc(episodes.id)),
  );
}

/** How far everybody has these threads, with their names. */
export function* listReaders(d: Db, { clinicId, patientId }: PatientScope) {
  const { episodeId, userId, deliveredNumber, readNumber, readAt } = threadReaders;
  // Bounded: the people around one patient, for each hand problem.
  return yield* q(
    d
      .select({ episodeId, userId, name: users.name, deliveredNumber, readNumber, readAt })
      .from(threadReaders)
      .innerJoin(users, eq(users.id, userId))
      .where(and(eq(threadReaders.patientId, patientId), eq(threadReaders.clinicId, clinicId)))
      .orderBy(asc(readAt), asc(userId)),
  );
}

type Mark = OfThread & { userId: string; delivered: number; read: number; nowMs: number };

/** Remembers how far somebody has a thread, and read it; what is less than before changes nothing. Whether anything did. */
export function* markReader(d: Db, { userId, delivered, read, nowMs, ...of }: Mark): Body<boolean> {
  const first = { deliveredNumber: 0, deliveredAt: nowMs, readNumber: 0, readAt: null };
  yield* q(
    d
      .insert(threadReaders)
      .values({ ...of, userId, ...first })
      .onConflictDoNothing(),
  );
  const own = and(
    eq(threadReaders.episodeId, of.episodeId),
    eq(threadReaders.userId, userId),
    eq(threadReaders.patientId, of.patientId),
    eq(threadReaders.clinicId, of.clinicId),
  );
  const moved = yield* q(
    d
      .update(threadReaders)
      .set({ deliveredNumber: delivered, deliveredAt: nowMs })
      .where(and(own, lt(threadReaders.deliveredNumber, delivered)))
      .returning({ userId: threadReaders.userId }),
  );
  const seen = yield* q(
    d
      .update(threadReaders)
      .set({ readNumber: read, readAt: nowMs })
      .where(and(own, lt(threadReaders.readNumber, read)))
      .returning({ userId: threadReaders.userId }),
  );
  return moved.length + seen.length > 0;
}
