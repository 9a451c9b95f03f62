import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { CalendarVisit } from '#domain/contact/calendar';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { instantsOf } from '#domain/time/wall-time';
import { feedCalendar, letterCalendar } from './calendar';
import { calendarWords } from './words';

const words = await calendarWords('en');
const appUrl = 'https://hands.example.org';
const ours = { appUrl, words };
const letter = { ...ours, from: { name: 'Larkfield', address: 'post@larkfield.example' }, to: 'ana@example.org' };

const visit: CalendarVisit = {
  id: '0193b2a4-6c1e-7a52-9d3f-5b8e1c4a7f20',
  startsAt: Date.UTC(2026, 11, 4, 10, 30),
  durationMinutes: 30,
  mode: 'video',
  state: 'scheduled',
  sequence: 0,
  changedAt: null,
  createdAt: Date.UTC(2026, 11, 1, 9),
  audience: 'patient',
};

/** As another program reads it than the one that wrote it. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((part) => ({ part, event: new ICAL.Event(part) }));
  return { calendar, events };
}

function only(text: string) {
  const { calendar, events } = read(text);
  const [found] = events;
  if (!found || events.length !== 1) throw new Error('one event was expected');
  const value = (name: string) => found.part.getFirstPropertyValue(name);
  return { calendar, ...found, value };
}

const instant = (time: { toJSDate(): Date } | null) => time?.toJSDate().getTime();

/** Of a whole minute, from 1900 to the end of 9999. */
const minutes = fc
  .integer({ min: Date.UTC(1900, 0, 1) / MINUTE_MS, max: (Date.UTC(9999, 11, 31) - DAY_MS) / MINUTE_MS })
  .map((minute) => minute * MINUTE_MS);

const anyVisit: fc.Arbitrary<CalendarVisit> = fc.record({
  id: fc.uuid(),
  startsAt: minutes,
  durationMinutes: fc.integer({ min: 5, max: 180 }),
  mode: fc.constantFrom('video', 'phone', 'in_clinic'),
  state: fc.constantFrom('scheduled', 'open', 'ended', 'cancelled', 'no_show'),
  sequence: fc.nat({ max: 10_000 }),
  changedAt: fc.option(minutes),
  createdAt: minutes,
  audience: fc.constantFrom('patient', 'staff'),
});

