import 'server-only';
import type { Body, Db } from '#db/body';
import { findThread, markReader } from '#db/queries/contact/threads';
import type { PatientScope } from '#db/scope';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { readThreadNotices } from './message-notices';

type Mark = { scope: PatientScope; userId: string; episodeId: string; delivered: number; read: number | null };

/** A thread has come to somebody's device, and so far they have read it. Never more than there is, never back. */
export function* markThread(
  d: Db,
  work: UnitOfWork,
  { scope, userId, episodeId, delivered, read }: Mark,
): Body<{ marked: boolean }> {
  const of = { ...scope, episodeId };
  const thread = yield* findThread(d, of);
  work.about(episodeId);
  if (read !== null) yield* readThreadNotices(d, work, { episodeId, userId });
  // Nobody has written yet.
  if (!thread) return { marked: false };
  const upTo = (number: number) => Math.min(number, thread.lastNumber);
  const far = { delivered: upTo(Math.max(delivered, read ?? 0)), read: upTo(read ?? 0) };
  const marked = yield* markReader(d, { ...of, userId, ...far, nowMs: work.nowMs });
  if (marked) work.tell('message', episodeId, { patientId: scope.patientId });
  return { marked };
}
