import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRetryable } from '#db/errors';
import { type MadeCheckIn, makeCheckIn, makeClip } from '#db/factories/check-ins';
import { makeClinic, makePatient, makeStaff } from '#db/factories/people';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { makeOperations } from '#db/factories/strokes';
import { findMediaById } from '#db/queries/check-in/media';
import { claimNext } from '#db/queries/review/queue';
import { findReview } from '#db/queries/review/reviews';
import { seedLibrary } from '#db/seed/library';
import type { OperationEnvelope } from '#domain/annotation/operation';
import type { QueueCursor } from '#domain/review/answer';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { SNAPSHOT_MAX } from '#server/acts/annotation/operations';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let program: MadeProgram;
/** Each test has a clinic of its own: what one leaves in the queue is not the other's next. */
beforeAll(() => test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs })));
beforeEach(async () => {
  cast = await makeCast(test.app);
});

const mira = () => test.as(cast.mira.userId);
const colleague = () => test.as(cast.colleague.userId);
const ana = () => test.as(cast.ana.userId);

type Spec = Partial<Parameters<typeof makeCheckIn>[1]>;

/** A check-in of Ana's, assigned to Mira. */
function ready(over: Spec = {}): Promise<MadeCheckIn> {
  const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, userId: cast.ana.userId ?? '' };
  return test.app.database.write((d) =>
    makeCheckIn(d, { ...owner, at: test.clock.nowMs, assigneeId: cast.mira.userId, ...over }),
  );
}

async function claimed(over: Spec = {}) {
  const made = await ready(over);
  const claim = await (await mira()).reviews.claim({ checkInId: made.checkInId });
  return { ...made, ...claim, held: { checkInId: made.checkInId, leaseToken: claim.leaseToken } };
}

const draft = { summary: 'Slower, all the way open', outcome: 'feedback' as const, errorTags: [] };
const plain = { ...draft, doseChanges: [], expectedProgramVersion: null };

function anArrow(anchor: 'frames' | 'live' = 'frames', mediaId?: string): OperationEnvelope {
  const at =
    anchor === 'frames' ? { kind: anchor, from: 12, to: 40, ...(mediaId ? { mediaId } : {}) } : { kind: anchor };
  const points: [{ x: number; y: number }, { x: number; y: number }] = [
    { x: 0.2, y: 0.2 },
    { x: 0.5, y: 0.5 },
  ];
  const mark = { kind: 'arrow' as const, markId: uuidv7(), anchor: at, aspect: 16 / 9, side: null, points };
  return { v: 1, opId: uuidv7(), lamport: 1, tMs: test.clock.nowMs, op: { kind: 'commit', mark } };
}

async function givenProgram() {
  program = await test.app.database.write((d) =>
    makeProgram(d, {
      clinicId: cast.clinicId,
      patientId: cast.ana.patientId,
      episodeId: cast.ana.episodeId,
      publishedBy: cast.mira.userId,
      exercises: [{ slug: 'tendon-glides' }],
      at: test.clock.nowMs,
      on: '2026-11-20',
    }),
  );
  const prescription = program.prescriptions[0];
  if (!prescription) throw new Error('the program has its exercise');
  return prescription;
}

