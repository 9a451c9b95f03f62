import 'server-only';
import { turnOff } from '#server/acts/contact/choices';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { readUnsubscribeToken } from './links';

/** As a mail program says it for its owner (RFC 8058): it wants a plain answer, a person's browser a page. */
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const BODY_MAX = 1000;

/** Turns off what the link names. Whoever has the link may: it does nothing else, and Account turns it on again. */
export async function unsubscribe(app: AppProcess, request: Request, token: string): Promise<Response> {
  const read = readUnsubscribeToken(app.env.REGRASP_SECRET, token);
  if (!read) return new Response('not_found', { status: 404 });
  const said = (await request.text()).slice(0, BODY_MAX);
  const source = { act: 'contact.unsubscribe', nowMs: Date.now() };
  if (!(await runAsServer(app, source, (d, work) => turnOff(d, work, read))))
    return new Response('not_found', { status: 404 });
  if (said.includes(ONE_CLICK)) return new Response('ok', { headers: { 'cache-control': 'no-store' } });
  return new Response(null, {
    status: 303,
    headers: { location: `/unsubscribe/${token}?done`, 'cache-control': 'no-store' },
  });
}