/** Of everything that people are called, and of what breaks lines, quotes and headers. */
const anyName = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\r\n', '\n', '\r', '"', '^', ';', ',', ':', '\\', '\u2028', '\ud800', '👩‍⚕️', 'ß', '中'),
      fc.constantFrom('\r\nATTENDEE:mailto:eve@evil.example', '\r\nBEGIN:VEVENT', '\r\n\r\nBcc: eve@evil.example'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('a visit in a calendar', () => {
  it('is asked for, says when it is and nothing of health', () => {
    const { method, text } = letterCalendar(visit, letter);
    const { calendar, event, value, part } = only(text);
    expect(method).toBe('REQUEST');
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(event.uid).toBe(visit.id);
    expect(event.summary).toBe('Visit');
    expect(event.sequence).toBe(0);
    expect(instant(event.startDate)).toBe(visit.startsAt);
    expect(instant(event.endDate)).toBe(visit.startsAt + 30 * MINUTE_MS);
    expect(value('status')).toBe('CONFIRMED');
    expect(value('url')).toBe(`${appUrl}/visit/${visit.id}`);
    expect(value('organizer')).toBe('mailto:post@larkfield.example');
    expect(part.getFirstProperty('organizer')?.getParameter('cn')).toBe('Larkfield');
    const attendee = part.getFirstProperty('attendee');
    expect(String(attendee?.getFirstValue()).toLowerCase()).toBe('mailto:ana@example.org');
    expect(attendee?.getParameter('rsvp')).toBe('FALSE');
    expect(text).toMatch(/^DTSTART:20261204T103000Z\r$/m);
    expect(text).toMatch(/^DTSTAMP:20261201T090000Z\r$/m);
    expect(text).toMatch(/^LAST-MODIFIED:20261201T090000Z\r$/m);
    expect(text).not.toMatch(/\bhand\b|therap|pain|exercise|clinician/);
  });

  it('moves under the same name with a higher number, and is taken out by a cancellation', () => {
    const moved = { ...visit, startsAt: visit.startsAt + DAY_MS, sequence: 1, changedAt: visit.createdAt + HOUR_MS };
    const { text } = letterCalendar(moved, letter);
    expect(only(text).event).toMatchObject({ uid: visit.id, sequence: 1 });
    expect(text).toMatch(/^DTSTAMP:20261201T100000Z\r$/m);
    const off = letterCalendar({ ...moved, state: 'cancelled', sequence: 2 }, letter);
    expect(off.method).toBe('CANCEL');
    const { calendar, event, value } = only(off.text);
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(event).toMatchObject({ uid: visit.id, sequence: 2 });
    expect(value('status')).toBe('CANCELLED');
  });

  it('is to staff a visit with a reference that is no name', () => {
    const { event, value } = only(letterCalendar({ ...visit, audience: 'staff', mode: 'phone' }, letter).text);
    expect(event.summary).toBe('Visit 4A7F20');
    expect(value('url')).toBe(`${appUrl}/schedule`);
  });

  it('that did not take place stays where it was', () => {
    const { method, text } = letterCalendar({ ...visit, state: 'no_show' }, letter);
    expect([method, only(text).value('status')]).toEqual(['REQUEST', 'CONFIRMED']);
  });

  it.each([
    ['Asia/Kolkata', '2026-12-04', 9 * 60, '20261204T033000Z'],
    ['Australia/Lord_Howe', '2026-12-04', 9 * 60, '20261203T220000Z'],
    ['Australia/Lord_Howe', '2026-06-04', 9 * 60, '20260603T223000Z'],
    ['Asia/Kathmandu', '2026-12-04', 9 * 60 + 15, '20261204T033000Z'],
    ['America/St_Johns', '2026-12-04', 9 * 60, '20261204T123000Z'],
  ])('of %s at %s is at the instant that its clocks mean', (timeZone, day, at, utc) => {
    const found = instantsOf({ day: day as `${number}-${number}-${number}`, minutes: at }, timeZone);
    if (found.kind !== 'once') throw new Error('a time that is there once');
    expect(letterCalendar({ ...visit, startsAt: found.at }, letter).text).toContain(`DTSTART:${utc}\r\n`);
  });

  it('is read as it was meant, whoever it is from, in lines of at most 75 octets', () => {
    fc.assert(
      fc.property(anyVisit, anyName, (some, name) => {
        const { text } = letterCalendar(some, { ...letter, from: { ...letter.from, name } });
        const lines = text.split('\r\n');
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
        const { event, part } = only(text);
        expect([event.uid, event.sequence]).toEqual([some.id, some.sequence]);
        expect(instant(event.startDate)).toBe(some.startsAt);
        expect(instant(event.endDate)).toBe(some.startsAt + some.durationMinutes * MINUTE_MS);
        expect(part.getAllProperties('attendee')).toHaveLength(1);
        expect(lines.filter((line) => /^(BCC|ATTENDEE|BEGIN:VEVENT)/i.test(line))).toHaveLength(2);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a name with quotes, carets and signs of other scripts', () => {
    for (const name of ['Klinik "Ärm & Hånd", ^Süd^; 中文 👩‍⚕️', 'x'.repeat(300), '👩‍⚕️'.repeat(40)]) {
      const { part } = only(letterCalendar(visit, { ...letter, from: { ...letter.from, name } }).text);
      expect(part.getFirstProperty('organizer')?.getParameter('cn')).toBe(name);
    }
  });
});

describe('a calendar that is subscribed', () => {
  it('holds each visit once, says the same as the letters, and that one was called off', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyVisit, { selector: ({ id }) => id, maxLength: 20 }), (visits) => {
        const text = feedCalendar(visits, ours);
        const { calendar, events } = read(text);
        expect(events.map(({ event }) => event.uid)).toEqual(visits.map(({ id }) => id));
        for (const [index, { part, event }] of events.entries()) {
          const some = visits[index];
          if (!some) throw new Error('as many as there are');
          const sent = only(letterCalendar(some, letter).text);
          expect([event.sequence, instant(event.startDate)]).toEqual([some.sequence, some.startsAt]);
          expect(part.getFirstPropertyValue('status')).toBe(sent.value('status'));
          expect(event.summary).toBe(sent.event.summary);
          expect(part.getFirstProperty('organizer')).toBeNull();
          expect(part.getFirstProperty('attendee')).toBeNull();
        }
        expect(calendar.getFirstPropertyValue('method')).toBeNull();
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      }),
      { numRuns: 50 },
    );
  });

  it('is asked for again within the hour, is the same text for the same visits, and may be empty', () => {
    const text = feedCalendar([visit], ours);
    expect(text).toMatch(/^REFRESH-INTERVAL;VALUE=DURATION:PT1H\r$/m);
    expect(text).toMatch(/^X-PUBLISHED-TTL:PT1H\r$/m);
    expect(feedCalendar([visit], ours)).toBe(text);
    expect(read(feedCalendar([], ours)).events).toEqual([]);
  });
});
