import 'server-only';
import { type Body, type Db, together } from '#db/body';
import { countWaitingThreads, listAnsweredThreads, listWaitingThreads } from '#db/queries/contact/inbox';
import { reachOf } from '#db/reach';
import { type InboxView, isOverdue, THREADS_PER_PAGE } from '#domain/contact/thread';
import { placeAfter } from '#domain/input/page';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { waitingOf } from './send-message';

/** More than ever wait for one person; how many there are is said all the same. */
const WAITING_SHOWN = 200;
const SNIPPET = 140;

type Row = ReturnType<typeof listWaitingThreads> extends Body<(infer T)[]> ? T : never;

function rowOf(row: Row, userId: string, nowMs: number) {
  const { thread, patientName, condition, closedAt, last, lastByName, assigneeName } = row;
  const waiting = waitingOf(thread);
  return {
    ...{ episodeId: thread.episodeId, patientId: thread.patientId, patientName, condition, assigneeName },
    isEnded: closedAt !== null,
    last: {
      ...{ byName: lastByName, from: last.authorRole, isOwn: last.authorId === userId, at: last.receivedAt },
      body: last.body.slice(0, SNIPPET),
    },
    waiting: waiting && { ...waiting, isRed: waiting.rank === 0, isOverdue: isOverdue(waiting, nowMs) },
  };
}

type Asked = { clinicId: string; userId: string; view: InboxView; before: { at: number; id: string } | null };

/** The threads of one's patients: on the first page who waits, the gravest and most due first, then what was written last. */
export function* readInbox(d: Db, { nowMs }: UnitOfWork, { clinicId, userId, view, before }: Asked) {
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  const viewed = { ...reach, userId, view };
  const [waiting, count, answered] = yield* together(
    listWaitingThreads(d, { ...viewed, limit: before ? 0 : WAITING_SHOWN }),
    countWaitingThreads(d, viewed),
    listAnsweredThreads(d, { ...viewed, before, limit: THREADS_PER_PAGE }),
  );
  return {
    waiting: count,
    rows: [...waiting, ...answered].map((row) => rowOf(row, userId, nowMs)),
    nextCursor: placeAfter(answered, THREADS_PER_PAGE, ({ thread }) => ({ at: thread.lastAt, id: thread.episodeId })),
  };
}

/** How many wait for this account: the number beside "Messages" in the bar. */
export function* countMine(
  d: Db,
  { nowMs }: UnitOfWork,
  { clinicId, userId }: { clinicId: string; userId: string },
): Body<{ waiting: number }> {
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  return { waiting: yield* countWaitingThreads(d, { ...reach, userId, view: 'mine' }) };
}
