import 'server-only';
import type { Db } from '#db/body';
import { listReachableAmong } from '#db/queries/people/access';
import { listQueue } from '#db/queries/review/queue';
import { reachOf } from '#db/reach';
import type { QueueCursor } from '#domain/review/answer';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

const PAGE = 50;

type Page = { clinicId: string; userId: string; after: QueueCursor | null };

/** A page of the clinic's queue. What a patient wrote is shown to their care team only. */
export function* readQueue(d: Db, { nowMs }: UnitOfWork, { clinicId, userId, after }: Page) {
  const rows = yield* listQueue(d, { clinicId, nowMs, after, limit: PAGE });
  const patientIds = [...new Set(rows.map((row) => row.patientId))];
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  const own = yield* listReachableAmong(d, { ...reach, patientIds });
  const items = rows.map((row) => {
    const onCareTeam = own.has(row.patientId);
    return {
      ...row,
      question: onCareTeam ? row.question : null,
      lineageId: onCareTeam ? row.lineageId : null,
      onCareTeam,
      claimed: row.claimedBy !== null && row.leaseUntil !== null && row.leaseUntil >= nowMs,
    };
  });
  const last = rows.length === PAGE ? rows.at(-1) : undefined;
  const nextCursor = last ? { queueRank: last.queueRank, dueAt: last.dueAt, id: last.id } : null;
  return { items, nextCursor, serverNowMs: nowMs };
}
