import 'server-only';
import type { Body, Db } from '#db/body';
import type { ReminderRow } from '#db/queries/contact/reminders';
import type { PatientScope } from '#db/scope';
import type { Next } from '#domain/contact/reminders';

/**
 * Of whom a reminder is. `userId` null: nobody is told now, because no account opens the record or its care is over.
 * `isTreated`: a hand problem is open.
 */
export type Reminded = { scope: PatientScope; userId: string | null; timeZone: string; isTreated: boolean };

/** News that is no reminder, and may be another person's. */
type News = { userId: string; kind: string; eventKey: string };

/**
 * What comes of a reminder that is due. `expiresAt`: from then on it is of no use. `next` null: it is over. `news`: who
 * is told of what besides, each once.
 */
export type Decision = { tell: { expiresAt: number } | null; next: Next | null; news?: readonly News[] };

export const OVER: Decision = { tell: null, next: null };

export type Decide = (d: Db, nowMs: number, row: ReminderRow, person: Reminded) => Body<Decision>;
