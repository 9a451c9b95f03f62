/**
 * What a notice is about, as people choose it: what of it leaves the app, and when. `safety` always does. Stored names.
 */
export const GROUPS = ['safety', 'answers', 'messages', 'program', 'visits', 'team', 'reminders'] as const;
export type Group = (typeof GROUPS)[number];

/** Whom news is for: it decides the words, and whose login must still open what the news is about. */
export type Audience = 'patient' | 'staff';

export type Kind = {
  readonly group: Group;
  readonly audience: Audience;
  readonly isUrgent: boolean;
  /** It is of its minute, which its person chose: it waits for no others, no quiet hours and no morning. */
  readonly isTimed: boolean;
  /** It is nothing to read: it brings the calendar of its reader up to date, and says nothing in the app. */
  readonly isSilent?: true;
};

const later = { isUrgent: false, isTimed: false } as const;
const patient = (group: Group): Kind => ({ group, audience: 'patient', ...later });
const staff = (group: Group): Kind => ({ group, audience: 'staff', ...later });
const timed: Kind = { group: 'reminders', audience: 'patient', isUrgent: false, isTimed: true };
/** Sent at once and alone, whatever was chosen. */
const urgent: Kind = { group: 'safety', audience: 'staff', isUrgent: true, isTimed: false };

/** Every kind of notice. One that is not here never leaves the app, and a test fails. */
const KINDS: Readonly<Record<string, Kind>> = {
  review_published: patient('answers'),
  message_received: patient('messages'),
  program_changed: patient('program'),
  restriction_changed: patient('program'),
  visit_booked: patient('visits'),
  visit_cancelled: patient('visits'),
  visit_moved: patient('visits'),
  visits_booked: patient('visits'),
  visits_cancelled: patient('visits'),
  visit_missed: patient('visits'),
  visit_nobody_came: patient('visits'),
  visit_calendar: { ...patient('visits'), isSilent: true },
  visit_not_held: staff('visits'),
  visit_calendar_staff: { ...staff('visits'), isSilent: true },
  visit_declined: patient('visits'),
  visit_earlier: patient('visits'),

  reminder_practice: timed,
  reminder_visit_soon: timed,
  reminder_visit_day: patient('reminders'),
  reminder_check_in: patient('reminders'),

  flag_raised: urgent,
  flag_escalated: urgent,
  message_crisis: urgent,
  feedback_it_hurts: staff('safety'),
  audit_broken: staff('safety'),
  feedback_not_clear: staff('answers'),
  message_waiting: staff('messages'),
  message_handed_over: staff('messages'),
  visit_asked: staff('visits'),
  visit_taken: staff('visits'),
  visit_moved_by_patient: staff('visits'),
  visit_called_off: staff('visits'),
  visit_by_colleague: staff('visits'),
  check_in_escalated: staff('team'),
  care_team_joined: staff('team'),
  emergency_access: staff('team'),
  emergency_access_review: staff('team'),
};

export function kindOf(kind: string): Kind | null {
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? null) : null;
}

/** The groups of which anything is ever said to somebody, in the order in which they are offered. */
export function groupsFor(audience: Audience): Group[] {
  const said = new Set(Object.values(KINDS).flatMap((kind) => (kind.audience === audience ? [kind.group] : [])));
  return GROUPS.filter((group) => said.has(group));
}

/** May somebody turn it off? */
export const isOptional = (group: Group): boolean => group !== 'safety';
