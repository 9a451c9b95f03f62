import 'server-only';
import { isSameOrigin, loginOfRequest, type ReadCookie } from '#server/auth/request';
import { networkOf } from '#server/runtime/network';
import type { AppProcess } from '#server/runtime/process';
import type { Context } from './trpc';

export async function createContext(app: AppProcess, cookies: ReadCookie, headers: Headers): Promise<Context> {
  const { actor, renewedCookie } = await loginOfRequest(app, cookies, headers);
  const network = networkOf(headers.get('x-forwarded-for'), app.env.TRUSTED_PROXY_HOPS);
  return { app, actor, clock: Date.now, sameOrigin: isSameOrigin(app, headers), network, renewedCookie };
}
