import type { Role } from '#domain/input/fields';

/**
 * How an actor stands to a patient. Several may hold at once. `emergency`: a clinician who broke the glass; it reads, and
 * says what was done about a flag and closes it, nothing else.
 */
export type Relation = 'self' | 'clinician' | 'assistant' | 'caregiver' | 'emergency';

export type CaregiverScope = 'program' | 'log' | 'check_in' | 'visit';

type Rule =
  | { readonly on: 'anyone' }
  | { readonly on: 'own_account' }
  | { readonly on: 'clinic'; readonly roles: readonly Role[] }
  | { readonly on: 'patient'; readonly relations: readonly Relation[]; readonly scope?: CaregiverScope };

const anyone = { on: 'anyone' } as const satisfies Rule;
const ownAccount = { on: 'own_account' } as const satisfies Rule;
const clinic = (...roles: Role[]): Rule => ({ on: 'clinic', roles });
const patient = (...relations: Relation[]): Rule => ({ on: 'patient', relations });
const shared = (scope: CaregiverScope, ...relations: Relation[]): Rule => ({
  on: 'patient',
  relations: [...relations, 'caregiver'],
  scope,
});

/**
 * The one table of who may do what. Relation first, role second: a clinician reaches a patient by being on the
 * care team, not by being a clinician. Server and screens read the same rows.
 */
export const POLICIES = {
  'invite.read': anyone,
  'invite.accept': anyone,
  'invite.new_password': anyone,
  'invite.confirm_email': anyone,

  'account.read': ownAccount,
  'account.end_sessions': ownAccount,
  'account.change_password': ownAccount,
  'account.change_email': ownAccount,
  'account.choose_units': ownAccount,
  'notice.read': ownAccount,
  'notice.mark_read': ownAccount,
  'contact.read': ownAccount,
  'contact.choose': ownAccount,
  'contact.link_calendar': ownAccount,
  'live.subscribe': ownAccount,

  'clinic.read': clinic('clinician', 'assistant', 'admin'),
  'clinic.change_settings': clinic('admin'),
  'staff.read': clinic('clinician', 'admin'),
  'staff.invite': clinic('admin'),
  'staff.end': clinic('admin'),
  'clinic.make_password_link': clinic('admin'),
  'audit.read': clinic('admin'),
  'record.keep': clinic('admin'),
  'record.end_login': clinic('admin'),
  'record.hold': clinic('admin'),
  'record.export': clinic('admin'),
  'record.erase': clinic('admin'),
  'backup.read': clinic('admin'),
  'contact.read_delivery': clinic('admin'),
  'audit.export': clinic('admin'),
  'emergency_access.review': clinic('admin'),
  'care_team.assign': clinic('admin'),
  'patient.list': clinic('clinician'),
  'patient.add': clinic('clinician'),
  'patient.join_care_team': clinic('clinician'),
  'emergency_access.open': clinic('clinician'),
  'emergency_access.end': clinic('clinician'),
  'exercise.read': clinic('clinician', 'assistant'),
  'exercise.set_demo': clinic('clinician'),
  'schedule.read': clinic('clinician'),
  'availability.write': clinic('clinician'),
  'review.read_queue': clinic('clinician'),
  'review.claim': clinic('clinician'),
  'message.list': clinic('clinician'),
  'phrase.read': clinic('clinician'),
  'phrase.write': clinic('clinician'),

  'audit.read_own': patient('self'),
  'patient.read': patient('clinician', 'assistant', 'emergency'),
  'patient.edit': patient('clinician'),
  'patient.invite': patient('clinician'),
  'patient.make_password_link': patient('clinician'),
  'patient.end_login': patient('clinician'),
  'care_team.change': patient('clinician'),
  'patient.export_own': patient('self'),
  'reminder.read': patient('self'),
  'reminder.choose': patient('self'),
  'consent.read': patient('self', 'clinician'),
  'consent.change': patient('self'),
  'program.read': shared('program', 'self', 'clinician', 'assistant', 'emergency'),
  'program.write': patient('clinician'),
  'log.read': shared('log', 'self', 'clinician', 'assistant', 'emergency'),
  'log.write': shared('log', 'self', 'assistant'),
  'log.remove': shared('log', 'self', 'assistant'),
  'flag.note': patient('clinician', 'emergency'),
  'flag.take': patient('clinician', 'emergency'),
  'flag.resolve': patient('clinician', 'emergency'),
  // That practice may go on is treatment: who broke the glass leaves it stopped.
  'stop.lift': patient('clinician'),
  'check_in.submit': shared('check_in', 'self'),
  'check_in.read': shared('check_in', 'self', 'clinician', 'emergency'),
  'check_in.answer': patient('self'),
  'check_in.withdraw': patient('self'),
  'check_in.decide': patient('clinician'),
  'measurement.read': patient('clinician'),
  'measure.read': patient('self', 'clinician', 'assistant', 'emergency'),
  'measure.write': patient('clinician'),
  // A draft is the team's until it is signed; what was measured is the patient's to read.
  'assessment.read': patient('clinician', 'assistant', 'emergency'),
  'restriction.read': patient('self', 'clinician', 'assistant', 'emergency'),
  'restriction.write': patient('clinician'),
  'review.write': patient('clinician'),
  'visit.schedule': patient('clinician'),
  'appointment.read': patient('self'),
  'appointment.choose': patient('self'),
  'appointment.answer': patient('clinician'),
  'visit.read': shared('visit', 'self', 'clinician', 'emergency'),
  'visit.read_room': shared('visit', 'self', 'clinician', 'emergency'),
  'visit.join': shared('visit', 'self', 'clinician'),
  // Not among the signs that somebody is in a visit: a page that is left open before it says nothing of it.
  'visit.stand_at_door': shared('visit', 'self', 'clinician'),
  'visit.draw': patient('self', 'clinician'),
  'visit.run': patient('clinician'),
  'visit.say_it_hurts': patient('self'),
  'note.write': patient('clinician'),
  'message.read': patient('self', 'clinician', 'emergency'),
  // What the team says among itself, and who has a thread: never the patient's to ask.
  'message.read_team': patient('clinician', 'emergency'),
  'message.send': patient('self', 'clinician'),
  'message.mark': patient('self', 'clinician'),
  'barrier.say': patient('self'),
  'barrier.read': patient('clinician', 'emergency'),
  'message.note': patient('clinician'),
  'message.settle': patient('clinician'),
  'message.hand_over': patient('clinician'),
  'media.read': shared('check_in', 'self', 'clinician', 'emergency'),
} as const satisfies Record<string, Rule>;

export type Policy = keyof typeof POLICIES;

export type Standing = { readonly relations: readonly Relation[]; readonly scopes: readonly CaregiverScope[] };

/** May someone who stands so to the patient do this? Policies about no patient answer false. */
export function can(policy: Policy, standing: Standing): boolean {
  const rule: Rule = POLICIES[policy];
  if (rule.on !== 'patient') return false;
  return standing.relations.some((relation) => {
    if (!rule.relations.includes(relation)) return false;
    return relation !== 'caregiver' || (rule.scope !== undefined && standing.scopes.includes(rule.scope));
  });
}

/** Where a policy is decided: by nobody, by the account, by the role in the clinic, or by the relation to a patient. */
export function ruleOf(policy: Policy): Rule {
  return POLICIES[policy];
}

/** May someone with these roles in the clinic do this? Policies that need a patient are decided by `can`. */
export function mayInClinic(policy: Policy, roles: readonly Role[]): boolean {
  const rule: Rule = POLICIES[policy];
  return rule.on === 'clinic' && rule.roles.some((role) => roles.includes(role));
}
