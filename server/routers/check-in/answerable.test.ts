import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeCheckIn, makeClip } from '#db/factories/check-ins';
import type { MadePatient } from '#db/factories/people';
import { moveMedia } from '#db/queries/check-in/media';
import { insertConsent } from '#db/queries/people/patients';
import type { MediaState } from '#domain/check-in/media';
import { type CheckInState, isInQueue, type SubmitCheckIn } from '#domain/check-in/submission';
import { CONSENT_TEXT_VERSION } from '#domain/people/patient';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { followMedia } from '#server/acts/check-in/state';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
const BEGIN = test.clock.nowMs;
/** Each test has a clinic of its own: what one leaves in the queue is not the other's next. */
beforeEach(async () => {
  test.clock.nowMs = BEGIN;
  cast = await makeCast(test.app);
  await agreeToClips(cast.ana);
});

const mira = () => test.as(cast.mira.userId);
const ana = () => test.as(cast.ana.userId);

async function agreeToClips({ patientId, userId }: MadePatient) {
  const consent = { id: uuidv7(), clinicId: cast.clinicId, patientId, kind: 'clips' as const };
  const given = { textVersion: CONSENT_TEXT_VERSION, givenBy: userId ?? '', givenAt: test.clock.nowMs };
  await test.app.database.write((d) => insertConsent(d, { ...consent, ...given }));
}

const OPEN = ['received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media'] as const;
const CLOSED = ['answered', 'redo_requested', 'withdrawn'] as const;
type Media = [MediaState, string | null] | null;
const MEDIA: Media[] = [
  null,
  ['pending', null],
  ['pending', 'upload_damaged'],
  ['received', null],
  ['processing', null],
  ['processing', 'ffmpeg_missing'],
  ['ready', null],
  ['failed', 'upload_expired'],
  ['failed', 'quota_reached'],
  ['failed', 'consent_missing'],
  ['failed', 'cannot_be_read'],
  ['deleted', 'removed_by_clinic'],
  ['deleted', 'keeping_over'],
];

type Made = { state: CheckInState; severity?: 'none' | 'red'; dueAt?: number; clip?: Media };

function make({ state, severity = 'none', dueAt, clip = null }: Made) {
  const { clinicId, ana: patient } = cast;
  const whose = { clinicId, patientId: patient.patientId };
  const at = test.clock.nowMs;
  return test.app.database.write(function* (d) {
    const mediaIds: string[] = [];
    if (clip) {
      const [mediaState, failure] = clip;
      const over = { state: mediaState, failure, ownerUserId: patient.userId ?? '' };
      mediaIds.push(yield* makeClip(d, { ...whose, at, ...over }));
    }
    const due = dueAt ?? at + HOUR_MS;
    const spec = { ...whose, userId: patient.userId ?? '', at, state, severity, dueAt: due, mediaIds };
    return yield* makeCheckIn(d, { ...spec, assigneeId: cast.mira.userId });
  });
}

const plain = { summary: 'Rest today.', outcome: 'feedback' as const, errorTags: [] };
const answer = { ...plain, doseChanges: [], expectedProgramVersion: null };

