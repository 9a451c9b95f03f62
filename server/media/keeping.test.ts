import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCheckIn, makeClip } from '#db/factories/check-ins';
import { moveCheckIn } from '#db/queries/check-in/check-ins';
import { findMediaById, insertMedia } from '#db/queries/check-in/media';
import { listAudit } from '#db/queries/clinic/audit';
import { findClinic, updateClinic } from '#db/queries/clinic/clinics';
import { insertConsent } from '#db/queries/people/patients';
import { insertHold, liftHold } from '#db/queries/people/records';
import { listExercises, replaceDemo } from '#db/queries/program/exercises';
import { seedLibrary } from '#db/seed/library';
import { DEFAULT_KEEPING, type Keeping } from '#domain/clinic/keeping';
import { DEFAULT_CLINIC_SETTINGS } from '#domain/clinic/settings';
import { CONSENT_TEXT_VERSION } from '#domain/people/patient';
import { DAY_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { sweepMedia } from './sweep';

const test = openTestApp();
let cast: Cast;
/** Long before the sweeps below, by the machine's clock. */
const THEN = Date.now() - 100 * DAY_MS;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const who = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });
const row = async (mediaId: string) => await test.app.database.read((d) => findMediaById(d, { mediaId }));
const stateOf = async (mediaId: string) => (await row(mediaId))?.state;

async function keep(over: Partial<Keeping>): Promise<void> {
  await test.app.database.write(function* (d) {
    const clinic = yield* findClinic(d, cast);
    if (!clinic) throw new Error('the cast has a clinic');
    const { name, phone, emergencyNumber } = clinic;
    const settings = { ...DEFAULT_CLINIC_SETTINGS, keeping: { ...DEFAULT_KEEPING, ...over } };
    yield* updateClinic(d, { clinicId: cast.clinicId, name, phone, emergencyNumber, settings });
  });
}
const inForce = (days: number | null) => ({ days, before: null, actsAt: THEN });

async function agreedTo(keepDays: number | null): Promise<string> {
  const id = uuidv7();
  const given = { textVersion: CONSENT_TEXT_VERSION, keepDays, givenBy: cast.ana.userId ?? '', givenAt: THEN };
  await test.app.database.write((d) =>
    insertConsent(d, { id, ...who(), kind: 'clips', ...given, revokedAt: THEN + 1 }),
  );
  return id;
}

async function stored(kind: 'clip' | 'still', over: { consentId?: string; at?: number } = {}): Promise<string> {
  const file = join(test.app.env.MEDIA_DIR, 'in');
  writeFileSync(file, 'moving pictures');
  const spec = { ...who(), ownerUserId: cast.ana.userId ?? '', at: THEN, kind, ...over };
  const storageKey = await test.app.storage.put(file);
  return await test.app.database.write((d) => makeClip(d, { ...spec, storageKey }));
}

/** A clip with its poster in a check-in that was answered at an instant; null = not at all. */
async function answered(answeredAt: number | null, consentId?: string) {
  const clip = await stored('clip', consentId ? { consentId } : {});
  const spec = { ...who(), userId: cast.ana.userId ?? '', at: THEN, mediaIds: [clip] };
  const poster = await test.app.database.write(function* (d) {
    const made = { ...who(), ownerUserId: cast.ana.userId ?? '', at: THEN, kind: 'poster' as const };
    const posterId = yield* makeClip(d, { ...made, derivedFromId: clip });
    const { checkInId } = yield* makeCheckIn(d, { ...spec, state: 'ready' });
    if (answeredAt !== null)
      yield* moveCheckIn(d, { checkInId, from: ['ready'], change: { state: 'answered', closedAt: answeredAt } });
    return posterId;
  });
  return { clip, poster, key: (await row(clip))?.storageKey ?? '' };
}

/** Each sweep at another hour: one of them holds the lease for most of one. */
let hour = 0;
const sweep = () => sweepMedia(test.app, Date.now() + hour++ * 3_600_000);

