import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCheckIn, makeClip } from '#db/factories/check-ins';
import { moveCheckIn } from '#db/queries/check-in/check-ins';
import { findMediaById, insertMedia, moveMedia, upsertUpload } from '#db/queries/check-in/media';
import { isJobDue } from '#db/queries/runtime/jobs';
import { DAY_MS } from '#domain/time/duration';
import { sweepMedia } from '#server/media/sweep';
import { arrivedBytes } from '#server/media/uploads';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const whose = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId, userId: cast.ana.userId ?? '' });
const row = (mediaId: string) => test.app.database.read((d) => findMediaById(d, { mediaId }));

/** A stored clip of Ana's with its poster. */
async function storedClip(): Promise<{ clip: string; poster: string }> {
  const { userId: ownerUserId, ...owner } = { ...whose(), at: test.clock.nowMs };
  const file = join(test.app.env.MEDIA_DIR, 'in');
  writeFileSync(file, 'moving pictures');
  const [storageKey, posterKey] = [await test.app.storage.put(file), await test.app.storage.put(file)];
  return await test.app.database.write(function* (d) {
    const clip = yield* makeClip(d, { ...owner, ownerUserId, storageKey });
    const derived = { kind: 'poster' as const, derivedFromId: clip, storageKey: posterKey };
    return { clip, poster: yield* makeClip(d, { ...owner, ownerUserId, ...derived }) };
  });
}

async function waiting(count = 1) {
  const stored = [];
  while (stored.length < count) stored.push(await storedClip());
  const spec = { ...whose(), at: test.clock.nowMs, state: 'ready' as const, mediaIds: stored.map(({ clip }) => clip) };
  const { checkInId } = await test.app.database.write((d) => makeCheckIn(d, spec));
  return { checkInId, stored };
}

const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);

