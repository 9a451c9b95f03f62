import 'server-only';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Outgoing } from '#domain/contact/message';
import type { MailEnv } from '#server/runtime/env';
import { unsubscribeToken } from './links';
import { pageFor, wordsOf } from './words';

type Ours = { appUrl: string; secret: string; from: MailEnv['from'] };

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const linked = (words: string, url: string) =>
  `<p>${escaped(words)}<br><a href="${escaped(url)}">${escaped(url)}</a></p>`;

/** One e-mail, whole. It says that there is news and nothing else, whatever the news is about. */
export async function composeMail(outgoing: Outgoing, { appUrl, secret, from }: Ours): Promise<Buffer> {
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
    headers,
    disableUrlAccess: true,
    disableFileAccess: true,
  })
    .compile()
    .build();
}
