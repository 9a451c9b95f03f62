import { beforeAll, describe, expect, it, vi } from 'vitest';
import { POSTGRES } from '#db/columns';
import { endListeners } from '#db/factories/failover';
import { makeSession } from '#db/factories/people';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { listenAs } from './listen';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const about = (id: string) => ({
  event: { topic: 'queue' as const, id },
  clinicId: cast.clinicId,
  patientId: null,
  userId: null,
});

async function stream(signal?: AbortSignal) {
  const token = newToken();
  const login = { userId: cast.mira.userId, clinicId: cast.clinicId, tokenHash: hashToken(token), at: Date.now() };
  await test.app.database.write((d) => makeSession(d, login));
  const actor = await gate(test.app, token, Date.now());
  if (!actor) throw new Error('the login was just made');
  return listenAs({ app: test.app, actor, clock: Date.now, signal });
}

describe('a stream of live events', () => {
  it('sleeps through nothing that happens while it is busy with the event before', async () => {
    const events = await stream();
    await events.next();
    test.app.live.publish([about('one')]);
    expect((await events.next()).value).toMatchObject({ topic: 'queue', id: 'one' });
    // Nobody waits just now: the generator stands at its last event.
    test.app.live.publish([about('two')]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await events.next()).value).toMatchObject({ topic: 'queue', id: 'two' });
    await events.return(undefined);
  });

  it('says "read all again" where more happened than it keeps', async () => {
    const events = await stream();
    await events.next();
    let told = 0;
    const stop = test.app.live.subscribe(() => void told++);
    test.app.live.publish(Array.from({ length: 250 }, (_, index) => about(String(index))));
    await vi.waitFor(() => expect(told).toBe(250), 4000);
    stop();
    expect((await events.next()).value).toMatchObject({ topic: 'patient', id: 'connected' });
    await events.return(undefined);
  });

  it('ends when the process ends, and none begins any more', async () => {
    const events = await stream();
    await events.next();
    const next = events.next();
    const { app } = test;
    const ended = expect(next).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', reason: 'live_down' });
    // The emitter's break, as `end` does it, without ending this test's process for the others.
    app.live.end();
    await ended;
    await expect((await stream()).next()).rejects.toMatchObject({ reason: 'live_down' });
  });
});

describe('the channel between processes', () => {
  it('is taken up again after its connection was lost: streams end meanwhile, and hear again afterwards', async () => {
    if (!POSTGRES) return expect(test.app.database.channel).toBeNull();
    const heard: string[] = [];
    const states: string[] = [];
    const listening = test.app.database.channel?.listen({
      onMessage: (payload) => void heard.push(payload),
      onUp: () => void states.push('up'),
      onDown: () => void states.push('down'),
    });
    await vi.waitFor(() => expect(states).toEqual(['up']), 5000);
    await endListeners(test.app.database.url);
    await vi.waitFor(() => expect(states).toEqual(['up', 'down', 'up']), 15_000);
    await test.app.database.channel?.notify('after the failover');
    await vi.waitFor(() => expect(heard).toEqual(['after the failover']), 5000);
    await listening?.stop();
  }, 30_000);
});
