import 'server-only';
import { count, eq, inArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '../body';
import { annotationOps } from '../schema/annotation';
import { auditEvents } from '../schema/audit';
import { checkIns } from '../schema/check-ins';
import { logs } from '../schema/logs';
import { media } from '../schema/media';
import { operations } from '../schema/operations';

const CHUNK = 500;

/** What was acknowledged to somebody, by its ids and what of it can be compared. */
export type Acknowledged = {
  /** Log to the pain that was said. */
  logs: ReadonlyMap<string, number>;
  /** Operation of a drawing to the time that was said. */
  strokes: ReadonlyMap<string, number>;
  checkIns: ReadonlySet<string>;
  /** Clip to its SHA-256. */
  clips: ReadonlyMap<string, string>;
};

function* chunked<T>(ids: readonly string[], read: (some: string[]) => Body<T[]>): Body<T[]> {
  const all: T[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) all.push(...(yield* read(ids.slice(at, at + CHUNK))));
  return all;
}

/** How many things that were acknowledged are not there, or not as they were said; and where each clip lies. */
export function* compareKept(d: Db, told: Acknowledged) {
  const foundLogs = yield* chunked([...told.logs.keys()], (ids) =>
    q(d.select({ id: logs.id, pain: logs.pain }).from(logs).where(inArray(logs.id, ids))),
  );
  const foundStrokes = yield* chunked([...told.strokes.keys()], (ids) =>
    q(
      d
        .select({ id: annotationOps.opId, tMs: annotationOps.tMs })
        .from(annotationOps)
        .where(inArray(annotationOps.opId, ids)),
    ),
  );
  const foundCheckIns = yield* chunked([...told.checkIns], (ids) =>
    q(d.select({ id: checkIns.id }).from(checkIns).where(inArray(checkIns.id, ids))),
  );
  const foundClips = yield* chunked([...told.clips.keys()], (ids) =>
    q(
      d
        .select({ id: media.id, sha256: media.sha256, storageKey: media.storageKey })
        .from(media)
        .where(inArray(media.id, ids)),
    ),
  );
  const lost =
    told.logs.size -
    foundLogs.filter(({ id, pain }) => told.logs.get(id) === pain).length +
    (told.strokes.size - foundStrokes.filter(({ id, tMs }) => told.strokes.get(id) === tMs).length) +
    (told.checkIns.size - foundCheckIns.length) +
    (told.clips.size - foundClips.filter(({ id, sha256 }) => told.clips.get(id) === sha256).length);
  return { lost, clips: foundClips };
}

/** How many sittings were stored as operations, and how many audit rows say that one came. */
export function* countSittings(d: Db): Body<{ stored: number; audited: number }> {
  const stored = yield* first(d.select({ n: count() }).from(operations).where(eq(operations.procedure, 'logs.record')));
  const audited = yield* first(d.select({ n: count() }).from(auditEvents).where(eq(auditEvents.act, 'log.write')));
  return { stored: stored?.n ?? 0, audited: audited?.n ?? 0 };
}
