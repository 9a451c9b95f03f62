import { describe, expect, it } from 'vitest';
import { GROUPS, groupsFor, isOptional, kindOf } from './kinds';

describe('kinds of notices', () => {
  it.each([
    ['flag_raised', { group: 'safety', audience: 'staff', isUrgent: true }],
    ['flag_escalated', { group: 'safety', audience: 'staff', isUrgent: true }],
    ['feedback_it_hurts', { group: 'safety', audience: 'staff', isUrgent: false }],
    ['review_published', { group: 'answers', audience: 'patient', isUrgent: false }],
    ['message_received', { group: 'messages', audience: 'patient', isUrgent: false }],
    ['message_waiting', { group: 'messages', audience: 'staff', isUrgent: false }],
    ['message_handed_over', { group: 'messages', audience: 'staff', isUrgent: false }],
    ['visit_cancelled', { group: 'visits', audience: 'patient', isUrgent: false }],
    ['care_team_joined', { group: 'team', audience: 'staff', isUrgent: false }],
  ])('%s', (kind, expected) => {
    expect(kindOf(kind)).toEqual(expected);
  });

  it.each(['', 'nothing', 'constructor', '__proto__', 'toString'])('“%s” is none', (kind) => {
    expect(kindOf(kind)).toBeNull();
  });

  it('offers each person what is ever said to them, and safety cannot be turned off', () => {
    expect(groupsFor('patient')).toEqual(['answers', 'messages', 'program', 'visits']);
    expect(groupsFor('staff')).toEqual(['safety', 'answers', 'messages', 'team']);
    expect(GROUPS.filter((group) => !isOptional(group))).toEqual(['safety']);
  });
});
