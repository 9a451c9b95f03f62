import * as z from 'zod/mini';
import { wholeNumber } from '#domain/input/fields';
import { phoneSchema } from '#domain/input/phone-field';
import { timeZoneSchema } from '#domain/time/local-day';
import { GROUPS, type Group, isOptional } from './kinds';

/** A time of the wall clock, in minutes since 00:00. */
const dayMinutes = wholeNumber(0, 24 * 60 - 1);
const optionalGroup = z.enum(GROUPS).check(z.refine(isOptional));

/**
 * How a person wishes to be reached. `quietFrom` and `quietUntil`: nothing arrives between them; equal = no quiet hours.
 * `timeZone` null: the record's for a patient, the clinic's for staff. `digest`: one message each morning instead of one
 * as things happen. `smsPhone`: the number for texts, null = none are wished.
 */
export const contactChoicesSchema = z.object({
  emailOff: z.array(optionalGroup).check(z.maxLength(GROUPS.length)),
  quietFrom: dayMinutes,
  quietUntil: dayMinutes,
  timeZone: z.nullable(timeZoneSchema),
  digest: z.enum(['none', 'morning']),
  smsPhone: z.nullable(phoneSchema),
});
export type ContactChoices = z.infer<typeof contactChoicesSchema>;

/** Nobody is woken by what can wait. Engineering defaults; each person changes them on Account. */
export const DEFAULT_CHOICES: ContactChoices = {
  emailOff: [],
  quietFrom: 21 * 60,
  quietUntil: 8 * 60,
  timeZone: null,
  digest: 'none',
  smsPhone: null,
};

/** Does somebody want to hear of this outside the app? What is about safety is always said. */
export function isWanted(group: Group, { emailOff }: Pick<ContactChoices, 'emailOff'>): boolean {
  return !isOptional(group) || !emailOff.includes(group);
}