describe('clips whose keeping time is over', () => {
  it('go with what was made of them, from the answer on; what nobody answered stays', async () => {
    await keep({ clips: inForce(30) });
    const old = await answered(Date.now() - 40 * DAY_MS);
    const fresh = await answered(Date.now() - 20 * DAY_MS);
    const open = await answered(null);
    await sweep();
    expect([await stateOf(old.clip), await stateOf(old.poster)]).toEqual(['deleted', 'deleted']);
    expect(await row(old.clip)).toMatchObject({ failure: 'keeping_over', storageKey: null });
    expect(await test.app.storage.size(old.key)).toBeNull();
    expect([await stateOf(fresh.clip), await stateOf(open.clip)]).toEqual(['ready', 'ready']);
    const audit = await test.app.database.read((d) => listAudit(d, { ...who(), before: null, limit: 50 }));
    const rows = audit.filter(({ act }) => act === 'media.end_keeping');
    expect(rows).toMatchObject([{ patientName: 'Ana Duarte', outcome: 'done' }]);
  });

  it('stay as long as the record where the clinic sets none', async () => {
    await keep({});
    const old = await answered(THEN);
    await sweep();
    expect(await stateOf(old.clip)).toBe('ready');
  });

  it('stay until a shorter time comes to act', async () => {
    await keep({ clips: { days: 1, before: null, actsAt: Date.now() + 400 * DAY_MS } });
    const old = await answered(THEN);
    await sweep();
    expect(await stateOf(old.clip)).toBe('ready');
  });

  it('are not kept longer than the patient agreed to, whatever the clinic sets now', async () => {
    await keep({ clips: inForce(3650) });
    const agreed = await answered(Date.now() - 40 * DAY_MS, await agreedTo(30));
    const later = await answered(Date.now() - 40 * DAY_MS, await agreedTo(90));
    await sweep();
    expect([await stateOf(agreed.clip), await stateOf(later.clip)]).toEqual(['deleted', 'ready']);
  });

  it('stay while the patient is on legal hold, as does what was taken back, and go when it is lifted', async () => {
    await keep({ clips: inForce(30) });
    const hold = { id: uuidv7(), ...who(), reason: 'A claim', setBy: cast.admin.userId, setAt: 1 };
    await test.app.database.write((d) => insertHold(d, hold));
    const old = await answered(THEN);
    const taken = await answered(null);
    const ana = await test.as(cast.ana.userId);
    await ana.checkIns.withdrawClip({ mediaId: taken.clip });
    await sweep();
    expect(await stateOf(old.clip)).toBe('ready');
    expect(await row(taken.clip)).toMatchObject({ state: 'deleted', storageKey: taken.key });
    expect(await test.app.storage.size(taken.key)).not.toBeNull();
    const lifted = { liftedBy: cast.admin.userId, liftedAt: 2, liftedReason: 'Settled' };
    await test.app.database.write((d) => liftHold(d, { ...who(), ...lifted }));
    await sweep();
    expect([await stateOf(old.clip), (await row(taken.clip))?.storageKey]).toEqual(['deleted', null]);
    expect(await test.app.storage.size(taken.key)).toBeNull();
  });
});

describe('stills and demos whose keeping time is over', () => {
  it('stills go from when they were taken, clips do not with them', async () => {
    await keep({ stills: inForce(30) });
    const old = await stored('still');
    const fresh = await stored('still', { at: Date.now() - 10 * DAY_MS });
    const clip = await answered(THEN);
    await sweep();
    expect([await stateOf(old), await stateOf(fresh), await stateOf(clip.clip)]).toEqual(['deleted', 'ready', 'ready']);
  });

  it('a demo goes only when another has long taken its place', async () => {
    await keep({ demos: inForce(30) });
    const { exerciseId, first, second } = await demos();
    await sweep();
    expect([exerciseId.length, await stateOf(first), await stateOf(second)]).toEqual([36, 'deleted', 'ready']);
  });
});

async function demos() {
  return await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: THEN });
    const [exercise] = yield* listExercises(d, { clinicId: cast.clinicId, locale: 'en' });
    const exerciseId = exercise?.exerciseId ?? '';
    const demo = { clinicId: cast.clinicId, patientId: null, ownerUserId: cast.mira.userId, kind: 'demo' as const };
    const ready = { ...demo, state: 'ready' as const, bytes: 1000 };
    const ids: string[] = [];
    for (const at of [THEN, THEN + DAY_MS]) {
      const mediaId = uuidv7();
      ids.push(mediaId);
      yield* insertMedia(d, { ...ready, id: mediaId, createdAt: at });
      yield* replaceDemo(d, {
        id: uuidv7(),
        clinicId: cast.clinicId,
        exerciseId,
        mediaId,
        createdBy: 'x',
        createdAt: at,
      });
    }
    return { exerciseId, first: ids[0] ?? '', second: ids[1] ?? '' };
  });
}
