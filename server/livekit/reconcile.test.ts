import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plansOf, type Tally, tallied, wholeReads } from '#db/factories/tally';
import { listAudit } from '#db/queries/clinic/audit';
import { takeLease } from '#db/queries/runtime/leases';
import { findLastSign, isAnyVisitOpen, listOpenVisits } from '#db/queries/visit/open-visits';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { UNSEEN_MS } from '#domain/visit/abandoned';
import type { Cue } from '#domain/visit/cue';
import type { AppProcess } from '#server/runtime/process';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { book } from '#server/testing/booking';
import { type FakeRooms, startFakeRooms } from '#server/testing/media-server';
import { reconcileOpenVisits } from './reconcile';

const test = openTestApp();
let cast: Cast;
let media: FakeRooms;
let visitId: string;
let participants: { mira: string; ana: string };
/** The same process, with a media server. */
let app: AppProcess;

const mira = () => test.as(cast.mira.userId);
const ana = () => test.as(cast.ana.userId);
const EMPTY_MS = 15 * MINUTE_MS;

beforeAll(async () => {
  media = await startFakeRooms();
  const env = { ...test.app.env, LIVEKIT_URL: 'ws://unused', LIVEKIT_API_URL: media.apiUrl };
  app = { ...test.app, env: { ...env, LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'x'.repeat(32) } };
});
afterAll(() => media.close());

/** Each test has a clinic of its own and in it one open visit, with Ana admitted and both in the room. */
beforeEach(async () => {
  for (const open of await test.app.database.read((d) => listOpenVisits(d)))
    await (await mira()).visits.end({ visitId: open.id });
  cast = await makeCast(test.app);
  const asked = { patientId: cast.ana.patientId, startsAt: null, durationMinutes: 30, kind: 'review' as const };
  ({ visitId } = await book(await mira(), asked));
  const said = { visitId, locationText: 'At home', presentOthers: null };
  const { participantId } = await (await mira()).visits.join(said);
  participants = { mira: participantId, ana: (await (await ana()).visits.join(said)).participantId };
  await (await mira()).visits.admit({ visitId, participantId: participants.ana });
  media.isAway = false;
  media.waitsFor = 0;
  media.asked.length = 0;
  media.rooms.clear();
  media.rooms.set((await roomName()) ?? '', [`${participants.mira}:aaaaaaaa`, `${participants.ana}:bbbbbbbb`]);
});

async function roomName() {
  const open = await test.app.database.read((d) => listOpenVisits(d));
  return open.find(({ id }) => id === visitId)?.roomName;
}
const stateOf = async () => (await (await mira()).visits.room({ visitId })).visit.state;
const lookAfter = async (ms: number, by: AppProcess = app) => {
  test.clock.nowMs += ms;
  await reconcileOpenVisits(by, test.clock.nowMs);
};
const everybodyLeaves = async () => media.rooms.delete((await roomName()) ?? '');

describe('an open visit', () => {
  it('goes on while somebody is in its room, however long, and ends when it stood empty for the clinic’s minutes', async () => {
    await lookAfter(5 * HOUR_MS);
    expect(await roomName()).toBeDefined();
    await everybodyLeaves();
    await lookAfter(EMPTY_MS - 1000);
    expect(await roomName()).toBeDefined();
    await lookAfter(1000);
    expect(await stateOf()).toBe('ended');
    const record = await (await ana()).visitRecord.get({ visitId });
    expect(record.endedEmptyAt).toBe(test.clock.nowMs);
  });

  it('that somebody comes back to, or whose page asks for its room, is not ended', async () => {
    await everybodyLeaves();
    test.clock.nowMs += EMPTY_MS;
    const token = (await ana()).visits.token({ visitId, tabNonce: 'abcdefgh' });
    await expect(token).rejects.toMatchObject({ message: 'media_server_missing' });
    await lookAfter(EMPTY_MS - 1000);
    expect(await roomName()).toBeDefined();
  });

  it('whose page is read by who may be in it is not ended', async () => {
    await everybodyLeaves();
    test.clock.nowMs += EMPTY_MS;
    await (await ana()).visits.room({ visitId });
    await Promise.allSettled([...test.app.pending]);
    await lookAfter(EMPTY_MS - 1000);
    expect(await roomName()).toBeDefined();
  });

  it('ends by the clinic’s own minutes', async () => {
    const admin = await test.as(cast.admin.userId);
    await admin.clinic.editVisits({ version: 1, emptyMinutes: 60 });
    await everybodyLeaves();
    await lookAfter(59 * MINUTE_MS);
    expect(await roomName()).toBeDefined();
    await lookAfter(MINUTE_MS);
    expect(await roomName()).toBeUndefined();
  });

  it('ends as by the clinician: counts stop when the last one left, and the trail says that the server did it', async () => {
    const pattern = { v: 1 as const, kind: 'hold' as const, holdSeconds: 60, restSeconds: 10, repetitions: 30 };
    const cue: Cue = { cueId: uuidv7(), pattern, startsAtMs: test.clock.nowMs, stoppedAtMs: null, lineageId: null };
    await (await mira()).cues.start({ visitId, cue });
    const leftAt = test.clock.nowMs + 90_000;
    await lookAfter(90_000);
    await everybodyLeaves();
    await lookAfter(EMPTY_MS);
    const { cues } = await (await mira()).visitRecord.get({ visitId });
    expect(cues).toMatchObject([{ stoppedAtMs: leftAt, result: { fullHolds: 1 } }]);
    const trail = await test.app.database.read((d) =>
      listAudit(d, { clinicId: cast.clinicId, before: null, limit: 1 }),
    );
    expect(trail).toMatchObject([{ act: 'server.end_visit', actorName: null }]);
    expect(media.asked).toContain('DeleteRoom');
  });
});

