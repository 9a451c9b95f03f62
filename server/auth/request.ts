import 'server-only';
import { ACCOUNT_HEADER } from '#domain/people/page-account';
import { USED_HEADER } from '#domain/people/session-policy';
import type { AppProcess } from '#server/runtime/process';
import { type Actor, gate } from './gate';
import { readSessionToken, sessionCookie, sessionCookieName } from './options';

export type ReadCookie = (name: string) => string | undefined;

/** One cookie out of a `Cookie` header. */
export function cookieReader(header: string | null): ReadCookie {
  const pairs = (header ?? '').split(';').map((part) => part.trim().split(/=(.*)/s));
  return (name) => pairs.find(([key]) => key === name)?.[1];
}

/** Who asks, by the session in the cookie; null where nobody is signed in. It is no sign that a person did something. */
export async function actorOfRequest(app: AppProcess, cookies: ReadCookie): Promise<Actor | null> {
  return await gate(app, await tokenOf(app, cookies), Date.now());
}

const tokenOf = (app: AppProcess, cookies: ReadCookie) =>
  readSessionToken(app, cookies(sessionCookieName(app.env.REGRASP_URL)));

/**
 * As `actorOfRequest`, for a page or what it asks, which says when a person last did something. With the `Set-Cookie`
 * that goes with a login whose end this request moved on, so that row and cookie end together.
 */
export async function loginOfRequest(
  app: AppProcess,
  cookies: ReadCookie,
  headers: Headers,
): Promise<{ actor: Actor | null; renewedCookie: string | null }> {
  const token = await tokenOf(app, cookies);
  const actor = await gate(app, token, Date.now(), usedAgo(headers), headers.get(ACCOUNT_HEADER));
  const rolls = actor?.isRenewed && actor.sessionKind === 'own_device';
  return { actor, renewedCookie: rolls && token ? await sessionCookie(app, token) : null };
}

/** How long ago a person did something, in milliseconds; null where nothing says so. Opening a page is such an act. */
function usedAgo(headers: Headers): number | null {
  // Browsers alone can write these headers; what they fetch ahead nobody has opened.
  if (headers.get('sec-fetch-mode') === 'navigate' && !headers.has('sec-purpose')) return 0;
  const said = headers.get(USED_HEADER);
  return said !== null && /^\d{1,9}$/.test(said) ? Number(said) : null;
}

/** A browser names the page that sends a write; a page of another site, or no name, is refused. */
export function isSameOrigin(app: AppProcess, headers: Headers): boolean {
  const origin = headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  if (origin === new URL(app.env.REGRASP_URL).origin) return true;
  return new URL(origin).host === headers.get('host');
}
