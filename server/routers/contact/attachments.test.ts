import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { findMediaById, moveMedia } from '#db/queries/check-in/media';
import { insertConsent } from '#db/queries/people/patients';
import type { Attachment, SendMessage } from '#domain/contact/thread';
import { HOUR_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeEach(async () => {
  cast = await makeCast(test.app);
});

const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);
const photo = (over: Partial<Attachment> = {}): Attachment => ({
  mediaId: uuidv7(),
  kind: 'photo',
  bytes: 5000,
  ...over,
});
const message = (media: Attachment[], over: Partial<SendMessage> = {}): SendMessage => ({
  ...{ messageId: uuidv7(), episodeId: cast.ana.episodeId, body: 'Is that swelling all right?', about: null },
  ...{ writtenAt: test.clock.nowMs, media, ...over },
});
const row = (mediaId: string) => test.app.database.read((d) => findMediaById(d, { mediaId }));

async function agree(kind: 'stills' | 'clips') {
  const given = { textVersion: '2026-11', givenBy: cast.ana.userId ?? '', givenAt: 0 };
  const consent = { id: uuidv7(), clinicId: cast.clinicId, patientId: cast.ana.patientId, kind, ...given };
  await test.app.database.write((d) => insertConsent(d, consent));
  return consent.id;
}
const newest = async (who = ana) =>
  (await (await who()).messages.thread({ episodeId: cast.ana.episodeId })).messages[0];

describe('what lies beside a message', () => {
  it('is announced with it, once, and seen by both sides as soon as it is there', async () => {
    const consentId = await agree('stills');
    const [one, two] = [photo(), photo({ bytes: 7000 })];
    const asked = message([one, two]);
    for (let n = 0; n < 2; n++) expect(await (await ana()).messages.send(asked)).toMatchObject({ number: 1 });
    expect(await row(one.mediaId)).toMatchObject({
      ...{ kind: 'photo', state: 'pending', bytes: 5000, patientId: cast.ana.patientId, consentId },
    });
    for (const who of [ana, mira])
      expect((await newest(who))?.media.map(({ id, kind, state }) => [id, kind, state])).toEqual([
        [one.mediaId, 'photo', 'pending'],
        [two.mediaId, 'photo', 'pending'],
      ]);
    await test.app.database.write((d) =>
      moveMedia(d, { mediaId: one.mediaId, from: ['pending'], change: { state: 'ready', width: 40, height: 30 } }),
    );
    expect((await newest(mira))?.media[0]).toMatchObject({ state: 'ready', width: 40, height: 30, posterId: null });
  });

  it('may stand without words, and a message without either is none', async () => {
    await agree('stills');
    await (await ana()).messages.send(message([photo()], { body: '' }));
    expect(await newest()).toMatchObject({ body: '', media: [{ kind: 'photo' }] });
    await expect((await ana()).messages.send(message([], { body: '' }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('of a patient is kept by consent alone: pictures by one, what moves and sounds by the other; the words arrive', async () => {
    await agree('clips');
    await (await ana()).messages.send(message([photo(), photo({ kind: 'voice' }), photo({ kind: 'clip' })]));
    expect((await newest(mira))?.media.map(({ kind, state, failure }) => [kind, state, failure])).toEqual([
      ['photo', 'failed', 'consent_missing'],
      ['voice', 'pending', null],
      ['clip', 'pending', null],
    ]);
  });

  it('of a day is limited as clips are, and what is over it is named', async () => {
    await agree('clips');
    const film = () => photo({ kind: 'clip', bytes: 500_000_000 });
    for (let n = 0; n < 2; n++) await (await ana()).messages.send(message(Array.from({ length: 4 }, film)));
    await (await ana()).messages.send(message([photo({ kind: 'voice' })]));
    expect((await newest())?.media).toMatchObject([{ state: 'failed', failure: 'quota_reached' }]);
    test.clock.nowMs += 25 * HOUR_MS;
    await (await ana()).messages.send(message([photo({ kind: 'voice' })]));
    expect((await newest())?.media).toMatchObject([{ state: 'pending' }]);
  });

  it('of the care team needs none, and reaches the patient', async () => {
    await (await mira()).messages.send(message([photo()], { seen: 0 }));
    expect((await newest())?.media).toMatchObject([{ kind: 'photo', state: 'pending' }]);
  });

  it('is refused where its id is taken, it is too large, or there are too many', async () => {
    await agree('stills');
    const taken = photo();
    await (await ana()).messages.send(message([taken]));
    await expect((await ana()).messages.send(message([taken]))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const media of [
      [photo({ bytes: 60_000_001 })],
      [photo({ bytes: 0 })],
      Array.from({ length: 5 }, () => photo()),
    ])
      await expect((await ana()).messages.send(message(media))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await newest())?.number).toBe(1);
  });
});
