import 'server-only';
import type { AppProcess } from '#server/runtime/process';
import { type Actor, gate } from './gate';
import { readSessionToken, sessionCookieName } from './options';

export type ReadCookie = (name: string) => string | undefined;

/** One cookie out of a `Cookie` header. */
export function cookieReader(header: string | null): ReadCookie {
  const pairs = (header ?? '').split(';').map((part) => part.trim().split(/=(.*)/s));
  return (name) => pairs.find(([key]) => key === name)?.[1];
}

/** Who asks, by the session in the cookie; null where nobody is signed in. */
export async function actorOfRequest(app: AppProcess, cookies: ReadCookie): Promise<Actor | null> {
  const token = await readSessionToken(app, cookies(sessionCookieName(app.env.REGRASP_URL)));
  return await gate(app, token, Date.now());
}

/** A browser names the page that sends a write; a page of another site, or no name, is refused. */
export function isSameOrigin(app: AppProcess, headers: Headers): boolean {
  const origin = headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  if (origin === new URL(app.env.REGRASP_URL).origin) return true;
  return new URL(origin).host === headers.get('host');
}
