import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { SESSION_LIMITS } from '#domain/people/session-policy';
import type { AppProcess } from '#server/runtime/process';
import { hashToken } from './gate';
import { type SignInFrom, type SignInResult, signIn } from './sign-in';
import { endSession } from './sign-out';

const COOKIE_SECONDS = SESSION_LIMITS.own_device.absoluteMs / 1000;

/** `__Host-` ties the cookie to this origin; browsers accept it over https only. */
export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https://') ? '__Host-regrasp.session' : 'regrasp.session';
}

/** One request to next-auth: where it came from, and what became of a sign-in, for the headers that only we may write. */
export type Signing = { readonly from: SignInFrom; result: SignInResult | null };

/** next-auth is the form handler: its JWT carries a session token and nothing else, and proves nothing by itself. */
export function authOptions(app: AppProcess, signing: Signing): NextAuthOptions {
  const secure = app.env.REGRASP_URL.startsWith('https://');
  return {
    secret: app.env.REGRASP_SECRET,
    session: { strategy: 'jwt', maxAge: COOKIE_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: {
        name: sessionCookieName(app.env.REGRASP_URL),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      },
    },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          const result = await signIn(app, credentials, signing.from, Date.now());
          signing.result = result;
          if (result.ok) return { id: result.token };
          if (result.reason === 'wrong') return null;
          throw new Error(result.reason);
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      // What /api/auth/session shows. It says nothing about anyone: only the gate does.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const sid = token?.sid;
        if (typeof sid !== 'string') return;
        await app.database.write((d) => endSession(d, { tokenHash: hashToken(sid), nowMs: Date.now() }));
      },
    },
  };
}

/** The `Set-Cookie` of a login that goes on: the same token, from now on for as long as it may last. */
export async function sessionCookie(app: AppProcess, token: string): Promise<string> {
  const { REGRASP_SECRET: secret, REGRASP_URL } = app.env;
  const value = await encode({ token: { sid: token }, secret, maxAge: COOKIE_SECONDS });
  const secure = REGRASP_URL.startsWith('https://') ? '; Secure' : '';
  const name = sessionCookieName(REGRASP_URL);
  return `${name}=${value}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}

/** The session token inside the cookie's signed envelope, or null. The envelope alone proves nothing. */
export async function readSessionToken(app: AppProcess, cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null;
  const token = await decode({ token: cookie, secret: app.env.REGRASP_SECRET }).catch(() => null);
  return typeof token?.sid === 'string' ? token.sid : null;
}
