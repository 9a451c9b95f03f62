import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCheckIn, makeReview } from '#db/factories/check-ins';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { moveMedia } from '#db/queries/check-in/media';
import { insertConsent } from '#db/queries/people/patients';
import { seedLibrary } from '#db/seed/library';
import type { SubmitCheckIn } from '#domain/check-in/submission';
import { CONSENT_TEXT_VERSION } from '#domain/people/patient';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { followMedia } from '#server/acts/check-in/state';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let program: MadeProgram;

beforeAll(async () => {
  cast = await makeCast(test.app);
  program = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    yield* insertConsent(d, {
      id: uuidv7(),
      clinicId: cast.clinicId,
      patientId: cast.ana.patientId,
      kind: 'clips',
      textVersion: CONSENT_TEXT_VERSION,
      givenBy: cast.ana.userId ?? '',
      givenAt: test.clock.nowMs,
    });
    return yield* makeProgram(d, {
      clinicId: cast.clinicId,
      patientId: cast.ana.patientId,
      episodeId: cast.ana.episodeId,
      publishedBy: cast.mira.userId,
      exercises: [{ slug: 'tendon-glides', dose: { painLimit: 4 } }],
      at: test.clock.nowMs,
      on: '2026-11-20',
    });
  });
});

function aCheckIn(over: Partial<SubmitCheckIn> = {}): SubmitCheckIn {
  return {
    opId: uuidv7(),
    checkInId: uuidv7(),
    lineageId: program.prescriptions[0]?.lineageId ?? null,
    question: 'Is the hook deep enough?',
    answers: { v: 2, pain: 2, redFlags: [] },
    clips: [{ mediaId: uuidv7(), bytes: 1000, sha256: 'a'.repeat(64) }],
    submittedAt: test.clock.nowMs - 60_000,
    ...over,
  };
}

const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);

