import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listOpenVisits } from '#db/queries/visit/open-visits';
import { findVisit } from '#db/queries/visit/visits';
import { MINUTE_MS } from '#domain/time/duration';
import { ROOM_ACCESS_MS } from '#domain/visit/lifecycle';
import { reconcileOpenVisits } from '#server/livekit/reconcile';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { type FakeRooms, startFakeRooms } from '#server/testing/media-server';

// The media server is stood in for: what it lets in by a real token is tried in e2e.
const test = openTestApp();
let media: FakeRooms;
let cast: Cast;
let visitId: string;

const mira = () => test.as(cast.mira.userId);
const ana = () => test.as(cast.ana.userId);
const tab = () => ({ visitId, tabNonce: 'aaaaaaaa' });
const said = () => ({ visitId, locationText: 'At home', presentOthers: null });

beforeAll(async () => {
  media = await startFakeRooms();
  Object.assign(test.app.env, {
    LIVEKIT_URL: 'ws://unused',
    LIVEKIT_API_URL: media.apiUrl,
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'x'.repeat(32),
  });
});
afterAll(() => media.close());

beforeEach(async () => {
  for (const open of await test.app.database.read((d) => listOpenVisits(d)))
    await (await mira()).visits.end({ visitId: open.id });
  cast = await makeCast(test.app);
  const asked = { patientId: cast.ana.patientId, startsAt: null, durationMinutes: 30, kind: 'review' as const };
  ({ visitId } = await (await mira()).visits.schedule(asked));
  media.isAway = false;
  media.rooms.clear();
});

/** Whom a token is for, and which room. */
function grantOf(granted: { token: string } | null) {
  const claims = JSON.parse(Buffer.from(granted?.token.split('.')[1] ?? '', 'base64url').toString());
  return { identity: claims.sub as string, room: claims.video.room as string, participantId: claims.sub.split(':')[0] };
}

const roomName = async () => {
  const scope = { clinicId: cast.clinicId, patientId: cast.ana.patientId };
  return (await test.app.database.read((d) => findVisit(d, { ...scope, visitId })))?.roomName;
};

async function anaComesIn(): Promise<string> {
  const { participantId } = await (await ana()).visits.join(said());
  await (await mira()).visits.join(said());
  await (await mira()).visits.admit({ visitId, participantId });
  await (await ana()).visits.join(said());
  return participantId;
}

describe('at the door', () => {
  it('a clinician gets access to the room they will come into, and opens nothing', async () => {
    const granted = await (await mira()).visits.door(tab());
    expect(granted).toMatchObject({ url: 'ws://unused', goodForMs: ROOM_ACCESS_MS });
    const { participantId, room } = grantOf(granted);
    // The page makes the room ready as this participant.
    expect(granted).toMatchObject({ participantId });
    const before = await (await mira()).visits.room({ visitId });
    expect([before.visit.state, before.roster]).toEqual(['scheduled', []]);
    expect(room).toBe(await roomName());
    // Twice at the door, and then in, is one participant in one room.
    expect(grantOf(await (await mira()).visits.door(tab()))).toMatchObject({ participantId, room });
    expect(await (await mira()).visits.join(said())).toMatchObject({ participantId, state: 'admitted' });
    expect(await roomName()).toBe(room);
  });

  it('a patient gets none before they were let in, nor while they wait', async () => {
    expect(await (await ana()).visits.door(tab())).toBeNull();
    await (await mira()).visits.join(said());
    expect(await (await ana()).visits.door(tab())).toBeNull();
    await (await ana()).visits.join(said());
    expect(await (await ana()).visits.door(tab())).toBeNull();
    expect((await (await ana()).visits.room({ visitId })).me).toMatchObject({ state: 'waiting' });
  });

  it('a patient who was let in and left gets access, while they agree to what a visit is', async () => {
    const participantId = await anaComesIn();
    await (await ana()).visits.leave({ visitId });
    expect(grantOf(await (await ana()).visits.door(tab()))).toMatchObject({ participantId });
    expect((await (await mira()).visits.room({ visitId })).roster).toContainEqual(
      expect.objectContaining({ id: participantId, state: 'left' }),
    );
    await (await ana()).patients.changeConsent({ kinds: ['telehealth'], given: false });
    expect(await (await ana()).visits.door(tab())).toBeNull();
  });

  it('who was sent out is not there any more, nor is a visit that is over', async () => {
    const participantId = await anaComesIn();
    await (await mira()).visits.remove({ visitId, participantId });
    await expect((await ana()).visits.door(tab())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await (await mira()).visits.end({ visitId });
    expect(await (await mira()).visits.door(tab())).toBeNull();
  });

  it('nobody of another clinic, nor outside the care team', async () => {
    for (const stranger of [cast.colleague.userId, cast.outsider.userId, cast.other.userId])
      await expect((await test.as(stranger)).visits.door(tab())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('nothing stands in the way while the media server is away', async () => {
    media.isAway = true;
    expect(await (await mira()).visits.door(tab())).toBeNull();
    expect(await (await mira()).visits.join(said())).toMatchObject({ state: 'admitted' });
  });

  it('who stands there takes no part: nothing is timed by them', async () => {
    await (await mira()).visits.door(tab());
    const pattern = { v: 1 as const, kind: 'hold' as const, holdSeconds: 5, restSeconds: 5, repetitions: 3 };
    const cue = { cueId: uuidv7(), pattern, startsAtMs: test.clock.nowMs, stoppedAtMs: null, lineageId: null };
    await expect((await mira()).cues.start({ visitId, cue })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await (await mira()).visits.join(said());
    await (await mira()).cues.start({ visitId, cue });
  });
});

describe('in the room', () => {
  it('who stands at the door is left there until their access is over, and counts as nobody', async () => {
    const inside = await anaComesIn();
    await (await ana()).visits.leave({ visitId });
    await (await ana()).visits.door(tab());
    const room = (await roomName()) ?? '';
    media.rooms.set(room, [`${inside}:aaaaaaaa`, 'nobody-we-know:cccccccc']);
    await reconcileOpenVisits(test.app, test.clock.nowMs);
    expect(media.rooms.get(room)).toEqual([`${inside}:aaaaaaaa`]);
    test.clock.nowMs += ROOM_ACCESS_MS;
    await reconcileOpenVisits(test.app, test.clock.nowMs);
    expect(media.rooms.get(room)).toEqual([]);
  });

  it('a page that stands at the door keeps no visit open', async () => {
    await anaComesIn();
    await (await ana()).visits.leave({ visitId });
    await (await mira()).visits.leave({ visitId });
    for (let minutes = 0; minutes < 15; minutes += 4) {
      await (await mira()).visits.door(tab());
      test.clock.nowMs += 4 * MINUTE_MS;
    }
    await reconcileOpenVisits(test.app, test.clock.nowMs);
    expect((await (await mira()).visits.room({ visitId })).visit.state).toBe('ended');
  });

  it('leaving again ends what was given at the door', async () => {
    const inside = await anaComesIn();
    await (await ana()).visits.leave({ visitId });
    await (await ana()).visits.door(tab());
    await (await ana()).visits.join(said());
    await (await ana()).visits.leave({ visitId });
    const room = (await roomName()) ?? '';
    media.rooms.set(room, [`${inside}:aaaaaaaa`]);
    await reconcileOpenVisits(test.app, test.clock.nowMs);
    expect(media.rooms.get(room)).toEqual([]);
  });
});
