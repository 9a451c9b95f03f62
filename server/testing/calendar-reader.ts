import 'server-only';
import ICAL from 'ical.js';

/** What a calendar says of one event, as another program reads it than the one that wrote it. Instants are epoch ms. */
export type ReadEvent = {
  uid: string;
  sequence: number;
  startsAt: number;
  endsAt: number;
  summary: string;
  status: string;
  url: string;
  text: string;
};

/** Reads a calendar; throws where it is none. */
export function readCalendar(text: string): { method: string | null; events: ReadEvent[] } {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const method = calendar.getFirstPropertyValue('method');
  const events = calendar.getAllSubcomponents('vevent').map((part) => {
    const event = new ICAL.Event(part);
    return {
      uid: event.uid,
      sequence: event.sequence,
      startsAt: event.startDate.toJSDate().getTime(),
      endsAt: event.endDate.toJSDate().getTime(),
      summary: event.summary,
      status: String(part.getFirstPropertyValue('status')),
      url: String(part.getFirstPropertyValue('url')),
      text: part.toString(),
    };
  });
  return { method: method === null ? null : String(method), events };
}

/** The calendars in a letter as it was sent: the part that is the letter in another form, and what is attached. */
export function calendarsIn(raw: string): { type: string; name: string | null; text: string }[] {
  return raw
    .split(/^--[^\r\n]+\r?\n/m)
    .map((part) => {
      const [head = '', ...body] = part.split(/\r?\n\r?\n/);
      return { head: head.replace(/\r?\n[ \t]+/g, ' '), body: body.join('\r\n\r\n') };
    })
    .filter(({ head }) => /^Content-Type: (text\/calendar|application\/ics)/im.test(head))
    .map(({ head, body }) => ({
      type: /^Content-Type: (.*)$/im.exec(head)?.[1] ?? '',
      name: /filename="?([^";\r\n]+)/i.exec(head)?.[1] ?? null,
      text: /^Content-Transfer-Encoding: base64/im.test(head) ? Buffer.from(body, 'base64').toString('utf8') : body,
    }));
}
