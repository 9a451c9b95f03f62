import 'server-only';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Outgoing } from '#domain/contact/message';
import type { MailEnv } from '#server/runtime/env';
import { letterCalendar } from './calendar';
import { unsubscribeToken } from './links';
import { calendarWords, pageFor, wordsOf } from './words';

type Ours = { appUrl: string; secret: string; from: MailEnv['from'] };

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const linked = (words: string, url: string) =>
  `<p>${escaped(words)}<br><a href="${escaped(url)}">${escaped(url)}</a></p>`;

/**
 * Visits for the reader's calendar, each an object of its own, since one that asks for something may name only one event. A
 * single one is the letter in another form too, as programs look for it; several would be forms of one another there.
 */
async function calendarParts({ calendar, locale, to }: Outgoing, { appUrl, from }: Ours) {
  const words = await calendarWords(locale);
  const made = (calendar?.visits ?? []).map((visit) => letterCalendar(visit, { appUrl, words, from, to }));
  const [only] = made;
  if (only && made.length === 1)
    return { icalEvent: { filename: 'visit.ics', method: only.method, content: only.text } };
  const attachments = made.map(({ method, text }, index) => ({
    filename: `visit-${index + 1}.ics`,
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content: text,
  }));
  return { attachments };
}

/** One e-mail, whole. Its words say that there is news and nothing else, whatever the news is about. */
export async function composeMail(outgoing: Outgoing, ours: Ours): Promise<Buffer> {
  const { appUrl, secret, from } = ours;
  const { to, locale, messageToken, userId, groups } = outgoing;
  const words = await wordsOf(locale, outgoing);
  const at = (path: string) => new URL(path, appUrl).href;
  const token = groups.some((group) => group !== 'safety') ? unsubscribeToken(secret, userId, groups) : null;
  const stop = token && { page: at(`/unsubscribe/${token}`), door: at(`/api/unsubscribe/${token}`) };
  const last = stop ? `${words.stop}\n${stop.page}` : words.always;
  const page = at(pageFor(outgoing));
  const text = `${words.lead}\n\n${words.link}\n${page}\n\n${words.noReply}\n\n${last}\n`;
  const html = [
    `<!doctype html><html><body><p>${escaped(words.lead)}</p>`,
    linked(words.link, page),
    `<p>${escaped(words.noReply)}</p>`,
    stop ? linked(words.stop, stop.page) : `<p>${escaped(words.always)}</p>`,
    '</body></html>',
  ].join('');
  const headers: Record<string, string> = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
  if (stop) {
    headers['List-Unsubscribe'] = `<${stop.door}>`;
    headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click';
  }
  return await new MailComposer({
    from,
    to: { name: '', address: to },
    subject: words.subject,
    messageId: `<${messageToken}@${from.address.split('@').at(-1)}>`,
    text,
    html,
    ...(await calendarParts(outgoing, ours)),
    headers,
    disableUrlAccess: true,
    disableFileAccess: true,
  })
    .compile()
    .build();
}
