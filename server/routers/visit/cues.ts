import 'server-only';
import { findCue, insertCue, stopCue } from '#db/queries/visit/record';
import { Failure, notFound } from '#domain/input/failure';
import { startCueSchema, stopCueSchema } from '#domain/visit/record';
import { requireSeat, tellVisit } from '#server/acts/visit/access';
import { resultOf } from '#server/acts/visit/cues';
import { procedure, router } from '#server/routers/trpc';
import { canonicalJson } from '#server/runtime/operations';

/** Metronome and hold timer of a visit, started by either side. Times by the server's clock. */
export const cuesRouter = router({
  /** Stores a cue that was started. It may arrive late: the line has told the other side already. */
  start: procedure('visit.draw')
    .input(startCueSchema)
    .mutation(({ ctx, input: { visitId, cue } }) =>
      ctx.write(function* (d, act) {
        const { visit } = yield* requireSeat(d, act, ctx.actor, visitId);
        const { cueId, pattern, startsAtMs, lineageId } = cue;
        const known = yield* findCue(d, { cueId });
        if (known) {
          if (known.visitId !== visitId || known.startedBy !== ctx.actor.userId) throw notFound();
          const same = canonicalJson(known.pattern) === canonicalJson(pattern) && known.startsAt === startsAtMs;
          if (!same) throw new Failure('CONFLICT', 'operation_differs');
          return { cueId };
        }
        const row = { id: cueId, visitId, startedBy: ctx.actor.userId, kind: pattern.kind, pattern, lineageId };
        yield* insertCue(d, { ...row, startsAt: startsAtMs });
        act.about(cueId);
        tellVisit(act, visit);
        return { cueId };
      }),
    ),

  /** Either side may stop it; the first stop counts. Answers with what was achieved until then. */
  stop: procedure('visit.draw')
    .input(stopCueSchema)
    .mutation(({ ctx, input: { visitId, cueId, stoppedAtMs } }) =>
      ctx.write(function* (d, act) {
        const { visit } = yield* requireSeat(d, act, ctx.actor, visitId);
        const cue = yield* findCue(d, { cueId });
        if (cue?.visitId !== visitId) throw notFound();
        if (cue.result) return { result: cue.result };
        const played = { cueId, pattern: cue.pattern, startsAtMs: cue.startsAt, stoppedAtMs: null };
        const result = resultOf(played, stoppedAtMs);
        yield* stopCue(d, { visitId, cueId, stoppedAt: stoppedAtMs, result });
        act.about(cueId);
        tellVisit(act, visit);
        return { result };
      }),
    ),
});
