import * as z from 'zod/mini';
import { dropOfflineFrames } from '#client/device/offline-pages';
import { forgetDays } from '#client/practice/day-store';
import { refusalOf, type SignInRefusal } from './sign-in-refusal';

const csrfSchema = z.object({ csrfToken: z.string() });
const answerSchema = z.object({ url: z.string() });

async function post(path: string, fields: Record<string, string>): Promise<string> {
  const csrf = csrfSchema.parse(await (await fetch('/api/auth/csrf')).json());
  const body = new URLSearchParams({ ...fields, csrfToken: csrf.csrfToken, json: 'true' });
  const answer = await fetch(path, { method: 'POST', body, headers: { 'x-auth-return-redirect': '1' } });
  return answerSchema.parse(await answer.json()).url;
}

/** Signs in and sets the session cookie. Wrong and unknown look alike. */
export async function signInWithPassword(
  email: string,
  password: string,
): Promise<'ok' | 'unreachable' | SignInRefusal> {
  try {
    const url = await post('/api/auth/callback/credentials', { email, password, callbackUrl: '/' });
    const error = new URL(url, window.location.origin).searchParams.get('error');
    return error ? refusalOf(error) : 'ok';
  } catch {
    return 'unreachable';
  }
}

/**
 * Signs this device out: the session's row is ended, the cookie goes, and with them what the device keeps of the
 * record. Rejects, with everything as it was, where the server cannot be reached.
 */
export async function signOut(): Promise<void> {
  await post('/api/auth/signout', { callbackUrl: '/sign-in' });
  // A browser that forbids the store has kept nothing in it.
  await Promise.all([dropOfflineFrames(), forgetDays().catch(() => undefined)]);
}

export const goToSignIn = () => window.location.assign('/sign-in');
