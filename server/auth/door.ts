import 'server-only';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { retryAfterSeconds } from '#domain/input/failure';
import { networkOf } from '#server/runtime/network';
import type { AppProcess } from '#server/runtime/process';
import { deviceCookieName, readDevice, rememberDevice } from './known-device';
import { authOptions, type Signing } from './options';
import { cookieReader } from './request';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** Answers by next-auth, with the headers that its callbacks cannot write. */
export async function answerByNextAuth(
  app: AppProcess,
  request: NextRequest,
  context: RouteContext,
): Promise<Response> {
  const signing: Signing = { from: await whereFrom(app, request.headers), result: null };
  const response: Response = await NextAuth(authOptions(app, signing))(request, context);
  const { from, result } = signing;
  // Whatever a browser kept of a page, the page that Back would show too. What waits to be sent is no cache and stays.
  if ((await context.params).nextauth[0] === 'signout') response.headers.set('clear-site-data', '"cache"');
  if (result?.ok) response.headers.append('set-cookie', await rememberDevice(app, from.device, result.email));
  if (result?.ok === false && result.reason === 'too_many')
    response.headers.set('retry-after', retryAfterSeconds(result.retryAfterMs));
  return response;
}

async function whereFrom(app: AppProcess, headers: Headers): Promise<Signing['from']> {
  const cookies = cookieReader(headers.get('cookie'));
  return {
    network: networkOf(headers.get('x-forwarded-for'), app.env.TRUSTED_PROXY_HOPS),
    device: await readDevice(app, cookies(deviceCookieName(app.env.REGRASP_URL))),
    deviceLabel: headers.get('user-agent')?.slice(0, 200) || null,
  };
}
