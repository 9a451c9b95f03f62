import { isTrackedEnvelope } from '@trpc/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeStaff } from '#db/factories/people';
import { revokeSessions } from '#db/queries/people/sessions';
import { hashPassword } from '#server/auth/password';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { QUERIES_OF } from './concerned';

const test = openTestApp();
const password = 'four calm words here';
let cast: Cast;
let ninaId: string;

beforeAll(async () => {
  cast = await makeCast(test.app);
  const passwordHash = await hashPassword(password);
  const spec = { clinicId: cast.clinicId, name: 'Nina Falk', email: 'nina@larkfield.example', passwordHash };
  ninaId = (await test.app.database.write((d) => makeStaff(d, spec))).userId;
});

/** A stream of a login of its own; the first event says that it is open. */
async function streamOf(userId: string) {
  const events = (await (await test.as(userId)).live.events())[Symbol.asyncIterator]();
  await events.next();
  return {
    async next() {
      const { value }: { value?: unknown } = await events.next();
      return isTrackedEnvelope(value) ? value[1] : undefined;
    },
    end: () => events.return?.(),
  };
}
const tellAll = (id: string) =>
  test.app.live.publish([{ event: { topic: 'queue', id }, clinicId: cast.clinicId, patientId: null, userId: null }]);
const signedOut = { code: 'UNAUTHORIZED', message: 'signed_out' };

describe('the stream of a login', () => {
  it('tells what concerns it, and nothing of logins', async () => {
    const stream = await streamOf(cast.mira.userId);
    test.app.live.publish([
      { event: { topic: 'session', id: ninaId }, clinicId: cast.clinicId, patientId: null, userId: ninaId },
      {
        event: { topic: 'session', id: cast.mira.userId },
        clinicId: cast.clinicId,
        patientId: null,
        userId: cast.mira.userId,
      },
    ]);
    tellAll('one');
    expect(await stream.next()).toEqual({ topic: 'queue', id: 'one', patientId: null, queries: QUERIES_OF.queue });
    await stream.end();
  });

  it.each([
    ['is signed out everywhere', async () => void (await (await test.as(ninaId)).account.endSessions())],
    [
      'is not the one that changed the password',
      async () =>
        void (await (
          await test.as(ninaId)
        ).account.changePassword({
          currentPassword: password,
          newPassword: password,
        })),
    ],
  ])('ends at once where the login %s, and no other does', async (_how, act) => {
    const [nina, mira] = [await streamOf(ninaId), await streamOf(cast.mira.userId)];
    const ended = nina.next();
    await act();
    await expect(ended).rejects.toMatchObject(signedOut);
    tellAll('two');
    expect(await mira.next()).toMatchObject({ topic: 'queue', id: 'two' });
    await mira.end();
  });

  it('tells nothing more, ten seconds after the login ended in silence', async () => {
    const stream = await streamOf(ninaId);
    const nowMs = test.clock.nowMs;
    await test.app.database.write((d) => revokeSessions(d, { userId: ninaId, exceptId: null, nowMs }));
    test.clock.nowMs += 10_000;
    const next = stream.next();
    tellAll('three');
    await expect(next).rejects.toMatchObject(signedOut);
  });
});
