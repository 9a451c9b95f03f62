import 'server-only';
import type { Body, Db } from '#db/body';
import { listReachableAmong } from '#db/queries/people/access';
import { listExerciseVersions } from '#db/queries/program/exercises';
import { listLatestOfLineages } from '#db/queries/program/programs';
import { listQueue } from '#db/queries/review/queue';
import { reachOf } from '#db/reach';
import { promiseOf } from '#domain/check-in/submission';
import type { QueueCursor } from '#domain/review/answer';
import { opensEver } from '#server/acts/check-in/shown';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

const PAGE = 50;

type Page = { clinicId: string; userId: string; after: QueueCursor | null };

type Row = { patientId: string; lineageId: string | null };

/** The names of the exercises that check-ins are about, by lineage. */
function* exerciseNames(d: Db, clinicId: string, rows: readonly Row[]): Body<Map<string, string>> {
  const lineageIds = [...new Set(rows.flatMap(({ lineageId }) => lineageId ?? []))];
  const patientIds = [...new Set(rows.map(({ patientId }) => patientId))];
  const latest = yield* listLatestOfLineages(d, { clinicId, patientIds, lineageIds });
  const versionIds = [...new Set(latest.map(({ exerciseVersionId }) => exerciseVersionId))];
  const exercises = yield* listExerciseVersions(d, { versionIds });
  const nameOf = new Map(exercises.map(({ exerciseVersionId, texts }) => [exerciseVersionId, texts.name]));
  return new Map(latest.map((one) => [one.lineageId, nameOf.get(one.exerciseVersionId) ?? '']));
}

function kindOf({ replacesId, lineageId }: { replacesId: string | null; lineageId: string | null }) {
  if (replacesId !== null) return 'again' as const;
  return lineageId === null ? ('general' as const) : ('exercise' as const);
}

/** A page of the clinic's queue. What a patient wrote is shown to their care team only. */
export function* readQueue(d: Db, { nowMs }: UnitOfWork, { clinicId, userId, after }: Page) {
  const rows = yield* listQueue(d, { clinicId, nowMs, after, limit: PAGE });
  const patientIds = [...new Set(rows.map((row) => row.patientId))];
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  const own = yield* listReachableAmong(d, { ...reach, patientIds });
  const nameOf = yield* exerciseNames(
    d,
    clinicId,
    rows.filter((row) => own.has(row.patientId)),
  );
  const opens = yield* opensEver(d, { clinicId }, nowMs);
  const items = rows.map(({ answers, replacesId, ...row }) => {
    const onCareTeam = own.has(row.patientId);
    return {
      ...row,
      promisedAt: promiseOf(row, opens),
      kind: kindOf({ replacesId, lineageId: row.lineageId }),
      exercise: onCareTeam && row.lineageId ? nameOf.get(row.lineageId) || null : null,
      /** Of 10; null where it was not answered, or is not for this reader. */
      pain: onCareTeam ? answers.pain : null,
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
