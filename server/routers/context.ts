import 'server-only';
import { randomBytes } from 'node:crypto';
import { isSameOrigin, loginOfRequest, type ReadCookie } from '#server/auth/request';
import { networkOf } from '#server/runtime/network';
import type { AppProcess } from '#server/runtime/process';
import type { Context } from './trpc';

/** What a proxy in front calls the request, where that is a plain word; else a name of our own. */
function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id') ?? '';
  return /^[\w-]{8,64}$/.test(given) ? given : randomBytes(8).toString('hex');
}

export async function createContext(app: AppProcess, cookies: ReadCookie, headers: Headers): Promise<Context> {
  const requestId = requestIdOf(headers);
  const { actor, renewedCookie } = await loginOfRequest(app, cookies, headers);
  const network = networkOf(headers.get('x-forwarded-for'), app.env.TRUSTED_PROXY_HOPS);
  return { app, actor, clock: Date.now, requestId, sameOrigin: isSameOrigin(app, headers), network, renewedCookie };
}
