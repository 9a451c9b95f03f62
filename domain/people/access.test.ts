import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '#domain/input/fields';
import { type CaregiverScope, can, mayInClinic, POLICIES, type Policy, type Relation, ruleOf } from './access';

/** Written apart from the table under test: who reaches a patient's rows. The last column is the caregiver's scope. */
const AT_A_PATIENT: [string, self: 'y' | '-', clinician: 'y' | '-', assistant: 'y' | '-', CaregiverScope | '-'][] = [
  ['patient.read', '-', 'y', 'y', '-'],
  ['patient.edit', '-', 'y', '-', '-'],
  ['patient.invite', '-', 'y', '-', '-'],
  ['patient.make_password_link', '-', 'y', '-', '-'],
  ['patient.end_login', '-', 'y', '-', '-'],
  ['care_team.change', '-', 'y', '-', '-'],
  ['patient.export_own', 'y', '-', '-', '-'],
  ['audit.read_own', 'y', '-', '-', '-'],
  ['reminder.read', 'y', '-', '-', '-'],
  ['reminder.choose', 'y', '-', '-', '-'],
  ['consent.read', 'y', 'y', '-', '-'],
  ['consent.change', 'y', '-', '-', '-'],
  ['program.read', 'y', 'y', 'y', 'program'],
  ['program.write', '-', 'y', '-', '-'],
  ['log.read', 'y', 'y', 'y', 'log'],
  ['log.write', 'y', '-', 'y', 'log'],
  ['log.remove', 'y', '-', 'y', 'log'],
  ['flag.note', '-', 'y', '-', '-'],
  ['flag.take', '-', 'y', '-', '-'],
  ['flag.resolve', '-', 'y', '-', '-'],
  ['stop.lift', '-', 'y', '-', '-'],
  ['check_in.submit', 'y', '-', '-', 'check_in'],
  ['check_in.read', 'y', 'y', '-', 'check_in'],
  ['check_in.answer', 'y', '-', '-', '-'],
  ['check_in.withdraw', 'y', '-', '-', '-'],
  ['check_in.decide', '-', 'y', '-', '-'],
  ['measurement.read', '-', 'y', '-', '-'],
  ['measure.read', 'y', 'y', 'y', '-'],
  ['measure.write', '-', 'y', '-', '-'],
  ['assessment.read', '-', 'y', 'y', '-'],
  ['restriction.read', 'y', 'y', 'y', '-'],
  ['restriction.write', '-', 'y', '-', '-'],
  ['review.write', '-', 'y', '-', '-'],
  ['visit.schedule', '-', 'y', '-', '-'],
  ['appointment.read', 'y', '-', '-', '-'],
  ['appointment.choose', 'y', '-', '-', '-'],
  ['appointment.answer', '-', 'y', '-', '-'],
  ['visit.read', 'y', 'y', '-', 'visit'],
  ['visit.read_room', 'y', 'y', '-', 'visit'],
  ['visit.join', 'y', 'y', '-', 'visit'],
  ['visit.stand_at_door', 'y', 'y', '-', 'visit'],
  ['visit.draw', 'y', 'y', '-', '-'],
  ['visit.run', '-', 'y', '-', '-'],
  ['visit.say_it_hurts', 'y', '-', '-', '-'],
  ['note.write', '-', 'y', '-', '-'],
  ['message.read', 'y', 'y', '-', '-'],
  ['message.read_team', '-', 'y', '-', '-'],
  ['message.send', 'y', 'y', '-', '-'],
  ['message.mark', 'y', 'y', '-', '-'],
  ['barrier.say', 'y', '-', '-', '-'],
  ['barrier.read', '-', 'y', '-', '-'],
  ['message.note', '-', 'y', '-', '-'],
  ['message.settle', '-', 'y', '-', '-'],
  ['message.hand_over', '-', 'y', '-', '-'],
  ['media.read', 'y', 'y', '-', 'check_in'],
];

const IN_THE_CLINIC: [string, clinician: 'y' | '-', assistant: 'y' | '-', admin: 'y' | '-'][] = [
  ['clinic.read', 'y', 'y', 'y'],
  ['clinic.change_settings', '-', '-', 'y'],
  ['staff.read', 'y', '-', 'y'],
  ['staff.invite', '-', '-', 'y'],
  ['staff.end', '-', '-', 'y'],
  ['clinic.make_password_link', '-', '-', 'y'],
  ['audit.read', '-', '-', 'y'],
  ['record.keep', '-', '-', 'y'],
  ['record.end_login', '-', '-', 'y'],
  ['record.hold', '-', '-', 'y'],
  ['record.export', '-', '-', 'y'],
  ['record.erase', '-', '-', 'y'],
  ['backup.read', '-', '-', 'y'],
  ['contact.read_delivery', '-', '-', 'y'],
  ['audit.export', '-', '-', 'y'],
  ['emergency_access.review', '-', '-', 'y'],
  ['emergency_access.open', 'y', '-', '-'],
  ['emergency_access.end', 'y', '-', '-'],
  ['care_team.assign', '-', '-', 'y'],
  ['patient.list', 'y', '-', '-'],
  ['patient.add', 'y', '-', '-'],
  ['patient.join_care_team', 'y', '-', '-'],
  ['exercise.read', 'y', 'y', '-'],
  ['exercise.set_demo', 'y', '-', '-'],
  ['schedule.read', 'y', '-', '-'],
  ['availability.write', 'y', '-', '-'],
  ['review.read_queue', 'y', '-', '-'],
  ['review.claim', 'y', '-', '-'],
  ['message.list', 'y', '-', '-'],
  ['phrase.read', 'y', '-', '-'],
  ['phrase.write', 'y', '-', '-'],
];

