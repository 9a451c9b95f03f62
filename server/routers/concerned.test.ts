import { describe, expect, it } from 'vitest';
import { appRouter } from './app';
import { QUERIES_OF } from './concerned';

/** Read again when the page is, and after a new connection; nothing tells of them. */
const NOT_LIVE = [
  ...[
    'account.me',
    'account.units',
    'account.idle',
    'account.passwordLinks',
    'account.sessions',
    'invites.show',
    'live.clock',
    'clinic.get',
    'backups.last',
    'contact.choices',
    'contact.push',
    'contact.calendars',
    'reminders.own',
    'contact.delivery',
  ],
  ...['audit.changes', 'audit.reads', 'audit.ofOwnRecord', 'passwordLinks.patients', 'staff.list', 'staff.invites'],
  // What the clinic's settings say of visits.
  'visits.types',
  // What only its writer changes.
  ...['appointments.hours'],
  // Asked for once, where a message begins; and what only its writer changes.
  ...['messages.place', 'messages.phrases'],
  // Asked for with the tool; what is measured meanwhile the page knows itself.
  'annotations.measured',
  // They have a cursor of their own.
  ...['annotations.since', 'reviews.operationsSince', 'reviews.drawing'],
];

type Procedure = { _def: { type: string } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
const queries = procedures.filter(([, { _def }]) => _def.type === 'query').map(([name]) => name);
const live = new Set(Object.values(QUERIES_OF).flat());

describe('every query', () => {
  it('is made old by some event, or is said to be read again only with its page', () => {
    expect([...live, ...NOT_LIVE].toSorted()).toEqual(queries.toSorted());
  });
});
