import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import { insertVisitAddendum } from '#db/queries/visit/addenda';
import { findCue, insertCue, listCues, setCueResult } from '#db/queries/visit/record';
import { Failure, notFound } from '#domain/input/failure';
import { type Cue, type CuePattern, type CueResult, cueEndMs, cueResult } from '#domain/visit/cue';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';
import { addendumAt } from './addendum';

type Played = { cueId: string; pattern: CuePattern; startsAtMs: number; stoppedAtMs: number | null };

/** What a cue came to when it was stopped then, or (null) ran to its end. */
export function resultOf(cue: Played, stoppedAtMs: number | null): CueResult {
  const whole = { ...cue, stoppedAtMs, lineageId: null };
  return cueResult(whole, stoppedAtMs ?? cueEndMs(whole));
}

/** Stores a cue that was started. It may arrive late: the other side heard of it through the room. */
export function* startCue(
  d: Db,
  work: UnitOfWork,
  { cue, startedBy, ...found }: FoundVisit & { cue: Cue; startedBy: string },
): Body<{ cueId: string }> {
  const { visit } = found;
  const { cueId, pattern, startsAtMs, lineageId } = cue;
  const known = yield* findCue(d, { cueId });
  if (known) {
    if (known.visitId !== visit.id || known.startedBy !== startedBy) throw notFound();
    const same = canonicalJson(known.pattern) === canonicalJson(pattern) && known.startsAt === startsAtMs;
    if (!same) throw new Failure('CONFLICT', 'operation_differs');
    return { cueId };
  }
  const row = { id: cueId, visitId: visit.id, startedBy, kind: pattern.kind, pattern, lineageId };
  const late = yield* addendumAt(d, work, found, startsAtMs);
  yield* insertCue(d, { ...row, startsAt: startsAtMs, addendumAt: late });
  // Nobody will end the visit again.
  if (visit.endedAt !== null) yield* settleCues(d, { visitId: visit.id, nowMs: visit.endedAt });
  work.about(cueId);
  tellVisit(work, visit);
  return { cueId };
}

/**
 * Either side may stop it; the first stop counts, also one that arrives after the visit's end has settled it. Answers with
 * what was achieved until then.
 */
export function* stopCue(
  d: Db,
  work: UnitOfWork,
  { cueId, stoppedAtMs, userId, ...found }: FoundVisit & { cueId: string; stoppedAtMs: number; userId: string },
): Body<{ result: CueResult }> {
  const { visit } = found;
  const cue = yield* findCue(d, { cueId });
  if (cue?.visitId !== visit.id) throw notFound();
  if (cue.result && cue.settledAt === null) return { result: cue.result };
  const played = { cueId, pattern: cue.pattern, startsAtMs: cue.startsAt, stoppedAtMs: null };
  const result = resultOf(played, stoppedAtMs);
  const late = yield* addendumAt(d, work, found, stoppedAtMs);
  if (cue.result && late !== null && cue.addendumAt === null) {
    const { id: visitId, patientId } = visit;
    const stop = { kind: 'cue_stop' as const, cueId, stoppedAt: stoppedAtMs, result };
    yield* insertVisitAddendum(d, { id: uuidv7(), visitId, patientId, userId, ...stop, addedAt: late });
    tellVisit(work, visit);
    return { result: cue.result };
  }
  yield* setCueResult(d, { visitId: visit.id, cueId, stoppedAt: stoppedAtMs, result, settledAt: null });
  work.about(cueId);
  tellVisit(work, visit);
  return { result };
}

/** The visit is over: what still ran is stopped now, and what had run out has run in full. */
export function* settleCues(d: Db, { visitId, nowMs }: { visitId: string; nowMs: number }): Body<void> {
  for (const cue of yield* listCues(d, { visitId })) {
    if (cue.result) continue;
    const ranOut = cueEndMs({ ...cue, stoppedAtMs: null }) <= nowMs;
    const stoppedAt = ranOut ? null : Math.max(nowMs, cue.startsAtMs);
    const result = resultOf(cue, stoppedAt);
    yield* setCueResult(d, { visitId, cueId: cue.cueId, stoppedAt, result, settledAt: nowMs });
  }
}
