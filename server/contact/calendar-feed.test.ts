import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePatient, makeSession, makeStaff } from '#db/factories/people';
import { listFeeds } from '#db/queries/contact/calendar-feeds';
import { setLoginEnded } from '#db/queries/people/records';
import { revokeAllSessions } from '#db/queries/people/sessions';
import { FEEDS_MAX } from '#domain/contact/calendar';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { lockRecord } from '#server/acts/people/erase';
import { hashToken } from '#server/auth/gate';
import { runAsServer } from '#server/runtime/unit-of-work';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { readCalendar } from '#server/testing/calendar-reader';
import { serveFeed } from './calendar-feed';

const test = openTestApp();
const { clock } = test;
let cast: Cast;
beforeAll(async () => {
  cast = await makeCast(test.app);
});
beforeEach(() => {
  clock.nowMs += 2 * DAY_MS;
});

let n = 0;
/** A patient with a clinician of their own, whose calendar is empty. */
async function aPair() {
  const { clinicId } = cast;
  const login = { email: `feed${++n}@example.org`, passwordHash: null };
  return await test.app.database.write(function* (d) {
    const mira = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
    const ana = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead: mira, login });
    return { mira, patientId: ana.patientId, userId: ana.userId ?? '' };
  });
}

type Asked = { token: string; method?: string; headers?: Record<string, string>; network?: string };

function ask({ token, method = 'GET', headers = {}, network = '192.0.2.7' }: Asked): Promise<Response> {
  const request = new Request(`http://127.0.0.1:3000/api/calendar/${token}.ics`, {
    method,
    headers: { 'x-forwarded-for': network, ...headers },
  });
  return serveFeed(test.app, request, `${token}.ics`, clock.nowMs);
}

async function linkOf(userId: string, label: string | null = null): Promise<string> {
  const { url } = await (await test.as(userId)).contact.linkCalendar({ label });
  return /\/api\/calendar\/([\w-]{43})\.ics$/.exec(url)?.[1] ?? '';
}

async function book({ mira, patientId }: { mira: { userId: string }; patientId: string }, inMs: number) {
  const caller = await test.as(mira.userId);
  const time = { startsAt: clock.nowMs + inMs, durationMinutes: 30 };
  return { caller, ...(await caller.visits.schedule({ patientId, ...time, kind: 'review', mode: 'video' })), ...time };
}

const eventsOf = async (token: string) => readCalendar(await (await ask({ token })).text()).events;

