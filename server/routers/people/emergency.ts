import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { openEmergencySchema, reviewEmergencySchema } from '#domain/people/keeping-records';
import {
  breakGlass,
  endOwnEmergency,
  readRunningEmergencies,
  readUnreviewedEmergencies,
  signEmergency,
} from '#server/acts/people/emergency';
import { procedure, router } from '#server/routers/trpc';

const byPatient = z.object({ patientId: idSchema });

/** Reading a record in an emergency without being on its care team, and who looks at that afterwards. */
export const emergencyRouter = router({
  open: procedure('emergency_access.open')
    .input(openEmergencySchema)
    .mutation(({ ctx, input }) => breakGlass(ctx.app, ctx.write, { by: ctx.actor, asked: input, nowMs: ctx.clock() })),

  /** The records that the actor has open now. */
  running: procedure('emergency_access.open').query(({ ctx }) =>
    ctx.read((d, work) => readRunningEmergencies(d, work, ctx.actor)),
  ),

  end: procedure('emergency_access.end')
    .input(byPatient)
    .mutation(({ ctx: { actor, write }, input: { patientId } }) => {
      const scope = { clinicId: actor.clinicId, patientId };
      return write((d, work) => endOwnEmergency(d, work, { scope, userId: actor.userId }));
    }),

  /** What no admin has looked at yet, the oldest first. */
  unreviewed: procedure('emergency_access.review').query(({ ctx }) =>
    ctx.read((d) => readUnreviewedEmergencies(d, ctx.actor)),
  ),

  review: procedure('emergency_access.review')
    .input(reviewEmergencySchema)
    .mutation(({ ctx, input }) => ctx.write((d, work) => signEmergency(d, work, { by: ctx.actor, ...input }))),
});
