import 'server-only';
import { findClinic, updateClinic } from '#db/queries/clinic/clinics';
import { clinicSettingsSchema, editClinicSchema, nextPainPolicy } from '#domain/clinic/settings';
import { Failure, notFound } from '#domain/input/failure';
import { procedure, router } from '#server/routers/trpc';

export const clinicRouter = router({
  /** How patients reach the clinic, and its rules. */
  get: procedure('clinic.read').query(({ ctx }) =>
    ctx.read(function* (d) {
      const clinic = yield* findClinic(d, { clinicId: ctx.actor.clinicId });
      if (!clinic) throw notFound();
      const { name, phone, emergencyNumber } = clinic;
      return { name, phone, emergencyNumber, painPolicy: clinicSettingsSchema.parse(clinic.settings).painPolicy };
    }),
  ),

  edit: procedure('clinic.change_settings')
    .input(editClinicSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId } = ctx.actor;
        const clinic = yield* findClinic(d, { clinicId });
        if (!clinic) throw notFound();
        const settings = clinicSettingsSchema.parse(clinic.settings);
        const { painPolicy: edited, ...reached } = input;
        if (edited.version !== settings.painPolicy.version) throw new Failure('CONFLICT', 'changed_meanwhile');
        const painPolicy = nextPainPolicy(settings.painPolicy, edited);
        yield* updateClinic(d, { clinicId, ...reached, settings: { ...settings, painPolicy } });
        act.about(clinicId);
        return { painPolicy };
      }),
    ),
});
