import 'server-only';
import { z } from 'zod';
import { listCues, listStills, listVisitNotes } from '#db/queries/visit/record';
import { insertVisitEvent, listVisitEvents, setVisitSummary } from '#db/queries/visit/visits';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { changeVisitDoseSchema, saveSummarySchema } from '#domain/visit/record';
import { raiseItHurts } from '#server/acts/practice/pain';
import { prescribedBy } from '#server/acts/program/prescribed-by';
import { publishNextVersion } from '#server/acts/program/versions';
import { requireSeat, requireVisit, tellVisit } from '#server/acts/visit/access';
import { resultOf } from '#server/acts/visit/cues';
import { procedure, router } from '#server/routers/trpc';

export const visitRecordRouter = router({
  /** All that a visit left behind besides its drawings. Notes are the clinic's; of somebody else only what is signed. */
  get: procedure('visit.read')
    .input(z.object({ visitId: idSchema }))
    .query(({ ctx, input: { visitId } }) =>
      ctx.read(function* (d, act) {
        const { visit, standing } = yield* requireVisit(d, act, ctx.actor, visitId);
        const { scope, relations } = standing;
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
          prescribed: yield* prescribedBy(d, scope, { source: 'visit', sourceId: visitId, locale: ctx.actor.locale }),
          saidItHurtsAt: events.filter((event) => event.kind === 'it_hurts').map((event) => event.at),
          notes: notes.filter((note) => note.signedAt !== null || note.authorId === ctx.actor.userId),
        };
      }),
    ),

  /** What the patient will read about the visit, kept as it is written. */
  saveSummary: procedure('visit.run')
    .input(saveSummarySchema)
    .mutation(({ ctx, input: { visitId, summary } }) =>
      ctx.write(function* (d, act) {
        const { visit } = yield* requireVisit(d, act, ctx.actor, visitId);
        yield* setVisitSummary(d, { visitId, summary });
        tellVisit(act, visit);
        return { saved: true };
      }),
    ),

  /** The next version of a program, made in the visit; the patient's Today changes at once. */
  changeDose: procedure('program.write')
    .input(changeVisitDoseSchema)
    .mutation(({ ctx, input: { visitId, programId, expectedProgramVersion, changes, reason } }) =>
      ctx.write(function* (d, act) {
        const { visit, standing } = yield* requireVisit(d, act, ctx.actor, visitId);
        const published = yield* publishNextVersion(d, {
          standing,
          programId,
          basedOnNumber: expectedProgramVersion,
          changes,
          source: 'visit',
          sourceId: visitId,
          reason,
          publishedBy: ctx.actor.userId,
          nowMs: act.nowMs,
        });
        act.tell('program', programId, { patientId: visit.patientId });
        tellVisit(act, visit);
        return { number: published.number };
      }),
    ),

  /** "It hurts", said with one tap: the clinician in the visit sees it, and it stays as a red flag. */
  sayItHurts: procedure('visit.say_it_hurts')
    .input(z.object({ visitId: idSchema, opId: idSchema, saidAt: epochMsSchema }))
    .mutation(({ ctx, input: { visitId, opId, saidAt } }) =>
      ctx.write(function* (d, act) {
        const { visit, standing, me } = yield* requireSeat(d, act, ctx.actor, visitId);
        // It may have waited on the device; a clock that runs ahead says nothing of the future.
        const at = Math.min(saidAt, act.nowMs);
        const said = { visitId, participantId: me.id, kind: 'it_hurts', at, source: 'app' as const };
        if (!(yield* insertVisitEvent(d, { id: opId, ...said }))) return { heard: true };
        yield* raiseItHurts(d, act, { scope: standing.scope, source: { kind: 'visit', id: visitId } });
        tellVisit(act, visit);
        return { heard: true };
      }),
    ),
});
