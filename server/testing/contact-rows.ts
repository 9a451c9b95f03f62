import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { DEFAULT_CHOICES } from '#domain/contact/choices';
import { ACTORS, type ActorName } from './access-world';
import type { TestApp } from './application';

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };

const SIGNED_IN = ACTORS.filter((actor) => actor !== 'nobody');
const ADMINS = ['admin', 'outsideAdmin'] as const;
const aDevice = { endpoint: 'https://push.example.org/1', p256dh: `B${'x'.repeat(86)}`, auth: 'y'.repeat(22) };

/** How an account is reached, and its calendar: rows of the access matrix. */
export function contactRows(): Record<string, Row> {
  return {
    'contact.choices': { may: SIGNED_IN, call: (c) => c.contact.choices() },
    'contact.choose': { may: SIGNED_IN, call: (c) => c.contact.choose(DEFAULT_CHOICES) },
    'contact.push': { may: SIGNED_IN, call: (c) => c.contact.push() },
    // The clinic has not agreed: who may is told of that.
    'contact.addPush': { may: SIGNED_IN, call: (c) => c.contact.addPush(aDevice) },
    'contact.calendars': { may: SIGNED_IN, call: (c) => c.contact.calendars() },
    'contact.linkCalendar': { may: SIGNED_IN, call: (c) => c.contact.linkCalendar({ label: null }) },
    'contact.endCalendar': { may: SIGNED_IN, call: (c) => c.contact.endCalendar({ id: uuidv7() }) },
    'contact.removePush': { may: SIGNED_IN, call: (c) => c.contact.removePush({ id: uuidv7() }) },
    'contact.delivery': { may: ADMINS, call: (c) => c.contact.delivery() },
  };
}
