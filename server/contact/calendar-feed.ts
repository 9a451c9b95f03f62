import 'server-only';
import { createHash } from 'node:crypto';
import { markFeedRead } from '#db/queries/contact/calendar-feeds';
import { giveBackTry, takeTry } from '#db/queries/people/tries';
import { FEED_READ_STEP_MS } from '#domain/contact/calendar';
import { retryAfterSeconds } from '#domain/input/failure';
import { BUDGETS } from '#domain/people/tries';
import { type Feed, readFeed } from '#server/acts/contact/calendar-feed';
import { hashToken } from '#server/auth/gate';
import { networkOf } from '#server/runtime/network';
import { sha256 } from '#server/runtime/operations';
import type { AppProcess } from '#server/runtime/process';
import { feedCalendar } from './calendar';
import { calendarWords } from './words';

const HEADERS = {
  'Cache-Control': 'private, no-cache',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
};

/** What every link that is none is told: unknown, ended, cut off and misspelt look alike. */
const gone = () => new Response('not_found', { status: 404, headers: { 'Cache-Control': 'no-store' } });

/** Weak or not, and one of several: what does not change the text is no reason to send it again. */
function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const named = (ifNoneMatch ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return named.includes(etag) || named.includes('*');
}

/**
 * What a link leads to, or null, or how long its network has to wait. Every look counts as a try until the link was found
 * to be good, so that a hundred guesses at once are not all the first. A program that reads keeps no login alive.
 */
async function lookUp(app: AppProcess, token: string, network: string, nowMs: number): Promise<Feed | number | null> {
  const budgets = [{ key: sha256(`calendar network:${network}`), budget: BUDGETS.calendar }];
  const waitMs = await app.database.write((d) => takeTry(d, { budgets, nowMs }));
  if (waitMs > 0) return waitMs;
  const feed = await app.database.read((d) => readFeed(d, { tokenHash: hashToken(token), nowMs }));
  if (feed === null) return null;
  await app.database.write(function* (d) {
    yield* giveBackTry(d, { budgets, nowMs });
    if (nowMs - (feed.lastReadAt ?? 0) >= FEED_READ_STEP_MS) yield* markFeedRead(d, { id: feed.id, nowMs });
  });
  return feed;
}

async function answer(app: AppProcess, request: Request, name: string, nowMs: number): Promise<Response> {
  const network = networkOf(request.headers.get('x-forwarded-for'), app.env.TRUSTED_PROXY_HOPS);
  const feed = await lookUp(app, name.replace(/\.ics$/, ''), network, nowMs);
  if (feed === null) return gone();
  if (typeof feed === 'number')
    return new Response('too_many', { status: 429, headers: { 'Retry-After': retryAfterSeconds(feed) } });
  const text = feedCalendar(feed.visits, { appUrl: app.env.REGRASP_URL, words: await calendarWords(feed.locale) });
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  const headers = { ...HEADERS, ETag: etag };
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  const described = {
    ...headers,
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'inline; filename="visits.ics"',
    'Content-Length': String(Buffer.byteLength(text)),
  };
  return new Response(request.method === 'HEAD' ? null : text, { headers: described });
}

/**
 * Serves the calendar of a link (GET, HEAD) as `text/calendar`, 304 where the program has it already, 404 where the link
 * is none, 429 where its network tried too many of those. The address is a secret: an error is written down here, without
 * it, and not by whatever stands above.
 */
export async function serveFeed(
  app: AppProcess,
  request: Request,
  name: string,
  nowMs = Date.now(),
): Promise<Response> {
  try {
    return await answer(app, request, name, nowMs);
  } catch (err) {
    app.log.error({ err }, 'a calendar could not be read');
    return new Response('failed', { status: 503, headers: { 'Retry-After': '60', 'Cache-Control': 'no-store' } });
  }
}
