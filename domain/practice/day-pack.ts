import * as z from 'zod/mini';
import { epochMsSchema, idSchema, sidesSchema } from '#domain/input/fields';
import { doseSchema } from '#domain/program/dose';
import { exerciseTextSchema } from '#domain/program/exercise-text';
import { poseFrameSchema } from '#domain/program/pose';
import { scheduleSchema } from '#domain/program/schedule';
import { restrictionLimitSchema } from '#domain/record/restriction';
import { localDaySchema } from '#domain/time/local-day';
import { clinicTimeSchema } from '#domain/time/opening-hours';
import { visitModeSchema } from '#domain/visit/lifecycle';
import { painPolicySchema, redFlagSchema } from './pain-policy';

export const packPrescriptionSchema = z.object({
  id: idSchema,
  lineageId: idSchema,
  programVersionId: idSchema,
  programTitle: z.string(),
  versionNumber: z.int(),
  position: z.int(),
  side: sidesSchema,
  digits: z.array(z.string()),
  dose: doseSchema,
  fromOn: z.nullable(localDaySchema),
  untilOn: z.nullable(localDaySchema),
  notePatient: z.nullable(z.string()),
  category: z.string(),
  text: exerciseTextSchema,
  pose: z.array(poseFrameSchema),
  demoMediaId: z.nullable(idSchema),
  /** The restrictions that it breaks and that nobody signed for: while one of them holds, it waits. */
  waitsFor: z._default(z.array(idSchema), []),
});
export type PackPrescription = z.infer<typeof packPrescriptionSchema>;

/** A version of a program as the days were planned by it, from its first day on. */
const packPlanSchema = z.object({
  programId: idSchema,
  number: z.int(),
  effectiveFromOn: localDaySchema,
  prescriptions: z.array(
    z.object({
      lineageId: idSchema,
      schedule: scheduleSchema,
      fromOn: z.nullable(localDaySchema),
      untilOn: z.nullable(localDaySchema),
    }),
  ),
});

const packLogSchema = z.object({
  id: idSchema,
  lineageId: idSchema,
  localOn: localDaySchema,
  slot: z.nullable(z.int()),
  state: z.enum(['done', 'partial', 'skipped']),
  performedAt: epochMsSchema,
  pain: z.nullable(z.int()),
});
export type PackLog = z.infer<typeof packLogSchema>;

const packStopSchema = z.object({
  id: z.string(),
  /** The log, check or check-in behind it: by that the phone knows what it said itself. */
  sourceId: z.string(),
  sourceKind: z.string(),
  lineageId: z.nullable(idSchema),
  severity: z.enum(['red', 'urgent']),
  rule: z.string(),
  pain: z.nullable(z.int()),
  redFlags: z.nullable(z.array(redFlagSchema)),
  saidAt: epochMsSchema,
  saidOn: localDaySchema,
  liftedAt: z.nullable(epochMsSchema),
});
export type PackStop = z.infer<typeof packStopSchema>;

/** What the hand must not do, before `untilOn` or until it is lifted. */
const packRestrictionSchema = z.object({
  id: idSchema,
  /** The hand that is restricted. */
  side: sidesSchema,
  limit: restrictionLimitSchema,
  untilOn: z.nullable(localDaySchema),
});
export type PackRestriction = z.infer<typeof packRestrictionSchema>;

const morningSchema = z.object({ localOn: localDaySchema, saidAt: epochMsSchema, pain: z.nullable(z.int()) });

/** What a patient's notice may be about; any other is somebody else's business. */
export const PACK_NOTICES = [
  ...['review_published', 'program_changed', 'restriction_changed', 'message_received'],
  ...['visit_booked', 'visit_moved', 'visit_cancelled', 'visit_declined', 'visit_earlier'],
  ...['visits_booked', 'visits_cancelled'],
  ...['visit_missed', 'visit_nobody_came'],
  ...['reminder_practice', 'reminder_visit_day', 'reminder_visit_soon', 'reminder_check_in'],
] as const;

const packNoticeSchema = z.object({
  id: idSchema,
  kind: z.string(),
  subjectId: z.string(),
  createdAt: epochMsSchema,
  /** Of a notice about a visit: when it is, or was to be. Packs of earlier builds have none. */
  visit: z._default(z.nullable(z.object({ startsAt: epochMsSchema, clinicianName: z.string() })), null),
  /** Of an answer or a message: who wrote it and the first words, '' where it has none. Packs of earlier builds have none. */
  from: z._default(z.nullable(z.object({ name: z.string(), words: z.string() })), null),
});
export type PackNotice = z.infer<typeof packNoticeSchema>;

/** All that a patient's phone needs for a day without a line. Versioned: a pack of another version is thrown away. */
export const dayPackSchema = z.object({
  v: z.literal(1),
  revision: z.string(),
  madeAt: epochMsSchema,
  patient: z.object({ id: idSchema, name: z.string(), operatesWith: z.enum(['left', 'right']), timeZone: z.string() }),
  clinic: z.object({
    ...{ name: z.string(), phone: z.string(), emergencyNumber: z.string() },
    /** When the clinic is open, so that a phone without a line says when it is not. Packs of earlier builds have none. */
    opening: z._default(z.nullable(clinicTimeSchema), null),
  }),
  painPolicy: painPolicySchema,
  baselinePain: z.nullable(z.int()),
  /** Pain before sittings, the newest last: what the usual pain is taken from. Packs of earlier builds have none. */
  painsBefore: z._default(z.array(z.object({ startedAt: epochMsSchema, painBefore: z.nullable(z.int()) })), []),
  stops: z._default(z.array(packStopSchema), []),
  /** Pain said of mornings outside of sittings. */
  mornings: z._default(z.array(morningSchema), []),
  prescriptions: z.array(packPrescriptionSchema),
  /** Packs of earlier builds have none. */
  restrictions: z._default(z.array(packRestrictionSchema), []),
  /** What was in force on the last days. Packs of earlier builds have none. */
  plans: z._default(z.array(packPlanSchema), []),
  logs: z.array(packLogSchema),
  notices: z.array(packNoticeSchema),
  visits: z.array(
    z.object({
      id: idSchema,
      startsAt: epochMsSchema,
      clinicianName: z.string(),
      state: z.enum(['scheduled', 'open']),
      /** Packs of earlier builds have none. */
      mode: z._default(visitModeSchema, 'video'),
    }),
  ),
});
export type DayPack = z.infer<typeof dayPackSchema>;
