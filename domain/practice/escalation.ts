import * as z from 'zod/mini';
import { idSchema, type Role, wholeNumber } from '#domain/input/fields';
import { MINUTE_MS } from '#domain/time/duration';

/** After how many minutes a red answer that nobody took goes on: editable defaults, not recommendations. */
export const escalationSchema = z
  .object({ coverAfterMinutes: wholeNumber(1, 1440), allAfterMinutes: wholeNumber(1, 2880) })
  .check(
    z.refine(({ coverAfterMinutes, allAfterMinutes }) => coverAfterMinutes <= allAfterMinutes, {
      path: ['allAfterMinutes'],
      error: 'before_cover',
    }),
  );
export type EscalationTimes = z.infer<typeof escalationSchema>;
export const DEFAULT_ESCALATION: EscalationTimes = { coverAfterMinutes: 30, allAfterMinutes: 60 };

/** Who is told of a red answer one after another, while nobody takes it. */
export const ESCALATION_STEPS = ['lead', 'cover', 'all'] as const;
export type EscalationStep = (typeof ESCALATION_STEPS)[number];

/** The step after this one; null where everybody was told. */
export function stepAfter(step: EscalationStep): EscalationStep | null {
  return ESCALATION_STEPS[ESCALATION_STEPS.indexOf(step) + 1] ?? null;
}

/** When a step is due, from when the flag was raised. */
export function stepDueAt(step: EscalationStep, raisedAt: number, times: EscalationTimes): number {
  const minutes = { lead: 0, cover: times.coverAfterMinutes, all: times.allAfterMinutes };
  return raisedAt + minutes[step] * MINUTE_MS;
}

type Staff = { userId: string; role: Role };
type Clinic = {
  /** Who leads the open hand problem; null where nobody who works here does. */
  leadUserId: string | null;
  team: readonly (Staff & { part: 'lead' | 'member' | 'cover' })[];
  staff: readonly Staff[];
};

/**
 * Whom a step tells: the lead; who covers, or where nobody does the other clinicians of the team; all clinicians and the
 * admins of the clinic. Nobody where there is nobody: then the next step is due.
 */
export function toldBy(step: EscalationStep, { leadUserId, team, staff }: Clinic): string[] {
  const clinicians = team.filter(({ role }) => role === 'clinician');
  const ofPart = (part: 'lead' | 'member' | 'cover') => idsOf(clinicians.filter((one) => one.part === part));
  if (step === 'lead') return [...new Set([...(leadUserId === null ? [] : [leadUserId]), ...ofPart('lead')])];
  if (step === 'all') return idsOf(staff.filter(({ role }) => role !== 'assistant'));
  const covers = ofPart('cover');
  return covers.length > 0 ? covers : ofPart('member');
}

const idsOf = (people: readonly Staff[]) => [...new Set(people.map(({ userId }) => userId))];

/** "I take it". */
export const takeFlagSchema = z.object({ patientId: idSchema, flagId: idSchema });

/** By which the notices of a flag are told apart, and found again. */
export const flagEventKey = (flagId: string, step: EscalationStep | 'urgent') => `flag:${flagId}:${step}`;

/** The flag that a notice is about; null where it is about something else. */
export function flagOfEvent(eventKey: string): string | null {
  const [kind, flagId] = eventKey.split(':');
  return kind === 'flag' && flagId ? flagId : null;
}