describe('a check-in that is taken back', () => {
  it('leaves the queue, its clips are served no more and then removed; what was said stays', async () => {
    const { checkInId, stored } = await waiting();
    const [{ clip, poster } = { clip: '', poster: '' }] = stored;
    const keys = [(await row(clip))?.storageKey ?? '', (await row(poster))?.storageKey ?? ''];
    const caller = await ana();
    expect(await caller.checkIns.withdraw({ checkInId })).toEqual({ state: 'withdrawn' });
    expect(await caller.checkIns.withdraw({ checkInId })).toEqual({ state: 'withdrawn' });
    const seen = await (await mira()).checkIns.get({ checkInId });
    expect(seen).toMatchObject({ state: 'withdrawn', answers: { pain: 2 }, media: [{ state: 'deleted' }] });
    expect(seen.events.at(-1)).toMatchObject({ toState: 'withdrawn', by: cast.ana.userId });
    const queued = await (await mira()).reviews.queue({ cursor: null });
    expect(JSON.stringify(queued)).not.toContain(checkInId);
    await sweepMedia(test.app, Date.now());
    for (const key of keys) expect(await test.app.storage.size(key)).toBeNull();
    for (const id of [clip, poster]) expect(await row(id)).toMatchObject({ state: 'deleted', storageKey: null });
  });

  it('takes the claim from whoever had begun to answer', async () => {
    const { checkInId } = await waiting();
    const claim = await (await mira()).reviews.claim({ checkInId });
    await (await ana()).checkIns.withdraw({ checkInId });
    const lease = { checkInId, leaseToken: claim.leaseToken };
    await expect((await mira()).reviews.heartbeat(lease)).rejects.toMatchObject({ message: 'check_in_withdrawn' });
  });

  it('takes no more bytes of an upload that was under way', async () => {
    const mediaId = uuidv7();
    const { userId, ...owner } = whose();
    const at = Date.now();
    await test.app.database.write(function* (d) {
      const pending = { kind: 'clip' as const, state: 'pending' as const, bytes: 100, createdAt: at };
      yield* insertMedia(d, { id: mediaId, ...owner, ownerUserId: userId, ...pending });
      const upload = { mediaId, userId, tusId: mediaId, bytes: 100, createdAt: at, expiresAt: at + 14 * DAY_MS };
      yield* upsertUpload(d, upload);
    });
    const { checkInId } = await test.app.database.write((d) =>
      makeCheckIn(d, { ...whose(), at, state: 'received', mediaIds: [mediaId] }),
    );
    await (await ana()).checkIns.withdraw({ checkInId });
    await sweepMedia(test.app, Date.now() + 1000);
    expect(await arrivedBytes(test.app, mediaId)).toBeNull();
    expect(await row(mediaId)).toMatchObject({ state: 'deleted' });
  });

  it('is refused once the clinic has answered', async () => {
    const answered = await test.app.database.write((d) =>
      makeCheckIn(d, { ...whose(), at: test.clock.nowMs, state: 'answered' }),
    );
    const caller = await ana();
    await expect(caller.checkIns.withdraw({ checkInId: answered.checkInId })).rejects.toMatchObject({
      message: 'check_in_answered',
    });
    const mediaId = answered.mediaIds[0] ?? '';
    await expect(caller.checkIns.withdrawClip({ mediaId })).rejects.toMatchObject({ message: 'check_in_answered' });
  });

  it('is not there for clinicians, other patients and other clinics', async () => {
    const { checkInId, stored } = await waiting();
    for (const { userId } of [cast.mira, cast.colleague, cast.outsider, cast.outsiderPatient]) {
      const caller = await test.as(userId);
      await expect(caller.checkIns.withdraw({ checkInId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const clip = { mediaId: stored[0]?.clip ?? '' };
      await expect(caller.checkIns.withdrawClip(clip)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('one clip that is taken back', () => {
  it('goes, and the check-in stays with the others; with the last one it goes as a whole', async () => {
    const { checkInId, stored } = await waiting(2);
    const [first, second] = stored.map(({ clip }) => clip);
    const caller = await ana();
    expect(await caller.checkIns.withdrawClip({ mediaId: first ?? '' })).toEqual({ state: 'ready' });
    expect(await caller.checkIns.withdrawClip({ mediaId: first ?? '' })).toEqual({ state: 'ready' });
    const { state, media } = await (await mira()).checkIns.get({ checkInId });
    expect([state, ...media.map((one) => one.state)]).toEqual(['ready', 'deleted', 'ready']);
    expect(await caller.checkIns.withdrawClip({ mediaId: second ?? '' })).toEqual({ state: 'withdrawn' });
  });
});

describe('a clip that cannot be read', () => {
  /** A check-in whose one clip came and was given up; another beside it where asked. */
  async function unreadable(withAnother = false) {
    const { checkInId, stored } = await waiting(withAnother ? 2 : 1);
    const clip = stored[0]?.clip ?? '';
    await test.app.database.write(function* (d) {
      const change = { state: 'failed' as const, failure: 'cannot_be_read' };
      yield* moveMedia(d, { mediaId: clip, from: ['ready'], change });
      yield* moveCheckIn(d, { checkInId, from: ['ready'], change: { state: 'failed_media' } });
    });
    return { checkInId, clip };
  }

  it('stays until a clinician decides: it is prepared anew, once', async () => {
    const { checkInId, clip } = await unreadable();
    const caller = await mira();
    expect(await caller.checkIns.tryClipAgain({ mediaId: clip })).toEqual({ state: 'received' });
    expect(await caller.checkIns.tryClipAgain({ mediaId: clip })).toEqual({ state: 'received' });
    const after = await caller.checkIns.get({ checkInId });
    expect(after).toMatchObject({ state: 'processing', media: [{ state: 'received', failure: null }] });
    const kinds = ['normalise'];
    const due = await test.app.database.read((d) => isJobDue(d, { kinds, nowMs: test.clock.nowMs }));
    expect(due).toBe(true);
  });

  it('is removed by a clinician, and the check-in waits for its answer all the same', async () => {
    const { checkInId, clip } = await unreadable();
    const key = (await row(clip))?.storageKey ?? '';
    const caller = await mira();
    expect(await caller.checkIns.removeClip({ mediaId: clip })).toEqual({ state: 'deleted' });
    expect(await caller.checkIns.removeClip({ mediaId: clip })).toEqual({ state: 'deleted' });
    expect(await caller.checkIns.get({ checkInId })).toMatchObject({
      state: 'failed_media',
      media: [{ state: 'deleted', failure: 'removed_by_clinic' }],
    });
    await sweepMedia(test.app, Date.now() + 2 * 3_600_000);
    expect(await test.app.storage.size(key)).toBeNull();
  });

  it('no longer stands in the way of the clip beside it', async () => {
    const { checkInId, clip } = await unreadable(true);
    await (await mira()).checkIns.removeClip({ mediaId: clip });
    expect((await (await mira()).checkIns.get({ checkInId })).state).toBe('ready');
  });

  it('is no other clip: what can be played, or may still come, is not removed so', async () => {
    const { stored } = await waiting();
    const mediaId = stored[0]?.clip ?? '';
    await expect((await mira()).checkIns.removeClip({ mediaId })).rejects.toMatchObject({ code: 'CONFLICT' });
    const late = { state: 'failed' as const, failure: 'upload_expired' };
    await test.app.database.write((d) => moveMedia(d, { mediaId, from: ['ready'], change: late }));
    await expect((await mira()).checkIns.removeClip({ mediaId })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await (await mira()).checkIns.tryClipAgain({ mediaId })).toEqual({ state: 'failed' });
  });

  it('whose bytes are gone cannot be prepared anew, and says so', async () => {
    const { clip } = await unreadable();
    await test.app.database.write((d) =>
      moveMedia(d, { mediaId: clip, from: ['failed'], change: { storageKey: null } }),
    );
    await expect((await mira()).checkIns.tryClipAgain({ mediaId: clip })).rejects.toMatchObject({
      message: 'clip_not_stored',
    });
  });
});
