import 'server-only';
import ical, { ICalCalendarMethod, type ICalEventData, ICalEventStatus } from 'ical-generator';
import { type CalendarVisit, endOfVisit, FEED_REFRESH_MS, isOff, visitReference } from '#domain/contact/calendar';
import { SECOND_MS } from '#domain/time/duration';
import type { CalendarWords } from './words';

/** Whose letters these are: a name and a plain address. */
type Sender = { name: string; address: string };
type Ours = { appUrl: string; words: CalendarWords };

const PRODUCT = { company: 'Regrasp', product: 'Regrasp', language: 'EN' };

/** One line of plain text: what would begin another line, or is half a sign, is none of a name. */
const plain = (text: string) =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/** Behind the login: where a video visit is held, else the list on which it stands. */
function pageOf({ id, mode, state, audience }: CalendarVisit): string {
  if (mode === 'video' && state !== 'cancelled') return `/visit/${id}`;
  return audience === 'patient' ? '/visits' : '/schedule';
}

/** The same of a visit wherever it is said, and of the row alone, so that what did not change is the same text. */
function eventOf(visit: CalendarVisit, { appUrl, words }: Ours): ICalEventData {
  const { id, startsAt, sequence, audience, createdAt } = visit;
  const changedAt = new Date(visit.changedAt ?? createdAt);
  const url = new URL(pageOf(visit), appUrl).href;
  return {
    id,
    start: new Date(startsAt),
    end: new Date(endOfVisit(visit)),
    sequence,
    stamp: changedAt,
    created: new Date(createdAt),
    lastModified: changedAt,
    summary: audience === 'patient' ? words.visit : `${words.visit} ${visitReference(id)}`,
    description: `${words[visit.mode]}\n${url}`,
    url,
    status: isOff(visit) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  };
}

/**
 * One visit as a letter carries it (RFC 5546): REQUEST puts it in or moves it, CANCEL takes it out. Times are in UTC, which
 * every calendar writes in its reader's zone. No answer is asked for: nobody reads those to the address of the letters.
 */
export function letterCalendar(
  visit: CalendarVisit,
  { from, to, ...ours }: Ours & { from: Sender; to: string },
): { method: 'REQUEST' | 'CANCEL'; text: string } {
  const method = isOff(visit) ? 'CANCEL' : 'REQUEST';
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod[method] });
  const organizer = { name: plain(from.name) || from.address, email: from.address };
  calendar.createEvent({ ...eventOf(visit, ours), organizer, attendees: [{ email: to, rsvp: false }] });
  return { method, text: calendar.toString() };
}

/** All of a span of time, as programs subscribe to it; a visit that was called off stays, and says so. */
export function feedCalendar(visits: readonly CalendarVisit[], ours: Ours): string {
  const calendar = ical({ prodId: PRODUCT, name: ours.words.name, ttl: FEED_REFRESH_MS / SECOND_MS });
  for (const visit of visits) calendar.createEvent(eventOf(visit, ours));
  return calendar.toString();
}
