import 'server-only';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { listCues, listStills, listVisitNotes } from '#db/queries/visit/record';
import { insertVisitEvent, listVisitEvents, setVisitSummary } from '#db/queries/visit/visits';
import type { changeVisitDoseSchema } from '#domain/visit/record';
import { raiseItHurts } from '#server/acts/practice/pain';
import { prescribedBy } from '#server/acts/program/prescribed-by';
import { publishNextVersion } from '#server/acts/program/versions';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type AdmittedVisit, type FoundVisit, tellVisit } from './access';
import { resultOf } from './cues';

type Reader = { userId: string; locale: string };

/** All that a visit left behind besides its drawings. Notes are the clinic's; of somebody else only what is signed. */
export function* readVisitRecord(d: Db, { visit, standing, userId, locale }: FoundVisit & Reader) {
  const { scope, relations } = standing;
  const visitId = visit.id;
  const cues = yield* listCues(d, { visitId });
  const events = yield* listVisitEvents(d, { visitId });
  const notes = relations.includes('clinician') ? yield* listVisitNotes(d, { ...scope, visitId }) : [];
  return {
    summary: visit.summary,
    stills: yield* listStills(d, { visitId }),
    cues: cues.map((cue) => ({
      ...cue,
      result: cue.result ?? (cue.stoppedAtMs === null ? null : resultOf(cue, cue.stoppedAtMs)),
    })),
    prescribed: yield* prescribedBy(d, scope, { source: 'visit', sourceId: visitId, locale }),
    /** When it ended without anybody ending it; null where somebody did, or it has not ended. */
    endedEmptyAt: events.find(({ kind, source }) => kind === 'ended' && source === 'reconcile')?.at ?? null,
    saidItHurtsAt: events.filter((event) => event.kind === 'it_hurts').map((event) => event.at),
    notes: notes.filter((note) => note.signedAt !== null || note.authorId === userId),
  };
}

/** What the patient will read about the visit, kept as it is written. */
export function* saveSummary(
  d: Db,
  work: UnitOfWork,
  { visit, summary }: Pick<FoundVisit, 'visit'> & { summary: string },
): Body<{ saved: true }> {
  yield* setVisitSummary(d, { visitId: visit.id, summary });
  tellVisit(work, visit);
  return { saved: true };
}

type ChangeDose = Omit<z.output<typeof changeVisitDoseSchema>, 'visitId'> & FoundVisit & { publishedBy: string };

/** The next version of a program, made in the visit; the patient's Today changes at once. */
export function* changeVisitDose(
  d: Db,
  work: UnitOfWork,
  { visit, standing, programId, expectedProgramVersion, changes, reason, publishedBy }: ChangeDose,
): Body<{ number: number }> {
  const { number } = yield* publishNextVersion(d, work, {
    standing,
    programId,
    basedOnNumber: expectedProgramVersion,
    changes,
    source: 'visit',
    sourceId: visit.id,
    reason,
    publishedBy,
  });
  tellVisit(work, visit);
  return { number };
}

/** "It hurts", said with one tap: the clinician in the visit sees it, and it stays as a red flag. */
export function* sayItHurts(
  d: Db,
  work: UnitOfWork,
  { visit, standing, me, opId, saidAt }: AdmittedVisit & { opId: string; saidAt: number },
): Body<{ heard: true }> {
  // It may have waited on the device; a clock that runs ahead says nothing of the future.
  const at = Math.min(saidAt, work.nowMs);
  const said = { visitId: visit.id, participantId: me.id, kind: 'it_hurts', at, source: 'app' as const };
  if (!(yield* insertVisitEvent(d, { id: opId, ...said }))) return { heard: true };
  yield* raiseItHurts(d, work, { scope: standing.scope, source: { kind: 'visit', id: visit.id } });
  tellVisit(work, visit);
  return { heard: true };
}