describe('while the media server', () => {
  it.each(['is away', 'is missing'])('%s a visit ends only when nobody was heard of for hours', async (how) => {
    media.isAway = how === 'is away';
    const by = how === 'is away' ? app : test.app;
    await lookAfter(UNSEEN_MS - 1000, by);
    expect(await roomName()).toBeDefined();
    const { participantId } = await (await mira()).visits.join({ visitId, locationText: null, presentOthers: null });
    expect(participantId).toBe(participants.mira);
    await lookAfter(UNSEEN_MS - 1000, by);
    expect(await roomName()).toBeDefined();
    await lookAfter(1000, by);
    expect(await roomName()).toBeUndefined();
  });

  it('answers, many visits take one question and few at once, and who is not admitted is put out', async () => {
    const asked = { patientId: cast.ana.patientId, startsAt: null, durationMinutes: 30, kind: 'review' as const };
    for (let n = 0; n < 8; n++) {
      const other = await book(await mira(), asked);
      await (await mira()).visits.join({ visitId: other.visitId, locationText: null, presentOthers: null });
    }
    const open = await test.app.database.read((d) => listOpenVisits(d));
    for (const visit of open) media.rooms.set(visit.roomName ?? '', ['nobody-we-know:cccccccc']);
    media.most = 0;
    media.waitsFor = 4;
    await reconcileOpenVisits(app, test.clock.nowMs);
    expect(media.asked.filter((method) => method === 'ListRooms')).toHaveLength(1);
    expect(media.asked.filter((method) => method === 'ListParticipants')).toHaveLength(9);
    expect([...media.rooms.values()].flat()).toEqual([]);
    expect(media.most).toBe(4);
  });
});

describe('open visits', () => {
  it('are looked at by one process at a time', async () => {
    await everybodyLeaves();
    test.clock.nowMs += EMPTY_MS;
    const { nowMs } = test.clock;
    const lease = {
      name: 'open-visits',
      holder: 'another process',
      nowMs: nowMs + HOUR_MS,
      untilAt: nowMs + 2 * HOUR_MS,
    };
    await test.app.database.write((d) => takeLease(d, lease));
    await reconcileOpenVisits(app, nowMs);
    expect(media.asked).toEqual([]);
    expect(await roomName()).toBeDefined();
    await lookAfter(3 * HOUR_MS);
    expect(await roomName()).toBeUndefined();
  });

  it('are found by an index of their own, and who was last in one without reading whole trails', async () => {
    const tally: Tally = { statements: [], rows: 0 };
    await test.app.database.read(function* (d) {
      yield* tallied(listOpenVisits(d), tally);
      yield* tallied(isAnyVisitOpen(d), tally);
    });
    const signs: Tally = { statements: [], rows: 0 };
    await test.app.database.read(function* (d) {
      const [open] = yield* listOpenVisits(d);
      if (open) yield* tallied(findLastSign(d, open), signs);
    });
    for (const statement of tally.statements)
      expect((await plansOf(test.app.database.url, [statement])).join()).toMatch(/visits_open/);
    expect(signs.statements).toHaveLength(3);
    expect(await wholeReads(test.app.database.url, signs.statements)).toEqual([]);
  });
});
