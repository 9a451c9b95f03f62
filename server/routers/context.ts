import 'server-only';
import { gate } from '#server/auth/gate';
import { readSessionToken, sessionCookieName } from '#server/auth/options';
import type { AppProcess } from '#server/runtime/process';
import type { Context } from './trpc';

/** The context of one request, from its cookie and headers. */
export async function createContext(
  app: AppProcess,
  cookies: (name: string) => string | undefined,
  headers: Headers,
): Promise<Context> {
  const token = await readSessionToken(app, cookies(sessionCookieName(app.env.REGRASP_URL)));
  return { app, actor: await gate(app, token, Date.now()), clock: Date.now, sameOrigin: isSameOrigin(app, headers) };
}

/** A browser names the page that sends a write; a page of another site, or no name, is refused. */
export function isSameOrigin(app: AppProcess, headers: Headers): boolean {
  const origin = headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  if (origin === new URL(app.env.REGRASP_URL).origin) return true;
  return new URL(origin).host === headers.get('host');
}

/** One cookie out of a `Cookie` header. */
export function cookieReader(header: string | null): (name: string) => string | undefined {
  const pairs = (header ?? '').split(';').map((part) => part.trim().split(/=(.*)/s));
  return (name) => pairs.find(([key]) => key === name)?.[1];
}
