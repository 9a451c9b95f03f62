import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const answers: { url: string } = { url: '' };
beforeEach(() => {
  vi.stubGlobal('window', { location: { origin: 'http://127.0.0.1' } });
  vi.stubGlobal('fetch', (path: string) =>
    Promise.resolve(Response.json(path.endsWith('/csrf') ? { csrfToken: 'token' } : answers)),
  );
});
afterEach(() => vi.unstubAllGlobals());

it.each([
  ['http://127.0.0.1/', 'ok'],
  ['http://127.0.0.1/sign-in?csrf=true', 'no_cookies'],
  ['https://larkfield.example/api/auth/signin?csrf=true', 'no_cookies'],
  ['http://127.0.0.1/sign-in?error=CredentialsSignin', 'wrong'],
  ['http://127.0.0.1/sign-in?error=too_many', 'too_many'],
  ['http://127.0.0.1/sign-in?error=no_access', 'no_access'],
])('an answer of next-auth, %s: %s', async (url, result) => {
  answers.url = url;
  const { signInWithPassword } = await import('./sign-in');
  expect(await signInWithPassword('ana@larkfield.example', 'four calm words here')).toBe(result);
});

it('says that the server cannot be reached', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const { signInWithPassword } = await import('./sign-in');
  expect(await signInWithPassword('ana@larkfield.example', 'four calm words here')).toBe('unreachable');
});