describe('the queue', () => {
  it('pins red flags, then the earliest deadline; what was written is for the care team', async () => {
    const at = test.clock.nowMs;
    const late = await ready({ dueAt: at + 9 * HOUR_MS, question: 'Late?' });
    const soon = await ready({ dueAt: at + 2 * HOUR_MS });
    const red = await ready({ severity: 'red', dueAt: at + 20 * HOUR_MS });
    const unread = await ready({ state: 'failed_media', dueAt: at + 30 * HOUR_MS });
    await ready({ state: 'processing' });
    const onItsWay = await ready({ state: 'received', severity: 'red', dueAt: at + 21 * HOUR_MS });
    await ready({ state: 'answered' });
    const { items, nextCursor } = await (await mira()).reviews.queue({});
    const inOrder = [red, onItsWay, soon, late, unread].map((one) => one.checkInId);
    expect(items.map((item) => item.id)).toEqual(inOrder);
    expect((await (await mira()).caseload.counts()).waiting).toBe(inOrder.length);
    expect(items[3]).toMatchObject({ question: 'Late?', onCareTeam: true, patientName: 'Ana Duarte' });
    expect(nextCursor).toBeNull();
    const others = (await (await colleague()).reviews.queue({})).items;
    expect(others[3]).toMatchObject({ id: late.checkInId, question: null, onCareTeam: false });
    expect((await (await test.as(cast.outsider.userId)).reviews.queue({})).items).toEqual([]);
    for (const { userId } of [cast.ana, cast.admin]) {
      await expect((await test.as(userId)).reviews.queue({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('holds what came without a clip that can be read, to be answered in words', async () => {
    const { checkInId } = await ready({ state: 'failed_media', question: 'Is it my thumb?' });
    const items = (await (await mira()).reviews.queue({})).items;
    expect(items).toMatchObject([{ id: checkInId, state: 'failed_media', question: 'Is it my thumb?' }]);
    const claim = await (await mira()).reviews.claimNext();
    if (!claim) throw new Error('it is the next');
    await (await mira()).reviews.publish({ checkInId, leaseToken: claim.leaseToken, ...plain });
    expect(await (await ana()).checkIns.get({ checkInId })).toMatchObject({ state: 'answered' });
  });

  it('comes in pages that meet without gap or repetition', async () => {
    const at = test.clock.nowMs;
    for (let n = 0; n < 130; n++)
      await ready({ severity: n % 10 === 0 ? 'red' : 'none', dueAt: at + (n % 7) * HOUR_MS });
    const seen: { queueRank: number; dueAt: number; id: string }[] = [];
    let cursor: QueueCursor | null = null;
    do {
      const page: { items: typeof seen; nextCursor: QueueCursor | null } = await (await mira()).reviews.queue({
        cursor,
      });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen.map((row) => row.id)).size).toBe(130);
    const order = seen.toSorted((a, b) => a.queueRank - b.queueRank || a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
    expect(seen.map((row) => row.id)).toEqual(order.map((row) => row.id));
  });
});

describe('claiming the next', () => {
  /** Eight clinicians of one clinic and check-ins that are anybody's. */
  function crowd(count: number) {
    const at = test.clock.nowMs;
    return test.app.database.write(function* (d) {
      const clinicId = yield* makeClinic(d);
      const staff = [];
      for (let n = 0; n < 8; n++) staff.push(yield* makeStaff(d, { clinicId, name: `Clinician ${n}` }));
      const patient = yield* makePatient(d, { clinicId, name: 'Ines Faro', lead: staff[0] });
      const owner = { clinicId, patientId: patient.patientId, userId: patient.userId ?? '' };
      for (let n = 0; n < count; n++) yield* makeCheckIn(d, { ...owner, at, dueAt: at + n });
      return { clinicId, staff };
    });
  }

  it('gives 8 claimers 200 different check-ins and then nothing', async () => {
    const { staff } = await crowd(200);
    const work = async (userId: string) => {
      const caller = await test.as(userId);
      const taken: string[] = [];
      for (let claim = await caller.reviews.claimNext(); claim; claim = await caller.reviews.claimNext())
        taken.push(claim.checkInId);
      return taken;
    };
    const taken = (await Promise.all(staff.map(({ userId }) => work(userId)))).flat();
    expect(taken).toHaveLength(200);
    expect(new Set(taken).size).toBe(200);
  }, 120_000);

  it('never gives one twice, even where claimers of several processes run into each other', async () => {
    const { clinicId, staff } = await crowd(60);
    const { nowMs } = test.clock;
    const claim = (userId: string) => {
      const lease = { leaseToken: uuidv7(), leaseUntil: nowMs + 15 * MINUTE_MS };
      const claimer = { clinicId, userId, nowMs, pinnedMs: nowMs, routineMs: nowMs, lease };
      return test.app.database.write((d) => claimNext(d, claimer));
    };
    const work = async (userId: string) => {
      const taken: string[] = [];
      for (;;) {
        try {
          const row = await claim(userId);
          if (!row) return taken;
          taken.push(row.id);
        } catch (error) {
          if (!isRetryable(error)) throw error;
        }
      }
    };
    const taken = (await Promise.all(staff.map(({ userId }) => work(userId)))).flat();
    expect(taken).toHaveLength(60);
    expect(new Set(taken).size).toBe(60);
  }, 120_000);

  it('is the own clinician’s first, and anybody’s when most of the promised time is gone', async () => {
    const at = test.clock.nowMs;
    const { checkInId } = await ready({ dueAt: at + 8 * HOUR_MS });
    const other = await colleague();
    expect(await other.reviews.claimNext()).toBeNull();
    test.clock.nowMs = at + 4 * HOUR_MS;
    expect(await (await colleague()).reviews.claimNext()).toBeNull();
    test.clock.nowMs = at + 5 * HOUR_MS;
    expect(await (await colleague()).reviews.claimNext()).toMatchObject({ checkInId });
    test.clock.nowMs = at;
  });

  it('of a patient outside one’s care team makes one their cover for a day', async () => {
    const at = test.clock.nowMs;
    const { checkInId } = await ready({ assigneeId: null });
    await expect((await colleague()).checkIns.get({ checkInId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await (await colleague()).reviews.claimNext();
    expect(await (await colleague()).checkIns.get({ checkInId })).toMatchObject({ id: checkInId, state: 'in_review' });
    const { careTeam } = await (await mira()).patients.get({ patientId: cast.ana.patientId });
    expect(careTeam).toContainEqual(expect.objectContaining({ userId: cast.colleague.userId, part: 'cover' }));
    test.clock.nowMs = at + 25 * HOUR_MS;
    await expect((await colleague()).checkIns.get({ checkInId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    test.clock.nowMs = at;
  });

  it('is not for patients, admins or another clinic', async () => {
    const { checkInId } = await ready();
    for (const { userId } of [cast.ana, cast.admin]) {
      const caller = await test.as(userId);
      await expect(caller.reviews.claimNext()).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(caller.reviews.claim({ checkInId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const outsider = await test.as(cast.outsider.userId);
    expect(await outsider.reviews.claimNext()).toBeNull();
    await expect(outsider.reviews.claim({ checkInId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await colleague()).reviews.claim({ checkInId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await test.as(null)).reviews.claimNext()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

describe('a claim', () => {
  it('lasts while the page lives, then another may take it, and the old token changes nothing', async () => {
    const at = test.clock.nowMs;
    const { held, leaseUntil } = await claimed({ assigneeId: null });
    expect(leaseUntil).toBe(at + 15 * MINUTE_MS);
    test.clock.nowMs = at + 10 * MINUTE_MS;
    expect(await (await mira()).reviews.heartbeat(held)).toEqual({ leaseUntil: at + 25 * MINUTE_MS });
    await (await mira()).reviews.saveDraft({ ...held, ...draft, draftDose: null });
    test.clock.nowMs = at + 20 * MINUTE_MS;
    expect(await (await colleague()).reviews.claimNext()).toBeNull();
    test.clock.nowMs = at + 26 * MINUTE_MS;
    const taken = await (await colleague()).reviews.claimNext();
    expect(taken?.checkInId).toBe(held.checkInId);
    const caller = await mira();
    const stale = [
      () => caller.reviews.heartbeat(held),
      () => caller.reviews.release(held),
      () => caller.reviews.skip({ ...held, reason: 'technical' }),
      () => caller.reviews.saveDraft({ ...held, ...draft, draftDose: null }),
      () => caller.reviews.appendOperation({ ...held, envelope: anArrow() }),
      () => caller.reviews.publish({ ...held, ...plain }),
    ];
    for (const act of stale) await expect(act()).rejects.toMatchObject({ code: 'CONFLICT', message: 'claim_lost' });
    const seen = await caller.checkIns.get({ checkInId: held.checkInId });
    expect(seen).toMatchObject({ state: 'in_review', claimedBy: cast.colleague.userId });
    expect(seen.reviews.map((review) => review.state)).toEqual(['draft', 'superseded']);
    test.clock.nowMs = at;
  });

  it('keeps what was written by its revision: a text that was not seen is not written over', async () => {
    const { held } = await claimed({ assigneeId: null });
    const { reviews } = await mira();
    const save = (summary: string, revision: number) =>
      reviews.saveDraft({ ...held, ...draft, summary, draftDose: null, revision });
    expect(await save('Well done.', 0)).toMatchObject({ revision: 1 });
    expect(await save('Well done.', 0)).toMatchObject({ revision: 1 });
    await expect(save('Slower.', 0)).rejects.toMatchObject({ code: 'CONFLICT', message: 'text_elsewhere' });
    expect(await save('Slower.', 1)).toMatchObject({ revision: 2 });
  });

  it('cannot be taken from a colleague, but from one’s own other page', async () => {
    const { checkInId, held } = await claimed({ assigneeId: null });
    const { membershipId } = cast.colleague;
    await (await mira()).patients.addToCareTeam({ patientId: cast.ana.patientId, membershipId, part: 'member' });
    await expect((await colleague()).reviews.claim({ checkInId })).rejects.toMatchObject({
      message: 'claimed_by_other',
    });
    await (await mira()).reviews.saveDraft({ ...held, ...draft, draftDose: null });
    const again = await (await mira()).reviews.claim({ checkInId });
    await expect((await mira()).reviews.heartbeat(held)).rejects.toMatchObject({ message: 'claim_lost' });
    // What was drawn before the reload and sent after it belongs to the same draft.
    await (await mira()).reviews.appendOperation({ ...held, envelope: anArrow() });
    const { operations } = await (await mira()).reviews.operationsSince({ reviewId: again.reviewId, revision: 0 });
    expect(operations).toHaveLength(1);
    const seen = await (await mira()).checkIns.get({ checkInId });
    expect(seen.reviews).toMatchObject([{ id: again.reviewId, state: 'draft', summary: draft.summary }]);
  });

  it('is given back, and its token with it; strangers find nothing', async () => {
    const { checkInId, held } = await claimed();
    for (const stranger of [await colleague(), await ana(), await test.as(cast.outsider.userId)]) {
      const refused = { code: 'NOT_FOUND' };
      await expect(stranger.reviews.heartbeat(held)).rejects.toMatchObject(refused);
      await expect(stranger.reviews.release(held)).rejects.toMatchObject(refused);
      await expect(stranger.reviews.saveDraft({ ...held, ...draft, draftDose: null })).rejects.toMatchObject(refused);
      await expect(stranger.reviews.skip({ ...held, reason: 'technical' })).rejects.toMatchObject(refused);
      await expect(stranger.reviews.publish({ ...held, ...plain })).rejects.toMatchObject(refused);
      await expect(stranger.reviews.appendOperation({ ...held, envelope: anArrow() })).rejects.toMatchObject(refused);
    }
    await (await mira()).reviews.release(held);
    await expect((await mira()).reviews.publish({ ...held, ...plain })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await (await mira()).reviews.claimNext()).toMatchObject({ checkInId });
  });

  it('is skipped out of one’s own sight for hours; the second skip brings it to the lead', async () => {
    const at = test.clock.nowMs;
    const { checkInId } = await ready({ assigneeId: null });
    const first = await (await colleague()).reviews.claimNext();
    const held = { checkInId, leaseToken: first?.leaseToken ?? '' };
    expect(await (await colleague()).reviews.skip({ ...held, reason: 'cannot_judge' })).toEqual({ state: 'ready' });
    expect(await (await colleague()).reviews.claimNext()).toBeNull();
    test.clock.nowMs = at + 5 * HOUR_MS;
    const second = await (await colleague()).reviews.claimNext();
    const again = { checkInId, leaseToken: second?.leaseToken ?? '', reason: 'need_senior' as const };
    expect(await (await colleague()).reviews.skip(again)).toEqual({ state: 'escalated' });
    test.clock.nowMs = at + 10 * HOUR_MS;
    expect(await (await colleague()).reviews.claimNext()).toBeNull();
    const { notices } = await (await mira()).notices.list();
    expect(notices).toMatchObject([{ kind: 'check_in_escalated', subjectId: checkInId }]);
    expect(await (await mira()).reviews.claimNext()).toMatchObject({ checkInId });
    const { events } = await (await mira()).checkIns.get({ checkInId });
    expect(events.map((event) => event.toState)).toEqual([
      'ready',
      'in_review',
      'ready',
      'in_review',
      'escalated',
      'in_review',
    ]);
    test.clock.nowMs = at;
  });
});

describe('drawing on a clip', () => {
  it('is stored once, and the patient sees what was published and nothing after it', async () => {
    const { held, reviewId, checkInId } = await claimed();
    const caller = await mira();
    const arrow = anArrow();
    expect(await caller.reviews.appendOperation({ ...held, envelope: arrow })).toEqual({ revision: 1 });
    expect(await caller.reviews.appendOperation({ ...held, envelope: arrow })).toEqual({ revision: 1 });
    await expect(caller.reviews.appendOperation({ ...held, envelope: anArrow('live') })).rejects.toMatchObject({
      message: 'not_on_clip',
    });
    expect((await caller.reviews.operationsSince({ reviewId, revision: 0 })).operations).toHaveLength(1);
    await expect((await ana()).reviews.operationsSince({ reviewId, revision: 0 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await (await ana()).checkIns.get({ checkInId })).reviews).toEqual([]);
    await caller.reviews.publish({ ...held, ...plain });
    const { operations } = await (await ana()).reviews.operationsSince({ reviewId, revision: 0 });
    expect(operations).toMatchObject([{ revision: 1, author: { authorId: cast.mira.userId, role: 'clinician' } }]);
    expect(operations[0]?.envelope).toEqual(arrow);
    for (const { userId } of [cast.colleague, cast.other, cast.outsider]) {
      await expect((await test.as(userId)).reviews.operationsSince({ reviewId, revision: 0 })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
  });
});

describe('a drawing of more operations than one answer holds', () => {
  const surfaceOf = (reviewId: string) =>
    test.app.database.read(function* (d) {
      return (yield* findReview(d, { reviewId }))?.surfaceId ?? '';
    });
  const drawn = async (reviewId: string, envelopes: OperationEnvelope[]) => {
    const surfaceId = await surfaceOf(reviewId);
    const author = { authorId: cast.mira.userId, role: 'clinician' as const };
    await test.app.database.write((d) => makeOperations(d, { surfaceId, author, envelopes, at: 5 }));
  };

  it('is whole in the answer: the last mark stands, and one that was removed late does not', async () => {
    const { held, reviewId } = await claimed();
    const envelopes = Array.from({ length: SNAPSHOT_MAX + 10 }, () => anArrow());
    const markIds = envelopes.flatMap(({ op }) => (op.kind === 'commit' ? [op.mark.markId] : []));
    const [removed = '', last = ''] = [markIds[0], markIds.at(-1)];
    await drawn(reviewId, [...envelopes, { ...anArrow(), op: { kind: 'remove', markIds: [removed] } }]);
    await expect((await ana()).reviews.drawing({ reviewId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await (await mira()).reviews.publish({ ...held, ...plain });
    const { marks } = await (await ana()).reviews.drawing({ reviewId });
    const shown = new Set(marks.map(({ mark }) => mark.markId));
    expect([shown.size, shown.has(last), shown.has(removed)]).toEqual([markIds.length - 1, true, false]);
    for (const { userId } of [cast.colleague, cast.other, cast.outsider])
      await expect((await test.as(userId)).reviews.drawing({ reviewId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('comes to an end where it was drawn after the answer, and is no part of it', async () => {
    const { held, reviewId } = await claimed();
    await (await mira()).reviews.publish({ ...held, ...plain });
    await drawn(
      reviewId,
      Array.from({ length: SNAPSHOT_MAX }, () => anArrow()),
    );
    const page = await (await ana()).reviews.operationsSince({ reviewId, revision: 0 });
    expect(page).toEqual({ operations: [], revision: 0, complete: true });
    expect(await (await ana()).reviews.drawing({ reviewId })).toEqual({ marks: [] });
  });
});

describe('drawing on the second clip of a check-in', () => {
  it('is kept with the clip it names, and only with one of this check-in', async () => {
    const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' };
    const mediaIds = await test.app.database.write(function* (d) {
      const at = test.clock.nowMs;
      return [yield* makeClip(d, { ...owner, at }), yield* makeClip(d, { ...owner, at })];
    });
    const { held, reviewId } = await claimed({ mediaIds });
    const elsewhere = await ready();
    const caller = await mira();
    const arrow = anArrow('frames', mediaIds[1]);
    await caller.reviews.appendOperation({ ...held, envelope: arrow });
    await expect(
      caller.reviews.appendOperation({ ...held, envelope: anArrow('frames', elsewhere.mediaIds[0]) }),
    ).rejects.toMatchObject({ message: 'not_on_clip' });
    await caller.reviews.publish({ ...held, ...plain });
    const { operations } = await (await ana()).reviews.operationsSince({ reviewId, revision: 0 });
    expect(operations.map(({ envelope }) => envelope)).toEqual([arrow]);
  });
});

describe('publishing', () => {
  it('answers the check-in with one notice, and the original is kept for some days more', async () => {
    const at = test.clock.nowMs;
    const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' };
    const { clip, original } = await test.app.database.write(function* (d) {
      const clip = yield* makeClip(d, { ...owner, at });
      return { clip, original: yield* makeClip(d, { ...owner, at, kind: 'original', derivedFromId: clip }) };
    });
    const { held, checkInId } = await claimed({ mediaIds: [clip] });
    const answer = await (await mira()).reviews.publish({ ...held, ...plain, errorTags: ['wrist-drop'] });
    expect(answer).toMatchObject({ state: 'answered', programVersion: null });
    const own = await (await ana()).checkIns.get({ checkInId });
    expect(own).toMatchObject({ state: 'answered', closedAt: at, context: null });
    expect(own.reviews).toMatchObject([{ state: 'published', summary: draft.summary, errorTags: ['wrist-drop'] }]);
    const { notices } = await (await ana()).notices.list();
    expect(notices).toMatchObject([{ kind: 'review_published', subjectId: checkInId }]);
    const kept = await test.app.database.read((d) => findMediaById(d, { mediaId: original }));
    expect(kept?.retainUntil).toBe(at + 30 * 24 * HOUR_MS);
    expect(await (await mira()).reviews.claimNext()).toBeNull();
    await expect((await mira()).reviews.publish({ ...held, ...plain })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('with a new dose publishes the next version in the same act, with the review’s notice alone', async () => {
    const { lineageId, dose } = await givenProgram();
    const { held, reviewId } = await claimed({ lineageId });
    const doseChanges = [{ lineageId, dose: { ...dose, sets: dose.sets + 1 } }];
    const input = { ...held, ...draft, doseChanges, expectedProgramVersion: 1 };
    const { programVersion } = await (await mira()).reviews.publish(input);
    expect(programVersion?.number).toBe(2);
    const { notices } = await (await ana()).notices.list();
    expect(notices.map((notice) => notice.kind)).toEqual(['review_published']);
    const seen = await (await mira()).checkIns.get({ checkInId: held.checkInId });
    expect(seen.reviews).toMatchObject([{ id: reviewId, programVersionId: programVersion?.programVersionId }]);
    expect(seen.context?.program).toMatchObject({ version: 2, dose: { sets: dose.sets + 1 } });
    const hers = await (await ana()).checkIns.get({ checkInId: held.checkInId });
    expect(hers.newDoses).toMatchObject([
      { name: 'Tendon glides', side: 'right', before: { sets: dose.sets }, after: { sets: dose.sets + 1 } },
    ]);
  });

  it('keeps a dose that is being changed with the draft, for the clinic alone, until it is published', async () => {
    const { lineageId, dose } = await givenProgram();
    const { checkInId, held } = await claimed({ lineageId });
    const draftDose = { programVersion: 1, dose: { ...dose, sets: dose.sets + 1 } };
    await (await mira()).reviews.saveDraft({ ...held, ...draft, draftDose });
    const again = await (await mira()).reviews.claim({ checkInId });
    expect((await (await mira()).checkIns.get({ checkInId })).reviews).toMatchObject([
      { draftDose: { programVersion: 1, dose: { sets: dose.sets + 1 } } },
    ]);
    expect((await (await ana()).checkIns.get({ checkInId })).reviews).toEqual([]);
    await (await mira()).reviews.publish({ ...held, leaseToken: again.leaseToken, ...plain });
    expect((await (await mira()).checkIns.get({ checkInId })).reviews).toMatchObject([{ draftDose: null }]);
  });

  it('shows no new dose where the answer changed none', async () => {
    await givenProgram();
    const { held } = await claimed();
    await (await mira()).reviews.publish({ ...held, ...plain });
    expect((await (await ana()).checkIns.get({ checkInId: held.checkInId })).newDoses).toEqual([]);
  });

  it('on a program that changed meanwhile changes nothing at all', async () => {
    const { lineageId, dose } = await givenProgram();
    const { held, checkInId } = await claimed({ lineageId });
    const doseChanges = [{ lineageId, dose: { ...dose, sets: dose.sets + 1 } }];
    const input = { ...held, ...draft, doseChanges, expectedProgramVersion: 2 };
    await expect((await mira()).reviews.publish(input)).rejects.toMatchObject({ message: 'changed_meanwhile' });
    expect(await (await mira()).checkIns.get({ checkInId })).toMatchObject({ state: 'in_review' });
    expect((await (await ana()).checkIns.get({ checkInId })).reviews).toEqual([]);
    expect((await (await ana()).notices.list()).notices).toEqual([]);
    await (await mira()).reviews.publish({ ...input, expectedProgramVersion: 1 });
  });

  it('asks for another clip as the outcome, and never goes out without words', async () => {
    const { held, checkInId } = await claimed();
    await expect((await mira()).reviews.publish({ ...held, ...plain, summary: ' ' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(await (await mira()).reviews.publish({ ...held, ...plain, outcome: 'redo' })).toMatchObject({
      state: 'redo_requested',
    });
    expect((await (await ana()).checkIns.get({ checkInId })).state).toBe('redo_requested');
  });
});
