import 'server-only';
import { randomBytes } from 'node:crypto';
import { ACCOUNT_HEADER } from '#domain/people/page-account';
import { DEVICE_TIME_HEADER } from '#domain/time/device-clock';
import { deviceCookieName, deviceMarkOf, readDevice } from '#server/auth/known-device';
import { isSameOrigin, loginOfRequest, type ReadCookie } from '#server/auth/request';
import { networkOf } from '#server/runtime/network';
import type { AppProcess } from '#server/runtime/process';
import type { Context } from './trpc';

/** What a proxy in front calls the request, where that is a plain word; else a name of our own. */
function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id') ?? '';
  return /^[\w-]{8,64}$/.test(given) ? given : randomBytes(8).toString('hex');
}

/** What the device's clock said when it asked, as an offset to ours; null where it does not say, or no time. */
function sendingOffsetOf(headers: Headers): number | null {
  const said = headers.get(DEVICE_TIME_HEADER) ?? '';
  return /^-?\d{1,15}$/.test(said) ? Date.now() - Number(said) : null;
}

export async function createContext(app: AppProcess, cookies: ReadCookie, headers: Headers): Promise<Context> {
  const requestId = requestIdOf(headers);
  const login = await loginOfRequest(app, cookies, headers);
  const asked = headers.get(ACCOUNT_HEADER);
  const isOtherLogin = asked !== null && login.actor !== null && login.actor.userId !== asked;
  const { actor, renewedCookie } = isOtherLogin ? { actor: null, renewedCookie: null } : login;
  const network = networkOf(headers.get('x-forwarded-for'), app.env.TRUSTED_PROXY_HOPS);
  const sendingOffsetMs = sendingOffsetOf(headers);
  const sameOrigin = isSameOrigin(app, headers);
  const clock = Date.now;
  const deviceMark = async () => deviceMarkOf(await readDevice(app, cookies(deviceCookieName(app.env.REGRASP_URL))));
  return {
    app,
    actor,
    isOtherLogin,
    clock,
    requestId,
    sendingOffsetMs,
    sameOrigin,
    network,
    deviceMark,
    renewedCookie,
  };
}
