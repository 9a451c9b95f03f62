import { describe, expect, it } from 'vitest';
import { GROUPS, groupsFor, isOptional, kindOf } from './kinds';

describe('kinds of notices', () => {
  it.each([
    ['flag_raised', { group: 'safety', audience: 'staff', isUrgent: true, isTimed: false }],
    ['flag_escalated', { group: 'safety', audience: 'staff', isUrgent: true, isTimed: false }],
    ['feedback_it_hurts', { group: 'safety', audience: 'staff', isUrgent: false, isTimed: false }],
    ['review_published', { group: 'answers', audience: 'patient', isUrgent: false, isTimed: false }],
    ['visit_cancelled', { group: 'visits', audience: 'patient', isUrgent: false, isTimed: false }],
    ['visit_asked', { group: 'visits', audience: 'staff', isUrgent: false, isTimed: false }],
    ['visit_earlier', { group: 'visits', audience: 'patient', isUrgent: false, isTimed: false }],
    ['reminder_practice', { group: 'reminders', audience: 'patient', isUrgent: false, isTimed: true }],
    ['reminder_visit_soon', { group: 'reminders', audience: 'patient', isUrgent: false, isTimed: true }],
    ['reminder_visit_day', { group: 'reminders', audience: 'patient', isUrgent: false, isTimed: false }],
    ['reminder_check_in', { group: 'reminders', audience: 'patient', isUrgent: false, isTimed: false }],
    ['care_team_joined', { group: 'team', audience: 'staff', isUrgent: false, isTimed: false }],
    ['message_received', { group: 'messages', audience: 'patient', isUrgent: false, isTimed: false }],
    ['message_waiting', { group: 'messages', audience: 'staff', isUrgent: false, isTimed: false }],
    ['message_handed_over', { group: 'messages', audience: 'staff', isUrgent: false, isTimed: false }],
  ])('%s', (kind, expected) => {
    expect(kindOf(kind)).toEqual(expected);
  });

  it.each(['', 'nothing', 'constructor', '__proto__', 'toString'])('“%s” is none', (kind) => {
    expect(kindOf(kind)).toBeNull();
  });

  it('offers each person what is ever said to them, and safety cannot be turned off', () => {
    expect(groupsFor('patient')).toEqual(['answers', 'messages', 'program', 'visits', 'reminders']);
    expect(groupsFor('staff')).toEqual(['safety', 'answers', 'messages', 'visits', 'team']);
    expect(GROUPS.filter((group) => !isOptional(group))).toEqual(['safety']);
  });
});
