import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { beforeAll, describe, expect, it } from 'vitest';
import { withoutTable } from '#db/factories/missing-table';
import { makeSession } from '#db/factories/people';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { appRouter } from './app';

const test = openTestApp({ NODE_ENV: 'production' });
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

/** Asks over the same adapter as the door does. */
async function ask(path: string, input: unknown, method: 'GET' | 'POST'): Promise<Response> {
  const token = newToken();
  const login = { userId: cast.mira.userId, clinicId: null, tokenHash: hashToken(token), kind: 'staff' as const };
  await test.app.database.write((d) => makeSession(d, { ...login, at: test.clock.nowMs }));
  const actor = await gate(test.app, token, test.clock.nowMs);
  const query = method === 'GET' ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
  const body = method === 'POST' ? JSON.stringify(input) : undefined;
  const headers = { 'content-type': 'application/json' };
  const req = new Request(`http://127.0.0.1/api/trpc/${path}${query}`, { method, headers, body });
  const context = {
    app: test.app,
    actor,
    clock: () => test.clock.nowMs,
    sameOrigin: true,
    network: '192.0.2.1',
    requestId: 'a-test',
  };
  return await fetchRequestHandler({ endpoint: '/api/trpc', req, router: appRouter, createContext: () => context });
}

describe('a procedure that fails inside', () => {
  it.each([
    ['programs.ofPatient', 'GET', 'programs'],
    ['programs.create', 'POST', 'programs'],
    ['patients.get', 'GET', 'episodes'],
  ] as const)('%s tells 500 and nothing of why', async (path, method, table) => {
    const secret = 'Secret title';
    const input = { patientId: cast.ana.patientId, title: secret };
    const answer = await withoutTable(test.app.database.url, table, () => ask(path, input, method));
    expect(answer.status).toBe(500);
    const reason = 'internal_server_error';
    const code = 'INTERNAL_SERVER_ERROR';
    const data = { code, httpStatus: 500, reason, fields: [] };
    expect(await answer.json()).toEqual({ error: { message: reason, code: -32603, data } });
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    expect(headers).not.toMatch(/select|insert|Secret|sqlite|postgres|drizzle|relation|no such table|\bat\b.+:\d+/i);
    // The table is back, and so is the answer.
    expect((await ask(path, input, method)).status).toBe(200);
  });

  it('tells of a refused field where and which rule, never the value', async () => {
    const answer = await ask('programs.create', { patientId: cast.ana.patientId, title: 'Secret\u0000title' }, 'POST');
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(JSON.parse(text).error.data).toMatchObject({ reason: 'bad_request', fields: [{ path: 'title' }] });
    expect(text).not.toMatch(/Secret|stack|zod/i);
  });
});
