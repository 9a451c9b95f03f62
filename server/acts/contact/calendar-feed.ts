import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findOwnRecord, findReader, insertFeed, listFeeds, revokeFeed } from '#db/queries/contact/calendar-feeds';
import { listVisitsOfClinician, listVisitsOfPatient } from '#db/queries/visit/outside-calendars';
import { reachOf } from '#db/reach';
import { type CalendarVisit, FEED_AHEAD_MS, FEED_PAST_MS, FEED_VISITS_MAX, FEEDS_MAX } from '#domain/contact/calendar';
import { Failure } from '#domain/input/failure';
import type { SessionKind } from '#domain/people/session-policy';
import { hashToken, newToken } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';

type Account = { clinicId: string; userId: string };

/** The links to the account's calendar, the newest first: since when, and when a program last read each. */
export function* readFeeds(d: Db, _work: UnitOfWork, { clinicId, userId }: Account) {
  const feeds = yield* listFeeds(d, { clinicId, userId });
  return feeds.map(({ id, label, createdAt, lastReadAt }) => ({ id, label, createdAt, lastReadAt }));
}

type Login = Account & { sessionKind: SessionKind; label: string | null };
type Made = Account & { label: string | null; tokenHash: string };

function* addFeed(d: Db, work: UnitOfWork, { clinicId, userId, label, tokenHash }: Made): Body<void> {
  if ((yield* listFeeds(d, { clinicId, userId })).length >= FEEDS_MAX)
    throw new Failure('CONFLICT', 'calendar_links_full');
  const id = uuidv7();
  yield* insertFeed(d, { id, clinicId, userId, label, tokenHash, createdAt: work.nowMs });
  work.about(id);
}

/**
 * Makes a link to the account's calendar. Its secret is in the answer and nowhere else: here stays a hash. A device that
 * several people use gets none, since the link outlives the login there. CONFLICT `calendar_links_full`.
 */
export async function makeFeed(
  app: AppProcess,
  run: RunWork,
  { clinicId, userId, sessionKind, label }: Login,
): Promise<{ url: string }> {
  if (sessionKind === 'shared_device') throw new Failure('FORBIDDEN', 'not_allowed');
  const token = newToken();
  await run((d, work) => addFeed(d, work, { clinicId, userId, label, tokenHash: hashToken(token) }));
  return { url: new URL(`/api/calendar/${token}.ics`, app.env.REGRASP_URL).href };
}

/** From now on nobody reads the calendar by that link; one that is another's stays as it is. */
export function* endFeed(
  d: Db,
  work: UnitOfWork,
  { clinicId, userId, id }: Account & { id: string },
): Body<{ ended: true }> {
  work.about(id);
  yield* revokeFeed(d, { clinicId, userId, id, nowMs: work.nowMs });
  return { ended: true };
}

export type Feed = { id: string; lastReadAt: number | null; locale: string; visits: CalendarVisit[] };

/**
 * What a link shows: the visits of its account as a patient, and as a clinician, of a month back and a good year ahead.
 * Null for a link that is none, was ended, or whose account has neither a record nor a place in its clinic any more.
 */
export function* readFeed(d: Db, { tokenHash, nowMs }: { tokenHash: string; nowMs: number }): Body<Feed | null> {
  const reader = yield* findReader(d, { tokenHash });
  if (!reader) return null;
  const { id, lastReadAt, locale, clinicId, userId } = reader;
  const span = { fromMs: nowMs - FEED_PAST_MS, untilMs: nowMs + FEED_AHEAD_MS, limit: FEED_VISITS_MAX };
  const patientId = yield* findOwnRecord(d, { clinicId, userId });
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  if (patientId === null && reach.membershipIds.length === 0) return null;
  const own = patientId === null ? [] : yield* listVisitsOfPatient(d, { clinicId, patientId, ...span });
  const held = yield* listVisitsOfClinician(d, { reach, clinicianId: userId, ...span });
  const visits = [
    ...own.map((visit) => ({ ...visit, audience: 'patient' as const })),
    ...held.map((visit) => ({ ...visit, audience: 'staff' as const })),
  ];
  // Nobody is in a visit with themselves; if they are, a calendar has it once.
  return { id, lastReadAt, locale, visits: [...new Map(visits.map((visit) => [visit.id, visit])).values()] };
}
