import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { insertVisitAddendum, listVisitAddenda } from '#db/queries/visit/addenda';
import { listCues, listStills, listVisitNotes } from '#db/queries/visit/record';
import { insertVisitEvent, listVisitEvents, setVisitSummary } from '#db/queries/visit/visits';
import { nextRevision } from '#domain/input/revision';
import type { SaySymptoms } from '#domain/practice/symptom-check';
import type { changeVisitDoseSchema } from '#domain/visit/record';
import { storeCheck } from '#server/acts/practice/symptoms';
import { prescribedBy } from '#server/acts/program/prescribed-by';
import { publishNextVersion } from '#server/acts/program/versions';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type AdmittedVisit, type FoundVisit, tellVisit } from './access';
import { addendumAt } from './addendum';
import { resultOf } from './cues';

type Reader = { userId: string; locale: string };

/**
 * All that a visit left behind besides its drawings. Notes are the clinic's, whoever broke the glass reads them too; of
 * somebody else only what is signed.
 */
export function* readVisitRecord(d: Db, { visit, standing, userId, locale }: FoundVisit & Reader) {
  const { scope, relations } = standing;
  const visitId = visit.id;
  const { cues, lateCues } = yield* readCues(d, { visitId });
  const stills = yield* listStills(d, { visitId });
  const events = yield* listVisitEvents(d, { visitId });
  const hurts = events.filter(({ kind }) => kind === 'it_hurts');
  const isOfClinic = relations.includes('clinician') || relations.includes('emergency');
  const notes = isOfClinic ? yield* listVisitNotes(d, { ...scope, visitId }) : [];
  return {
    summary: visit.summary,
    summaryRevision: visit.summaryRevision,
    stills: stills.filter(({ addendumAt }) => addendumAt === null),
    cues,
    prescribed: yield* prescribedBy(d, scope, { source: 'visit', sourceId: visitId, locale, isOfClinic }),
    /** When it ended without anybody ending it; null where somebody did, or it has not ended. */
    endedEmptyAt: events.find(({ kind, source }) => kind === 'ended' && source === 'reconcile')?.at ?? null,
    saidItHurtsAt: hurts.filter(({ addendumAt }) => addendumAt === null).map(({ at }) => at),
    notes: notes.filter((note) => note.signedAt !== null || note.authorId === userId),
    /** What came after the record was closed. */
    addenda: {
      stills: stills.filter(({ addendumAt }) => addendumAt !== null),
      cues: lateCues,
      hurts: hurts.flatMap(({ id, at, participantId, addendumAt }) =>
        addendumAt === null ? [] : [{ id, at, participantId, addedAt: addendumAt }],
      ),
      others: yield* listVisitAddenda(d, { visitId }),
    },
  };
}

function* readCues(d: Db, { visitId }: { visitId: string }) {
  const all = (yield* listCues(d, { visitId })).map((cue) => ({
    ...cue,
    result: cue.result ?? (cue.stoppedAtMs === null ? null : resultOf(cue, cue.stoppedAtMs)),
  }));
  const isLate = ({ addendumAt }: (typeof all)[number]) => addendumAt !== null;
  return { cues: all.filter((cue) => !isLate(cue)), lateCues: all.filter(isLate) };
}

/** What the patient will read about the visit, kept as it is written; after the record was closed, beside what stood there. */
export function* saveSummary(
  d: Db,
  work: UnitOfWork,
  {
    summary,
    revision: seen,
    userId,
    ...found
  }: FoundVisit & { summary: string; revision?: number | undefined; userId: string },
): Body<{ revision: number }> {
  const { visit } = found;
  const late = yield* addendumAt(d, work, found, null);
  const stored = { value: visit.summary ?? '', revision: visit.summaryRevision };
  const revision = nextRevision(stored, { value: summary, revision: seen }, (a, b) => a === b);
  if (revision === stored.revision) return { revision };
  if (late === null) yield* setVisitSummary(d, { visitId: visit.id, summary, summaryRevision: revision });
  else if (summary !== visit.summary) {
    const { id: visitId, patientId } = visit;
    const row = { id: uuidv7(), visitId, patientId, userId, kind: 'summary' as const, text: summary };
    yield* insertVisitAddendum(d, { ...row, addedAt: late });
  }
  tellVisit(work, visit);
  return { revision: late === null ? revision : stored.revision };
}

type ChangeDose = Omit<z.output<typeof changeVisitDoseSchema>, 'visitId'> & FoundVisit & { publishedBy: string };

/** The next version of a program, made in the visit; the patient's Today changes at once. */
export function* changeVisitDose(
  d: Db,
  work: UnitOfWork,
  {
    visit,
    standing,
    programId,
    expectedProgramVersion,
    changes,
    reason,
    flagReason,
    restrictionReason,
    publishedBy,
  }: ChangeDose,
): Body<{ number: number }> {
  const { number } = yield* publishNextVersion(d, work, {
    standing,
    programId,
    basedOnNumber: expectedProgramVersion,
    changes,
    source: 'visit',
    sourceId: visit.id,
    reason,
    flagReason,
    restrictionReason,
    publishedBy,
  });
  tellVisit(work, visit);
  return { number };
}

/** "It hurts", said with one tap: the clinician in the visit sees it, and it stays as a red flag. */
export function* sayItHurts(
  d: Db,
  work: UnitOfWork,
  { opId, saidAt, clock, ...admitted }: AdmittedVisit & Pick<SaySymptoms, 'opId' | 'saidAt' | 'clock'>,
): Body<{ heard: true }> {
  const { visit, standing, me } = admitted;
  // It may have waited on a device whose clock is wrong.
  const { at } = work.rightClock({ times: [saidAt], clock })(saidAt);
  const said = { visitId: visit.id, participantId: me.id, kind: 'it_hurts', at, source: 'app' as const };
  const addendum = yield* addendumAt(d, work, admitted, at);
  if (!(yield* insertVisitEvent(d, { id: opId, ...said, addendumAt: addendum }))) return { heard: true };
  // Said again, it is heard again: each time is a check of its own.
  const check = {
    checkId: opId,
    occasion: 'it_hurts' as const,
    place: 'visit' as const,
    subjectId: visit.id,
    lineageId: null,
    saidAt,
    clock,
    pain: null,
    redFlags: null,
    shown: null,
  };
  const { scope, timeZone } = standing;
  yield* storeCheck(d, work, { check, scope, timeZone, enteredBy: me.userId });
  tellVisit(work, visit);
  return { heard: true };
}