describe('a calendar that is read by its link', () => {
  it('holds the visits of a patient, moved and called off ones too, and of a clinician without names', async () => {
    const pair = await aPair();
    const one = await book(pair, 3 * DAY_MS);
    const other = await book(pair, 5 * DAY_MS);
    const own = await linkOf(pair.userId);
    const staff = await linkOf(pair.mira.userId);
    expect(await eventsOf(own)).toMatchObject([
      { uid: one.visitId, sequence: 0, startsAt: one.startsAt, status: 'CONFIRMED', summary: 'Visit' },
      { uid: other.visitId, sequence: 0 },
    ]);
    const to = one.startsAt + HOUR_MS;
    await one.caller.visits.reschedule({ visitId: one.visitId, startsAt: to, durationMinutes: 30, sequence: 0 });
    await one.caller.visits.cancel({ visitId: other.visitId, state: 'cancelled' });
    const told = [
      { uid: one.visitId, sequence: 1, startsAt: to, status: 'CONFIRMED' },
      { uid: other.visitId, sequence: 1, status: 'CANCELLED' },
    ];
    expect(await eventsOf(own)).toMatchObject(told);
    expect(await eventsOf(staff)).toMatchObject(told);
    const text = await (await ask({ token: staff })).text();
    expect(text).not.toMatch(/Ana|Duarte|Mira|review/);
    expect(text).toContain(`SUMMARY:Visit ${one.visitId.slice(-6).toUpperCase()}`);
  });

  it('reaches a month back and a year ahead, and has no visit that nobody planned', async () => {
    const pair = await aPair();
    const token = await linkOf(pair.userId);
    const { caller, visitId } = await book(pair, DAY_MS);
    await book(pair, 401 * DAY_MS);
    await caller.visits.schedule({ ...pair, startsAt: null, durationMinutes: 15, kind: 'now', mode: 'video' });
    expect((await eventsOf(token)).map(({ uid }) => uid)).toEqual([visitId]);
    clock.nowMs += 30 * DAY_MS;
    expect((await eventsOf(token)).map(({ uid }) => uid)).toContain(visitId);
    clock.nowMs += 2 * DAY_MS;
    expect((await eventsOf(token)).map(({ uid }) => uid)).not.toContain(visitId);
  });

  it('is a calendar to programs: its type, HEAD, and nothing where nothing changed', async () => {
    const pair = await aPair();
    const token = await linkOf(pair.userId);
    const whole = await ask({ token });
    const etag = whole.headers.get('etag') ?? '';
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(whole.headers.get('cache-control')).toMatch(/^private/);
    const head = await ask({ token, method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const again = await ask({ token, headers: { 'if-none-match': known } });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
    await book(pair, 3 * DAY_MS);
    expect((await ask({ token, headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('is kept as a hash, and says to its owner when it was read', async () => {
    const { userId } = await aPair();
    const token = await linkOf(userId, 'My phone');
    const [row] = await test.app.database.read((d) => listFeeds(d, { clinicId: cast.clinicId, userId }));
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.tokenHash).toBe(hashToken(token));
    const own = await test.as(userId);
    expect((await own.contact.calendars()).feeds).toMatchObject([{ label: 'My phone', lastReadAt: null }]);
    const readAt = clock.nowMs;
    await ask({ token });
    clock.nowMs += 10 * MINUTE_MS;
    await ask({ token });
    expect((await own.contact.calendars()).feeds).toMatchObject([{ lastReadAt: readAt }]);
    expect(JSON.stringify(await own.contact.calendars())).not.toContain(hashToken(token));
  });

  it('ends when its owner says so, and nobody else can; there are not many', async () => {
    const { userId } = await aPair();
    const [token, other] = [await linkOf(userId), await linkOf(userId)];
    const own = await test.as(userId);
    const [newest] = (await own.contact.calendars()).feeds;
    const id = newest?.id ?? '';
    await (await test.as(cast.colleague.userId)).contact.endCalendar({ id });
    expect((await ask({ token: other })).status).toBe(200);
    await own.contact.endCalendar({ id });
    expect([(await ask({ token: other })).status, (await ask({ token })).status]).toEqual([404, 200]);
    for (let k = 1; k < FEEDS_MAX; k++) await linkOf(userId);
    await expect(linkOf(userId)).rejects.toThrow('calendar_links_full');
  });

  it('is not made on a device that several people use', async () => {
    const { userId } = await aPair();
    const caller = await test.as(userId);
    expect((await caller.contact.calendars()).isShared).toBe(false);
    await test.app.database.write((d) =>
      makeSession(d, { userId, clinicId: null, tokenHash: 'shared', kind: 'shared_device', at: clock.nowMs }),
    );
    const { makeFeed } = await import('#server/acts/contact/calendar-feed');
    const login = { clinicId: cast.clinicId, userId, sessionKind: 'shared_device' as const, label: null };
    await expect(makeFeed(test.app, (body) => runAsServer(test.app, { act: null, nowMs: 0 }, body), login))
      .rejects //
      .toThrow('not_allowed');
  });

  it('tells nothing of a link that is none: unknown, misspelt, ended, or of an account that ended', async () => {
    const { userId } = await aPair();
    const token = await linkOf(userId);
    const own = await test.as(userId);
    const [feed] = (await own.contact.calendars()).feeds;
    await own.contact.endCalendar({ id: feed?.id ?? '' });
    const answers = await Promise.all(
      [token, 'A'.repeat(43), 'x', '../../etc', `${'B'.repeat(42)}.`, 'C'.repeat(4000)].map(async (one) => {
        const answer = await ask({ token: one });
        return [answer.status, await answer.text(), [...answer.headers].sort()];
      }),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.[0]).toBe(404);
  });

  it.each<[string, (pair: Awaited<ReturnType<typeof aPair>>) => Promise<unknown>]>([
    [
      'the login of the record is ended',
      async ({ patientId }) => (await test.as(cast.admin.userId)).records.endLogin({ patientId }),
    ],
    ['they sign out everywhere', async ({ userId }) => (await test.as(userId)).account.endSessions()],
    [
      'the record is put away',
      ({ patientId }) =>
        runAsServer(test.app, { act: null, nowMs: clock.nowMs, clinicId: cast.clinicId }, (d, work) =>
          lockRecord(d, work, { scope: { clinicId: cast.clinicId, patientId }, reason: 'x', by: null }),
        ),
    ],
    ['a backup is restored', () => test.app.database.write((d) => revokeAllSessions(d, { nowMs: clock.nowMs }))],
  ])('ends when %s, also where the account is given back', async (_, end) => {
    const pair = await aPair();
    const token = await linkOf(pair.userId);
    expect((await ask({ token })).status).toBe(200);
    await end(pair);
    expect((await ask({ token })).status).toBe(404);
    const scope = { clinicId: cast.clinicId, patientId: pair.patientId };
    await test.app.database.write((d) => setLoginEnded(d, { ...scope, endedAt: null }));
    expect((await ask({ token })).status).toBe(404);
  });

  it('of a clinician ends with their work, and has no visits of patients whom they left', async () => {
    const pair = await aPair();
    await book(pair, DAY_MS);
    const token = await linkOf(pair.mira.userId);
    expect(await eventsOf(token)).toHaveLength(1);
    const admin = await test.as(cast.admin.userId);
    const successorId = cast.colleague.membershipId;
    await admin.staff.end({ membershipId: pair.mira.membershipId, successorId });
    expect((await ask({ token })).status).toBe(404);
  });

  it('slows a network that tries many links, and nobody else', async () => {
    const { userId } = await aPair();
    const token = await linkOf(userId);
    const statuses: number[] = [];
    for (let k = 0; k < 70; k++) statuses.push((await ask({ token: `guess${k}`, network: '203.0.113.9' })).status);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([404]));
    expect(new Set(statuses.slice(61))).toEqual(new Set([429]));
    const slowed = await ask({ token, network: '203.0.113.9' });
    expect([slowed.status, Number(slowed.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await ask({ token })).status).toBe(200);
    clock.nowMs += MINUTE_MS;
    expect((await ask({ token, network: '203.0.113.9' })).status).toBe(200);
    for (let k = 0; k < 200; k++) expect((await ask({ token, network: '203.0.113.10' })).status).toBe(200);
  });
});
