import { makeInDatabase } from '../db/factories/database';
import { makeStaff } from '../db/factories/people';
import { hashPassword } from '../server/auth/password';
import { Doors } from './doors';
import { expect, test } from './fixtures';
import { startServer, type TestServer } from './server';

test.use({ database: 'slowed' });

const password = 'four calm words here';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** Signs in over HTTP, without a browser. `forwarded`: what the client says of where it comes from. */
async function signer(server: TestServer) {
  const nobody = await Doors.of(server, null);
  const csrf = await nobody.ask('/api/auth/csrf');
  const [{ csrfToken }, own] = [JSON.parse(csrf.text), csrf.headers.getSetCookie().map((one) => one.split(';')[0])];
  return async (email: string, typed: string, { forwarded = '', device = '' } = {}) => {
    const body = new URLSearchParams({ csrfToken, json: 'true', callbackUrl: '/', email, password: typed }).toString();
    const headers = { ...form, cookie: [...own, device].join('; '), 'x-forwarded-for': forwarded };
    const answer = await nobody.ask('/api/auth/callback/credentials', { method: 'POST', headers, body });
    const error = new URL(JSON.parse(answer.text).url, server.url).searchParams.get('error');
    return { ...answer, error };
  };
}

async function makeErik(server: TestServer, clinicId: string, email: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeStaff(d, { clinicId, name: 'Erik Holm', email, passwordHash })),
  );
}

test('Wrong sign-ins are slowed down by the address of the socket, whatever address a client writes down', async ({
  people,
  server,
}) => {
  const { clinicId } = await people.pair();
  const email = 'erik@larkfield.example';
  await makeErik(server, clinicId, email);
  const signIn = await signer(server);
  const first = await signIn(email, password);
  const cookies = first.headers.getSetCookie();
  const device = cookies.find((one) => one.startsWith('regrasp.device='))?.split(';')[0] ?? '';
  expect(cookies.find((one) => one.startsWith('regrasp.device='))).toMatch(/HttpOnly; SameSite=Lax/);
  const errors: (string | null)[] = [];
  for (let n = 0; n < 62; n++) {
    const forwarded = `203.0.113.${n}`;
    errors.push((await signIn(`nobody${n}@larkfield.example`, password, { forwarded })).error);
  }
  expect(errors.slice(0, 60).every((error) => error === 'CredentialsSignin')).toBe(true);
  expect(errors.at(-1)).toBe('too_many');
  const slowed = await signIn('nobody@larkfield.example', password, { forwarded: '198.51.100.1' });
  expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
  // The browser in which the account signed in before goes on.
  expect((await signIn(email, password, { device })).error).toBeNull();
});

test('Behind one proxy of one’s own, each address that it names has tries of its own', async () => {
  const server = await startServer({ env: { TRUSTED_PROXY_HOPS: '1' }, withoutLiveKit: true });
  try {
    const signIn = await signer(server);
    const tryFrom = async (forwarded: string) => (await signIn('mira@larkfield.example', 'wrong', { forwarded })).error;
    for (let n = 0; n < 5; n++) expect(await tryFrom('203.0.113.7')).toBe('CredentialsSignin');
    expect(await tryFrom('203.0.113.7')).toBe('too_many');
    expect(await tryFrom('6.6.6.6, 203.0.113.7')).toBe('too_many');
    expect(await tryFrom('203.0.113.8')).toBe('CredentialsSignin');
    expect(await tryFrom('2001:db8:1:2::7')).toBe('CredentialsSignin');
  } finally {
    await server.stop();
  }
});