describe('nothing ends where nobody can answer it', () => {
  it.each(OPEN)(
    '%s, whatever became of its clip: at the promised time it is in the queue and answered',
    async (state) => {
      const made: string[] = [];
      for (const clip of MEDIA) made.push((await make({ state, clip })).checkInId);
      test.clock.nowMs = BEGIN + HOUR_MS;
      const clinician = await mira();
      const { items } = await clinician.reviews.queue({});
      expect(new Set(items.map((item) => item.id))).toEqual(new Set(made));
      expect(await clinician.caseload.counts()).toMatchObject({ waiting: MEDIA.length });
      const answered = new Set<string>();
      for (let claim = await clinician.reviews.claimNext(); claim; claim = await clinician.reviews.claimNext()) {
        const { checkInId, leaseToken } = claim;
        await clinician.reviews.publish({ checkInId, leaseToken, ...answer });
        answered.add(checkInId);
      }
      expect(answered).toEqual(new Set(made));
      for (const checkInId of made)
        expect(await (await ana()).checkIns.get({ checkInId })).toMatchObject({ state: 'answered' });
    },
  );

  it('nor before: who is on the care team answers without waiting for the clip, a colleague does not take it', async () => {
    for (const state of ['received', 'processing'] as const) {
      const { checkInId } = await make({ state, clip: ['pending', null] });
      expect((await (await mira()).reviews.queue({})).items).toEqual([]);
      await expect((await test.as(cast.colleague.userId)).reviews.claim({ checkInId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      const { leaseToken } = await (await mira()).reviews.claim({ checkInId });
      await (await mira()).reviews.publish({ checkInId, leaseToken, ...answer });
      expect(await (await ana()).checkIns.get({ checkInId })).toMatchObject({ state: 'answered', isInQueue: false });
    }
    for (const state of CLOSED) {
      const { checkInId } = await make({ state });
      await expect((await mira()).reviews.claim({ checkInId })).rejects.toMatchObject({ code: 'CONFLICT' });
    }
  });

  it('the queue of the database and the rule say the same, at every instant', async () => {
    const rows: { id: string; state: CheckInState; queueRank: number; dueAt: number }[] = [];
    for (const state of [...OPEN, ...CLOSED])
      for (const severity of ['none', 'red'] as const)
        for (const minutes of [-1, 0, 1, 90]) {
          const dueAt = BEGIN + HOUR_MS + minutes * MINUTE_MS;
          const { checkInId } = await make({ state, severity, dueAt });
          rows.push({ id: checkInId, state, queueRank: severity === 'red' ? 0 : 1, dueAt });
        }
    for (const nowMs of [BEGIN, BEGIN + HOUR_MS - 1, BEGIN + HOUR_MS, BEGIN + HOUR_MS + 1, BEGIN + 3 * HOUR_MS]) {
      test.clock.nowMs = nowMs;
      const clinician = await mira();
      const { items } = await clinician.reviews.queue({});
      const expected = rows.filter((row) => isInQueue(row, nowMs));
      const inOrder = expected.toSorted(
        (a, b) => a.queueRank - b.queueRank || a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1),
      );
      expect(items.map((item) => item.id)).toEqual(inOrder.map((row) => row.id));
      expect((await clinician.caseload.counts()).waiting).toBe(expected.length);
      for (const row of rows)
        expect((await clinician.checkIns.get({ checkInId: row.id })).isInQueue).toBe(isInQueue(row, nowMs));
    }
  });
});

function aCheckIn(over: Partial<SubmitCheckIn> = {}): SubmitCheckIn {
  return {
    opId: uuidv7(),
    checkInId: uuidv7(),
    lineageId: null,
    question: 'Is the hook deep enough?',
    answers: { v: 1, pain: 2, redFlags: [] },
    clips: [{ mediaId: uuidv7(), bytes: 1000, sha256: 'a'.repeat(64) }],
    submittedAt: test.clock.nowMs,
    ...over,
  };
}

describe('answers without a clip', () => {
  it('that are all there is stand in the queue at once', async () => {
    const sent = aCheckIn({ clips: [], withoutClip: true });
    expect(await (await ana()).checkIns.submit(sent)).toMatchObject({ state: 'ready' });
    expect((await (await mira()).reviews.queue({})).items).toMatchObject([{ id: sent.checkInId }]);
    // The other way round, a clip that comes with them is waited for.
    const filmed = aCheckIn({ withoutClip: true });
    expect(await (await ana()).checkIns.submit(filmed)).toMatchObject({ state: 'received' });
  });

  it('that waited for one go as they are when the patient says so, once', async () => {
    const caller = await ana();
    const [ahead, filmed] = [aCheckIn({ clips: [] }), aCheckIn()];
    for (const one of [ahead, filmed]) await caller.checkIns.submit(one);
    for (const { checkInId } of [ahead, filmed]) {
      const op = { opId: uuidv7(), checkInId };
      expect(await caller.checkIns.goWithoutClip(op)).toEqual({ checkInId, state: 'ready' });
      expect(await caller.checkIns.goWithoutClip(op)).toEqual({ checkInId, state: 'ready' });
    }
    const { media } = await caller.checkIns.get({ checkInId: filmed.checkInId });
    expect(media).toMatchObject([{ state: 'deleted', failure: 'withdrawn' }]);
    expect((await (await mira()).reviews.queue({})).items).toHaveLength(2);
    for (const { userId } of [cast.mira, cast.other, cast.outsiderPatient])
      await expect(
        (await test.as(userId)).checkIns.goWithoutClip({ opId: uuidv7(), checkInId: ahead.checkInId }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // What was answered stays answered; clips that came stay.
    const answered = await make({ state: 'answered', clip: ['ready', null] });
    const { checkInId } = answered;
    expect(await caller.checkIns.goWithoutClip({ opId: uuidv7(), checkInId })).toMatchObject({ state: 'answered' });
    expect((await caller.checkIns.get({ checkInId })).media).toMatchObject([{ state: 'ready' }]);
  });
});

describe('a clip whose consent is missing', () => {
  it('waits on its device; the patient agrees and sends it, and it is kept under that consent', async () => {
    const caller = await ana();
    await caller.patients.changeConsent({ kinds: ['clips'], given: false });
    const sent = aCheckIn();
    const mediaId = sent.clips[0]?.mediaId ?? '';
    expect(await caller.checkIns.submit(sent)).toMatchObject({ state: 'failed_media' });
    expect(await caller.media.progress({ mediaId })).toMatchObject({ state: 'failed', failure: 'consent_missing' });
    await expect(caller.checkIns.sendAgain({ mediaId })).rejects.toMatchObject({ message: 'consent_missing' });
    await caller.patients.changeConsent({ kinds: ['clips'], given: true });
    expect(await caller.checkIns.sendAgain({ mediaId })).toEqual({ state: 'pending' });
    expect(await caller.checkIns.get({ checkInId: sent.checkInId })).toMatchObject({ state: 'received' });
  });

  it('also one that was given to an older text', async () => {
    const { patientId, userId } = cast.other;
    const consent = { id: uuidv7(), clinicId: cast.clinicId, patientId, kind: 'clips' as const };
    const older = { textVersion: '2020-01', givenBy: userId ?? '', givenAt: test.clock.nowMs };
    await test.app.database.write((d) => insertConsent(d, { ...consent, ...older }));
    expect(await (await test.as(userId)).checkIns.submit(aCheckIn())).toMatchObject({ state: 'failed_media' });
  });
});

describe('a clip that comes after the answer', () => {
  it('opens the check-in again with a new promise, unless another has taken its place', async () => {
    const [left, replaced] = [
      await make({ state: 'answered', clip: ['processing', null] }),
      await make({ state: 'redo_requested', clip: ['processing', null] }),
    ];
    const caller = await ana();
    await caller.checkIns.submit(aCheckIn({ replacesId: replaced.checkInId }));
    test.clock.nowMs += 5 * HOUR_MS;
    for (const { mediaIds } of [left, replaced])
      await test.app.database.write(function* (d) {
        const [mediaId = ''] = mediaIds;
        yield* moveMedia(d, { mediaId, from: ['processing'], change: { state: 'ready' } });
        yield* followMedia(d, { mediaId, nowMs: test.clock.nowMs });
      });
    expect(await (await ana()).checkIns.get({ checkInId: left.checkInId })).toMatchObject({
      state: 'ready',
      closedAt: null,
      // At 14:00 three of the eight hours are of that day, five of the next.
      dueAt: Date.UTC(2026, 10, 25, 13),
    });
    const other = await (await ana()).checkIns.get({ checkInId: replaced.checkInId });
    expect(other).toMatchObject({ state: 'redo_requested' });
  });
});

describe('a check-in that was filmed again', () => {
  it('says what it answers; the same answers raise no second flag, other ones do', async () => {
    const caller = await ana();
    const red = { v: 1 as const, pain: 7, redFlags: [] };
    const first = aCheckIn({ answers: red });
    await caller.checkIns.submit(first);
    const same = aCheckIn({ answers: red, replacesId: first.checkInId });
    expect(await caller.checkIns.submit(same)).toMatchObject({ zone: 'red', dueAt: test.clock.nowMs + 4 * HOUR_MS });
    const worse = aCheckIn({ answers: { ...red, pain: 9 }, replacesId: first.checkInId });
    await caller.checkIns.submit(worse);
    const flags = await (await mira()).flags.open({ patientId: cast.ana.patientId });
    const flagged = (checkInId: string) => flags.filter((flag) => flag.sourceId === checkInId).length;
    expect([first, same, worse].map(({ checkInId }) => flagged(checkInId))).toEqual([1, 0, 1]);
    const seen = await (await mira()).checkIns.get({ checkInId: same.checkInId });
    expect(seen).toMatchObject({ replaces: { id: first.checkInId, submittedAt: first.submittedAt } });
    const before = await caller.checkIns.get({ checkInId: first.checkInId });
    expect(before.replacedBy).toMatchObject({ id: expect.any(String) });
  });

  it('is one of the same patient', async () => {
    const { checkInId } = await make({ state: 'redo_requested' });
    const other = await test.as(cast.other.userId);
    const stolen = aCheckIn({ replacesId: checkInId, clips: [] });
    await expect(other.checkIns.submit(stolen)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const none = aCheckIn({ replacesId: uuidv7() });
    await expect((await ana()).checkIns.submit(none)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