const OWN_ACCOUNT = [
  'account.read',
  'account.end_sessions',
  'account.change_password',
  'notice.read',
  'notice.mark_read',
  'contact.read',
  'contact.choose',
  'account.change_email',
  'account.choose_units',
  'contact.link_calendar',
  'live.subscribe',
];
const ANYONE = ['invite.read', 'invite.accept', 'invite.new_password', 'invite.confirm_email'];

/** What somebody may who broke the glass: read, and note, take and close a flag with what was done. */
const IN_AN_EMERGENCY = [
  ...['patient.read', 'program.read', 'log.read', 'check_in.read', 'visit.read', 'visit.read_room', 'media.read'],
  'barrier.read',
  ...['flag.note', 'flag.take', 'flag.resolve', 'message.read', 'message.read_team'],
  ...['measure.read', 'restriction.read', 'assessment.read'],
];

const SCOPES: readonly CaregiverScope[] = ['program', 'log', 'check_in', 'visit'];
const ROLES: readonly Role[] = ['clinician', 'assistant', 'admin'];
const RELATIONS: readonly Relation[] = ['self', 'clinician', 'assistant', 'caregiver', 'emergency'];
const policies = Object.keys(POLICIES) as Policy[];
const isPolicy = (name: string): name is Policy => name in POLICIES;
const named = (name: string): Policy => {
  if (!isPolicy(name)) throw new Error(`no policy ${name}`);
  return name;
};
const alone = (policy: string, relation: Relation, scopes: readonly CaregiverScope[] = []) =>
  can(named(policy), { relations: [relation], scopes });

it('every policy stands in exactly one of these tables', () => {
  const written = [...AT_A_PATIENT.map(([name]) => name), ...IN_THE_CLINIC.map(([name]) => name)];
  expect([...written, ...OWN_ACCOUNT, ...ANYONE].sort()).toEqual([...policies].sort());
});

it('each is decided where its table says', () => {
  const decidedOn = (on: string) => policies.filter((policy) => ruleOf(policy).on === on).sort();
  expect(decidedOn('patient')).toEqual(AT_A_PATIENT.map(([name]) => name).sort());
  expect(decidedOn('clinic')).toEqual(IN_THE_CLINIC.map(([name]) => name).sort());
  expect(decidedOn('own_account')).toEqual([...OWN_ACCOUNT].sort());
  expect(decidedOn('anyone')).toEqual([...ANYONE].sort());
});

describe('at a patient', () => {
  it.each(AT_A_PATIENT)('%s: self %s, clinician %s, assistant %s, caregiver %s', (policy, ...row) => {
    const [self, clinician, assistant, scope] = row;
    expect(alone(policy, 'self')).toBe(self === 'y');
    expect(alone(policy, 'clinician')).toBe(clinician === 'y');
    expect(alone(policy, 'assistant')).toBe(assistant === 'y');
    expect(alone(policy, 'caregiver')).toBe(false);
    expect(SCOPES.filter((one) => alone(policy, 'caregiver', [one]))).toEqual(scope === '-' ? [] : [scope]);
    expect(
      alone(
        policy,
        'caregiver',
        SCOPES.filter((one) => one !== scope),
      ),
    ).toBe(false);
  });

  it('in an emergency: these and no others', () => {
    expect(policies.filter((policy) => alone(policy, 'emergency')).sort()).toEqual([...IN_AN_EMERGENCY].sort());
  });

  it.each(policies)('%s: nobody without a relation, whatever the scopes', (policy) => {
    expect(can(policy, { relations: [], scopes: SCOPES })).toBe(false);
  });

  it('scopes are the caregiver’s alone: they give others nothing', () => {
    for (const policy of policies)
      for (const relation of ['self', 'clinician', 'assistant', 'emergency'] as const)
        expect(alone(policy, relation, SCOPES), `${policy} ${relation}`).toBe(alone(policy, relation));
  });

  it('several relations may what each of them may', () => {
    const standing = fc.record({ relations: fc.subarray([...RELATIONS]), scopes: fc.subarray([...SCOPES]) });
    fc.assert(
      fc.property(fc.constantFrom(...policies), standing, (policy, { relations, scopes }) => {
        const each = relations.some((relation) => can(policy, { relations: [relation], scopes }));
        expect(can(policy, { relations, scopes })).toBe(each);
      }),
    );
  });

  it.each([...IN_THE_CLINIC.map(([name]) => name), ...OWN_ACCOUNT, ...ANYONE])('%s is not decided here', (policy) => {
    expect(can(named(policy), { relations: RELATIONS, scopes: SCOPES })).toBe(false);
  });
});

describe('in the clinic', () => {
  it.each(IN_THE_CLINIC)('%s: clinician %s, assistant %s, admin %s', (policy, ...row) => {
    const allowed = ROLES.filter((_, index) => row[index] === 'y');
    expect(ROLES.filter((role) => mayInClinic(named(policy), [role]))).toEqual(allowed);
    expect(mayInClinic(named(policy), [])).toBe(false);
    expect(mayInClinic(named(policy), ROLES)).toBe(true);
  });

  it.each([...AT_A_PATIENT.map(([name]) => name), ...OWN_ACCOUNT, ...ANYONE])('%s is not decided here', (policy) => {
    expect(mayInClinic(named(policy), ROLES)).toBe(false);
  });
});
