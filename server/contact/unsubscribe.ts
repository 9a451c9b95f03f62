import 'server-only';
import { turnOff } from '#server/acts/contact/choices';
import type { AppProcess } from '#server/runtime/process';
import { readBody, tooLarge } from '#server/runtime/request-body';
import { runAsServer } from '#server/runtime/unit-of-work';
import { readUnsubscribeToken } from './links';

/** As a mail program says it for its owner (RFC 8058): it wants a plain answer, a person's browser a page. */
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const BODY_MAX = 1000;

/** Turns off what the link names. Whoever has the link may: it does nothing else, and Account turns it on again. */
export async function unsubscribe(app: AppProcess, request: Request, token: string): Promise<Response> {
  const read = readUnsubscribeToken(app.env.REGRASP_SECRET, token);
  if (!read) return new Response('not_found', { status: 404 });
  const body = await readBody(request, BODY_MAX);
  if (!body) return tooLarge();
  const source = { act: 'contact.unsubscribe', nowMs: Date.now() };
  if (!(await runAsServer(app, source, (d, work) => turnOff(d, work, read))))
    return new Response('not_found', { status: 404 });
  if (body.includes(ONE_CLICK)) return new Response('ok', { headers: { 'cache-control': 'no-store' } });
  return new Response(null, {
    status: 303,
    headers: { location: `/unsubscribe/${token}?done`, 'cache-control': 'no-store' },
  });
}
