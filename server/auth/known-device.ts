import 'server-only';
import { randomBytes } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import * as z from 'zod';
import { DAY_MS } from '#domain/time/duration';
import { sha256 } from '#server/runtime/operations';
import type { AppProcess } from '#server/runtime/process';

const KEPT_SECONDS = (180 * DAY_MS) / 1000;
/** A shared computer of a clinic; who has not signed in there for the longest time is forgotten. */
const ACCOUNTS_MAX = 24;
/** Another key than the session's: neither cookie can stand for the other. */
const SALT = 'regrasp.device';

const deviceSchema = z.object({ device: z.string().min(16).max(64), accounts: z.array(z.string()).max(ACCOUNTS_MAX) });

/** A browser in which accounts have signed in before, by marks that name nobody. It opens nothing: it has tries of its own. */
export type KnownDevice = z.infer<typeof deviceSchema>;

const markOf = (email: string) => sha256(`known-device:${email}`).slice(0, 22);

export const isKnownTo = (device: KnownDevice | null, email: string) =>
  device?.accounts.includes(markOf(email)) ?? false;

/** By what a browser is recognised in our own rows; null for one that is not known. */
export const deviceMarkOf = (device: KnownDevice | null): string | null =>
  device && sha256(`device:${device.device}`).slice(0, 32);

/** `__Host-` where the session's cookie has it. */
export function deviceCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https://') ? '__Host-regrasp.device' : 'regrasp.device';
}

export async function readDevice(app: AppProcess, cookie: string | undefined): Promise<KnownDevice | null> {
  if (!cookie) return null;
  const token = await decode({ token: cookie, secret: app.env.REGRASP_SECRET, salt: SALT }).catch(() => null);
  return deviceSchema.safeParse(token).data ?? null;
}

/** The `Set-Cookie` by which this browser is known to the account from now on. */
export async function rememberDevice(app: AppProcess, device: KnownDevice | null, email: string): Promise<string> {
  const mark = markOf(email);
  const others = device?.accounts.filter((known) => known !== mark) ?? [];
  const token: KnownDevice = {
    device: device?.device ?? randomBytes(16).toString('hex'),
    accounts: [mark, ...others].slice(0, ACCOUNTS_MAX),
  };
  const value = await encode({ token, secret: app.env.REGRASP_SECRET, salt: SALT, maxAge: KEPT_SECONDS });
  const secure = app.env.REGRASP_URL.startsWith('https://') ? '; Secure' : '';
  const name = deviceCookieName(app.env.REGRASP_URL);
  return `${name}=${value}; Path=/; Max-Age=${KEPT_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
