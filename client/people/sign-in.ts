import * as z from 'zod/mini';
import { openChannel } from '#client/api/channel';
import { forgetWhatWasRead } from './forget';
import { ONE_BROWSER } from './one-browser';
import { refusalOf, type SignInRefusal } from './sign-in-refusal';

const csrfSchema = z.object({ csrfToken: z.string() });
const answerSchema = z.object({ url: z.string() });

function tellOtherTabs(what: 'signed-in' | 'signed-out'): void {
  const channel = openChannel(ONE_BROWSER);
  channel.postMessage(what);
  channel.close();
}

async function post(path: string, fields: Record<string, string>): Promise<string> {
  const csrf = csrfSchema.parse(await (await fetch('/api/auth/csrf')).json());
  const body = new URLSearchParams({ ...fields, csrfToken: csrf.csrfToken, json: 'true' });
  const answer = await fetch(path, { method: 'POST', body, headers: { 'x-auth-return-redirect': '1' } });
  return answerSchema.parse(await answer.json()).url;
}

/** A wrong password and an unknown address look alike. */
export async function signInWithPassword(
  email: string,
  password: string,
): Promise<'ok' | 'unreachable' | SignInRefusal> {
  try {
    const url = await post('/api/auth/callback/credentials', { email, password, callbackUrl: '/' });
    const { searchParams: answer } = new URL(url, window.location.origin);
    // The cookie that next-auth set a moment ago did not come back with the form: the browser keeps none.
    if (answer.has('csrf')) return 'no_cookies';
    const error = answer.get('error');
    if (error) return refusalOf(error);
    tellOtherTabs('signed-in');
    return 'ok';
  } catch {
    return 'unreachable';
  }
}

/** Ends the session and deletes what the device keeps of the record. Rejects where the server cannot be reached. */
export async function signOut(): Promise<void> {
  await post('/api/auth/signout', { callbackUrl: '/sign-in' });
  tellOtherTabs('signed-out');
  await forgetWhatWasRead();
}

export const goToSignIn = () => window.location.assign('/sign-in');
