import 'server-only';
import { editHoursSchema } from '#domain/clinic/hours';
import { editKeepingSchema } from '#domain/clinic/keeping';
import { pushSettingsSchema } from '#domain/clinic/push-settings';
import { editClinicSchema } from '#domain/clinic/settings';
import { visitSettingsSchema } from '#domain/clinic/visit-settings';
import { alarmWordsSchema } from '#domain/practice/alarm-words';
import { barriersSchema } from '#domain/practice/barriers';
import { appointmentSettingsSchema } from '#domain/visit/appointment-settings';
import {
  editAlarmWords,
  editAppointments,
  editBarriers,
  editClinic,
  editHours,
  editKeeping,
  editPush,
  editVisits,
  readClinic,
} from '#server/acts/clinic/settings';
import { procedure, router } from '#server/routers/trpc';

export const clinicRouter = router({
  get: procedure('clinic.read').query(({ ctx }) => ctx.read((d) => readClinic(d, ctx.actor))),

  edit: procedure('clinic.change_settings')
    .input(editClinicSchema)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => editClinic(d, work, { clinicId: ctx.actor.clinicId, edited: input })),
    ),

  editKeeping: procedure('clinic.change_settings')
    .input(editKeepingSchema)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => editKeeping(d, work, { clinicId: ctx.actor.clinicId, edited: input })),
    ),

  editHours: procedure('clinic.change_settings')
    .input(editHoursSchema)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => editHours(d, work, { clinicId: ctx.actor.clinicId, edited: input })),
    ),

  editAlarmWords: procedure('clinic.change_settings')
    .input(alarmWordsSchema)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => editAlarmWords(d, work, { clinicId: ctx.actor.clinicId, edited: input })),
    ),

  editBarriers: procedure('clinic.change_settings')
    .input(barriersSchema)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => editBarriers(d, work, { clinicId: ctx.actor.clinicId, edited: input })),
    ),

  editVisits: procedure('clinic.change_settings')
    .input(visitSettingsSchema)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => editVisits(d, work, { clinicId: ctx.actor.clinicId, edited: input })),
    ),

  editAppointments: procedure('clinic.change_settings')
    .input(appointmentSettingsSchema)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => editAppointments(d, work, { clinicId: ctx.actor.clinicId, edited: input })),
    ),

  editPush: procedure('clinic.change_settings')
    .input(pushSettingsSchema)
    .mutation(({ ctx, input }) =>
      ctx.write((d, work) => editPush(d, work, { clinicId: ctx.actor.clinicId, edited: input })),
    ),
});