describe('submitting a check-in', () => {
  it('promises a time, belongs to the lead clinician and waits for its clip', async () => {
    const sent = aCheckIn();
    const answer = await (await ana()).checkIns.submit(sent);
    expect(answer).toEqual({
      checkInId: sent.checkInId,
      state: 'received',
      zone: 'green',
      dueAt: test.clock.nowMs + 8 * HOUR_MS,
    });
    const [own] = await (await ana()).checkIns.mine();
    expect(own).toMatchObject({ id: sent.checkInId, dueAt: answer.dueAt, state: 'received', assigneeId: null });
    expect(own?.promisedAt).toBe(answer.dueAt);
    expect(own?.media).toMatchObject([{ id: sent.clips[0]?.mediaId, state: 'pending' }]);
    expect(own?.exercise?.name).toBe('Tendon glides');
    const seen = await (await mira()).checkIns.get({ checkInId: sent.checkInId });
    expect(seen).toMatchObject({ question: sent.question, answers: sent.answers, assigneeId: cast.mira.userId });
    expect(seen.context?.program).toMatchObject({ programId: program.programId, version: 1 });
    expect(seen.events).toMatchObject([{ fromState: null, toState: 'received', by: cast.ana.userId }]);
    expect(seen).not.toHaveProperty('leaseToken');
  });

  it('is stored once under one operation id, and refused with another body or under another operation', async () => {
    const sent = aCheckIn();
    const answer = await (await ana()).checkIns.submit(sent);
    expect(await (await ana()).checkIns.submit(sent)).toEqual(answer);
    await expect((await ana()).checkIns.submit({ ...sent, question: 'Other' })).rejects.toMatchObject({
      message: 'operation_differs',
    });
    await expect((await ana()).checkIns.submit({ ...sent, opId: uuidv7() })).rejects.toMatchObject({
      message: 'operation_differs',
    });
    const rows = (await (await ana()).checkIns.mine()).filter((row) => row.id === sent.checkInId);
    expect(rows).toHaveLength(1);
  });

  it('with red pain, or any red flag, is pinned, promised sooner and flagged at once', async () => {
    const red = aCheckIn({ answers: { v: 1, pain: 7, redFlags: [] } });
    expect(await (await ana()).checkIns.submit(red)).toMatchObject({
      zone: 'red',
      dueAt: test.clock.nowMs + 4 * HOUR_MS,
    });
    const urgent = aCheckIn({ answers: { v: 1, pain: null, redFlags: ['colour_or_cold'] } });
    expect(await (await ana()).checkIns.submit(urgent)).toMatchObject({ zone: 'urgent' });
    const own = aCheckIn({ answers: { v: 1, pain: 5, redFlags: [] } });
    expect(await (await ana()).checkIns.submit(own)).toMatchObject({ zone: 'red' });
    const flags = await (await mira()).flags.open({ patientId: cast.ana.patientId });
    const of = (checkInId: string) => flags.filter((flag) => flag.sourceId === checkInId);
    expect(of(red.checkInId)).toMatchObject([{ severity: 'red', rule: 'red_from', sourceKind: 'check_in' }]);
    expect(of(urgent.checkInId)).toMatchObject([{ severity: 'urgent', kind: 'colour_or_cold' }]);
    expect(of(own.checkInId)).toMatchObject([{ rule: 'prescription_limit' }]);
    const row = await (await mira()).checkIns.get({ checkInId: urgent.checkInId });
    expect(row).toMatchObject({ queueRank: 0, severity: 'urgent' });
  });

  it('keeps the answers of somebody who agreed to no clips, and says so', async () => {
    const other = await test.as(cast.other.userId);
    const sent = aCheckIn({ lineageId: null, answers: { v: 1, pain: 9, redFlags: [] } });
    expect(await other.checkIns.submit(sent)).toMatchObject({ state: 'failed_media', zone: 'urgent' });
    const [own] = await other.checkIns.mine();
    expect(own?.media).toMatchObject([{ state: 'failed', failure: 'consent_missing' }]);
  });

  it('with somebody else’s clip, exercise or check-in id is not found', async () => {
    const sent = aCheckIn();
    await (await ana()).checkIns.submit(sent);
    const other = await test.as(cast.other.userId);
    const tries: Partial<SubmitCheckIn>[] = [
      { lineageId: null, clips: sent.clips },
      { clips: aCheckIn().clips },
      { lineageId: null, checkInId: sent.checkInId },
      { lineageId: null, patientId: cast.ana.patientId },
    ];
    for (const over of tries) {
      await expect(other.checkIns.submit(aCheckIn(over))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const nextDoor = await test.as(cast.outsiderPatient.userId);
    const sameId = aCheckIn({ checkInId: sent.checkInId, lineageId: null, clips: [] });
    await expect(nextDoor.checkIns.submit(sameId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await ana()).checkIns.submit(aCheckIn({ clips: sent.clips }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is the patient’s: staff and strangers do not send one, and one from the future is of now', async () => {
    await expect((await mira()).checkIns.submit(aCheckIn())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await mira()).checkIns.submit(aCheckIn({ patientId: cast.ana.patientId }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect((await test.as(null)).checkIns.submit(aCheckIn())).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const early = aCheckIn({ submittedAt: test.clock.nowMs + 6 * MINUTE_MS });
    await (await ana()).checkIns.submit(early);
    const list = await (await mira()).checkIns.ofPatient({ patientId: cast.ana.patientId });
    expect(list.find((one) => one.id === early.checkInId)?.submittedAt).toBe(test.clock.nowMs);
  });
});

describe('answers that go ahead of their clip', () => {
  const aClip = () => ({ mediaId: uuidv7(), bytes: 1000, sha256: 'a'.repeat(64) });
  const red = () => aCheckIn({ answers: { v: 2, pain: 7, redFlags: [] }, clips: [] });

  it('are flagged, stand in the queue, and can be read by the clinician before any clip', async () => {
    const sent = red();
    expect(await (await ana()).checkIns.submit(sent)).toMatchObject({ state: 'received', zone: 'red' });
    const flags = await (await mira()).flags.open({ patientId: cast.ana.patientId });
    expect(flags.filter((flag) => flag.sourceId === sent.checkInId)).toMatchObject([{ severity: 'red' }]);
    const seen = await (await mira()).checkIns.get({ checkInId: sent.checkInId });
    expect(seen).toMatchObject({ answers: sent.answers, question: sent.question, media: [], state: 'received' });
    const { items } = await (await mira()).reviews.queue({});
    expect(items.map((item) => item.id)).toContain(sent.checkInId);
    const calm = aCheckIn({ answers: { v: 1, pain: 2, redFlags: [] } });
    await (await ana()).checkIns.submit(calm);
    const later = (await (await mira()).reviews.queue({})).items;
    expect(later.map((item) => item.id)).not.toContain(calm.checkInId);
  });

  it('take the clip that follows, once, under the same promise and without a second flag', async () => {
    const sent = red();
    const caller = await ana();
    await caller.checkIns.submit(sent);
    const added = { opId: uuidv7(), checkInId: sent.checkInId, clips: [aClip()] };
    test.clock.nowMs += HOUR_MS;
    try {
      const answer = await caller.checkIns.addClips(added);
      expect(answer).toEqual({
        checkInId: sent.checkInId,
        state: 'received',
        dueAt: test.clock.nowMs + 3 * HOUR_MS,
      });
      expect(await caller.checkIns.addClips(added)).toEqual(answer);
      await expect(caller.checkIns.addClips({ ...added, opId: uuidv7(), clips: [aClip()] })).rejects.toMatchObject({
        message: 'operation_differs',
      });
      const seen = await (await mira()).checkIns.get({ checkInId: sent.checkInId });
      expect(seen).toMatchObject({ dueAt: answer.dueAt, answers: sent.answers });
      expect(seen.media).toMatchObject([{ id: added.clips[0]?.mediaId, state: 'pending' }]);
      expect(seen.events.map((event) => event.reason)).toEqual([null, 'clips']);
      const flags = await (await mira()).flags.open({ patientId: cast.ana.patientId });
      expect(flags.filter((flag) => flag.sourceId === sent.checkInId)).toHaveLength(1);
    } finally {
      test.clock.nowMs -= HOUR_MS;
    }
  });

  it('can be answered in words meanwhile; the clip then opens them again, with a new promise', async () => {
    const [sent, other] = [red(), red()];
    const caller = await ana();
    const clinician = await mira();
    for (const one of [sent, other]) await caller.checkIns.submit(one);
    const { leaseToken } = await clinician.reviews.claim({ checkInId: sent.checkInId });
    const words = { summary: 'Rest today.', outcome: 'feedback' as const, errorTags: [] };
    const plain = { ...words, doseChanges: [], expectedProgramVersion: null };
    await clinician.reviews.publish({ checkInId: sent.checkInId, leaseToken, ...plain });
    await clinician.reviews.claim({ checkInId: other.checkInId });
    test.clock.nowMs += HOUR_MS;
    try {
      const add = (checkInId: string) => caller.checkIns.addClips({ opId: uuidv7(), checkInId, clips: [aClip()] });
      expect(await add(sent.checkInId)).toMatchObject({ state: 'received', dueAt: test.clock.nowMs + 4 * HOUR_MS });
      // A red answer is promised no date, only whom to ring.
      expect(await caller.checkIns.get({ checkInId: sent.checkInId })).toMatchObject({
        ...{ closedAt: null, promisedAt: null },
        ring: { phone: '+44 20 7946 0100' },
      });
      // Who is at it keeps it.
      expect(await add(other.checkInId)).toMatchObject({ state: 'in_review', dueAt: test.clock.nowMs + 3 * HOUR_MS });
    } finally {
      test.clock.nowMs -= HOUR_MS;
    }
  });

  it('take no clip from anybody else, and none that is somebody else’s', async () => {
    const sent = red();
    await (await ana()).checkIns.submit(sent);
    const add = { checkInId: sent.checkInId, clips: [aClip()] };
    for (const { userId } of [cast.mira, cast.colleague, cast.other, cast.outsiderPatient]) {
      await expect((await test.as(userId)).checkIns.addClips({ ...add, opId: uuidv7() })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    const taken = aCheckIn();
    await (await ana()).checkIns.submit(taken);
    const { clips } = taken;
    await expect((await ana()).checkIns.addClips({ ...add, opId: uuidv7(), clips })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a clip that the server gave up waiting for', () => {
  it('is expected again when the patient says so, and the check-in with it', async () => {
    const sent = aCheckIn();
    const caller = await ana();
    await caller.checkIns.submit(sent);
    const mediaId = sent.clips[0]?.mediaId ?? '';
    const stateOf = async () => (await caller.checkIns.get({ checkInId: sent.checkInId })).state;
    // Nothing has ended yet, so there is nothing to begin again.
    expect(await caller.checkIns.sendAgain({ mediaId })).toEqual({ state: 'pending' });
    const nowMs = test.clock.nowMs;
    const fail = (failure: string) =>
      test.app.database.write(function* (d) {
        yield* moveMedia(d, { mediaId, from: ['pending'], change: { state: 'failed', failure } });
        yield* followMedia(d, { mediaId, nowMs });
      });
    await fail('upload_expired');
    expect(await stateOf()).toBe('failed_media');
    for (const { userId } of [cast.mira, cast.colleague, cast.outsiderPatient]) {
      await expect((await test.as(userId)).checkIns.sendAgain({ mediaId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    expect(await caller.checkIns.sendAgain({ mediaId })).toEqual({ state: 'pending' });
    expect(await stateOf()).toBe('received');
    expect(await caller.media.progress({ mediaId })).toMatchObject({ state: 'pending', failure: null, arrived: 0 });
    // A file that is no clip stays what it is.
    await fail('not_a_video');
    expect(await caller.checkIns.sendAgain({ mediaId })).toEqual({ state: 'failed' });
    expect(await stateOf()).toBe('failed_media');
  });
});

describe('a clip over the quota of a day', () => {
  it('is not taken, while the answers are; a day later it may be sent again', async () => {
    test.clock.nowMs += 10 * DAY_MS;
    const bytes = 500_000_000;
    const clips = () => [0, 1, 2].map(() => ({ mediaId: uuidv7(), bytes, sha256: 'a'.repeat(64) }));
    const caller = await ana();
    for (let sent = 0; sent < 6; sent += 3) await caller.checkIns.submit(aCheckIn({ clips: clips() }));
    const over = aCheckIn({ clips: clips() });
    await caller.checkIns.submit(over);
    const { media, answers } = await caller.checkIns.get({ checkInId: over.checkInId });
    expect(media.map(({ failure }) => failure)).toEqual([null, null, 'quota_reached']);
    expect(answers).toMatchObject({ pain: over.answers.pain });
    const { mediaId = '' } = over.clips[2] ?? {};
    await expect(caller.checkIns.sendAgain({ mediaId })).rejects.toMatchObject({ message: 'clip_quota_reached' });
    test.clock.nowMs += DAY_MS + 1;
    expect(await caller.checkIns.sendAgain({ mediaId })).toEqual({ state: 'pending' });
  });
});

describe('reading a check-in', () => {
  it('is not there for a colleague, another patient, another clinic or nobody', async () => {
    const sent = aCheckIn();
    await (await ana()).checkIns.submit(sent);
    const strangers = [cast.colleague, cast.other, cast.outsider, cast.outsiderPatient, cast.admin];
    for (const { userId } of strangers) {
      const caller = await test.as(userId);
      await expect(caller.checkIns.get({ checkInId: sent.checkInId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.checkIns.ofPatient({ patientId: cast.ana.patientId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    await expect((await mira()).checkIns.mine()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await test.as(null)).checkIns.mine()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const seen = await (await mira()).checkIns.ofPatient({ patientId: cast.ana.patientId });
    expect(seen.some((row) => row.id === sent.checkInId)).toBe(true);
  });
});

describe('the patient’s answer to a review', () => {
  async function published() {
    return await test.app.database.write(function* (d) {
      const at = test.clock.nowMs;
      const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId };
      const checkIn = yield* makeCheckIn(d, { ...owner, userId: cast.ana.userId ?? '', at, state: 'answered' });
      const review = yield* makeReview(d, { ...owner, checkIn, clinicianId: cast.mira.userId, summary: 'Slower', at });
      return { ...review, checkInId: checkIn.checkInId };
    });
  }

  it('is kept once; "it hurts" raises a red flag and reaches the clinician', async () => {
    const { reviewId, checkInId } = await published();
    const caller = await ana();
    expect(await caller.checkIns.answer({ reviewId, answer: 'it_hurts' })).toEqual({ answer: 'it_hurts' });
    expect(await caller.checkIns.answer({ reviewId, answer: 'it_hurts' })).toEqual({ answer: 'it_hurts' });
    await expect(caller.checkIns.answer({ reviewId, answer: 'clear' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const flags = await (await mira()).flags.open({ patientId: cast.ana.patientId });
    expect(flags.filter((flag) => flag.kind === 'it_hurts')).toMatchObject([
      { severity: 'red', sourceKind: 'symptom_check' },
    ]);
    const { notices } = await (await mira()).notices.list();
    expect(notices.filter((notice) => notice.subjectId === checkInId)).toMatchObject([{ kind: 'feedback_it_hurts' }]);
    const seen = await (await mira()).checkIns.get({ checkInId });
    expect(seen.reviews).toMatchObject([{ id: reviewId, patientAnswer: 'it_hurts' }]);
  });

  it('is the patient’s alone', async () => {
    const { reviewId } = await published();
    for (const { userId } of [cast.mira, cast.other, cast.outsiderPatient]) {
      await expect((await test.as(userId)).checkIns.answer({ reviewId, answer: 'clear' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    await (await ana()).checkIns.answer({ reviewId, answer: 'clear' });
    const flags = await (await mira()).flags.open({ patientId: cast.ana.patientId });
    expect(flags.some((flag) => flag.sourceId === reviewId)).toBe(false);
  });
});
