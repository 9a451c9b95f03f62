import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCheckIn, makeReview } from '#db/factories/check-ins';
import { makeStaff } from '#db/factories/people';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { grantCaregiver } from '#db/factories/relations';
import { makeVisit } from '#db/factories/visits';
import { insertNotice } from '#db/queries/contact/notices';
import { insertCareTeam } from '#db/queries/people/care-team';
import { listPrescriptions } from '#db/queries/program/programs';
import { seedLibrary } from '#db/seed/library';
import { DEFAULT_OPENING_HOURS } from '#domain/clinic/hours';
import { dayPackSchema } from '#domain/practice/day-pack';
import { logFromPrescription } from '#domain/practice/log';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let made: MadeProgram;

beforeAll(() => test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs })));
beforeEach(async () => {
  cast = await makeCast(test.app);
  made = await test.app.database.write((d) =>
    makeProgram(d, {
      clinicId: cast.clinicId,
      patientId: cast.ana.patientId,
      episodeId: cast.ana.episodeId,
      publishedBy: cast.mira.userId,
      exercises: [{ slug: 'tendon-glides', notePatient: 'With the splint off' }, { slug: 'full-fist-and-open' }],
      at: test.clock.nowMs - DAY_MS,
      on: '2026-11-23',
    }),
  );
});

const ana = () => test.as(cast.ana.userId);

async function pack(revision: string | null = null) {
  const answer = await (await ana()).practice.dayPack({ revision });
  return answer.unchanged ? null : answer.pack;
}

async function firstPack() {
  const first = await pack();
  if (!first) throw new Error('the first pack is sent');
  return first;
}

async function log(daysAgo: number, pain: number, painBefore: number | null = null) {
  const [prescription] = made.prescriptions;
  if (!prescription) throw new Error('the program has its exercise');
  const performedAt = test.clock.nowMs - daysAgo * DAY_MS - MINUTE_MS;
  const id = uuidv7();
  const practiceId = uuidv7();
  const one = logFromPrescription({
    id,
    practiceId,
    prescription,
    performedAt,
    performedTimeZone: 'Europe/London',
    source: 'quick',
  });
  const day = new Date(performedAt).toISOString().slice(0, 10);
  const times = { startedAt: performedAt - MINUTE_MS, endedAt: performedAt, localOn: day, slot: 2 };
  const practice = { id: practiceId, ...times, painBefore, painAfter: pain, effort: 3, device: null };
  await (await ana()).logs.record({ opId: uuidv7(), practice, logs: [{ ...one, pain }] });
  return id;
}

describe('the day pack', () => {
  it('holds what a day offline needs, by the schema that the phone reads it with', async () => {
    const first = await firstPack();
    expect(dayPackSchema.parse(first)).toEqual(first);
    expect(first.patient).toEqual({
      id: cast.ana.patientId,
      name: 'Ana Duarte',
      operatesWith: 'left',
      timeZone: 'Europe/London',
    });
    expect(first.clinic).toEqual({
      ...{ name: 'Larkfield Hand Clinic', phone: '+44 20 7946 0100', emergencyNumber: '999' },
      opening: { hours: DEFAULT_OPENING_HOURS, timeZone: 'Europe/London' },
    });
    expect(first.painPolicy).toMatchObject({ amberFrom: 4, redFrom: 6, urgentFrom: 8 });
    expect(first.prescriptions.map((one) => [one.id, one.text.name, one.notePatient])).toEqual([
      [made.prescriptions[0]?.id, 'Tendon glides', 'With the splint off'],
      [made.prescriptions[1]?.id, 'Full fist and open', null],
    ]);
    expect(first.prescriptions.every((one) => one.pose.length > 0 && one.dose.sets > 0)).toBe(true);
  });

  it('has the logs of 14 days with their sitting, and the usual pain', async () => {
    await log(20, 2, 3);
    const recent = await log(2, 1, 3);
    const first = await firstPack();
    expect(first.logs).toMatchObject([{ id: recent, slot: 2, state: 'done', pain: 1 }]);
    expect(first.baselinePain).toBe(3);
  });

  it('is another one when a program is published, a log comes or the wording changes, else unchanged', async () => {
    const first = await firstPack();
    expect(await pack(first.revision)).toBeNull();
    test.clock.nowMs += 5 * MINUTE_MS;
    expect(await pack(first.revision)).toBeNull();
    await log(0, 2);
    const second = await pack(first.revision);
    expect(second?.logs).toHaveLength(1);
    const mira = await test.as(cast.mira.userId);
    const [row] = await test.app.database.read((d) => listPrescriptions(d, { versionIds: [made.versionId] }));
    if (!row) throw new Error('the version has its exercise');
    const { lineageId, exerciseVersionId, side } = row;
    const kept = { lineageId, exerciseVersionId, side, digits: [], notePatient: null, fromOn: null, untilOn: null };
    const longer = { ...made.prescriptions[0]?.dose, holdSeconds: 8 } as MadeProgram['prescriptions'][0]['dose'];
    const prescriptions = [{ ...kept, overrideReason: null, dose: longer }];
    const { programId } = made;
    const draft = { draftId: uuidv7(), replaces: null, reason: '' };
    await mira.programs.saveDraft({ programId, basedOnNumber: 1, prescriptions, ...draft });
    expect(await pack(second?.revision)).toBeNull();
    await mira.programs.publish({ programId, basedOnNumber: 1, reason: 'Longer' });
    const third = await pack(second?.revision);
    expect(third?.prescriptions.map((one) => [one.versionNumber, one.lineageId, one.dose.holdSeconds])).toEqual([
      [2, lineageId, 8],
    ]);
    expect(third?.notices).toMatchObject([{ kind: 'program_changed', subjectId: programId }]);
  });

  it('names an unread notice however many newer ones were read, and no other person’s', async () => {
    const { clinicId, other } = cast;
    const userId = cast.ana.userId ?? '';
    const notice = { clinicId, userId, kind: 'review_published', createdAt: test.clock.nowMs - DAY_MS, readAt: null };
    const unread = { ...notice, id: uuidv7(), subjectId: uuidv7(), eventKey: uuidv7() };
    const theirs = { ...unread, id: uuidv7(), eventKey: uuidv7(), userId: other.userId ?? '', subjectId: uuidv7() };
    await test.app.database.write(function* (d) {
      yield* insertNotice(d, unread);
      yield* insertNotice(d, theirs);
      for (let n = 1; n <= 30; n++) {
        const at = notice.createdAt + n;
        const ids = { id: uuidv7(), subjectId: uuidv7(), eventKey: uuidv7() };
        yield* insertNotice(d, { ...notice, ...ids, createdAt: at, readAt: at });
      }
    });
    const { notices } = await firstPack();
    expect(notices.map(({ subjectId }) => subjectId)).toContain(unread.subjectId);
    expect(notices.map(({ subjectId }) => subjectId)).not.toContain(theirs.subjectId);
  });

  it('names who answered or wrote and how it begins, bounded', async () => {
    const { clinicId } = cast;
    const { patientId, userId, episodeId } = cast.ana;
    const at = test.clock.nowMs;
    const owner = { clinicId, patientId, userId: userId ?? '', at };
    const checkIn = await test.app.database.write((d) => makeCheckIn(d, owner));
    const mira = await test.as(cast.mira.userId);
    const { leaseToken } = await mira.reviews.claim({ checkInId: checkIn.checkInId });
    const answer = { summary: 'Slow on the way in.\nCount two.', outcome: 'feedback' as const, errorTags: [] };
    const only = { ...answer, doseChanges: [], expectedProgramVersion: null };
    await mira.reviews.publish({ checkInId: checkIn.checkInId, leaseToken, ...only });
    const message = { messageId: uuidv7(), episodeId, about: null, writtenAt: at };
    await mira.messages.send({ ...message, body: `${'Rest it well. '.repeat(10)}` });
    await mira.messages.send({ ...message, messageId: uuidv7(), body: 'And again' });
    const { notices } = await firstPack();
    const froms = Object.fromEntries(notices.map(({ kind, from }) => [kind, from]));
    expect(froms).toMatchObject({
      review_published: { name: 'Mira Solberg', words: 'Slow on the way in. Count two.' },
      message_received: { name: 'Mira Solberg', words: expect.stringMatching(/^Rest it well\. .{40,66}…$/) },
    });
    // Words of others are never in it, whatever a notice names.
    const bea = { clinicId, patientId: cast.other.patientId, userId: cast.other.userId ?? '', at };
    const theirs = await test.app.database.write((d) => makeCheckIn(d, bea));
    const review = { clinicId, patientId: cast.other.patientId, clinicianId: cast.mira.userId, at };
    await test.app.database.write(function* (d) {
      yield* makeReview(d, { ...review, checkIn: theirs, summary: 'Of somebody else' });
      const of = { clinicId, userId: userId ?? '', kind: 'review_published', createdAt: at };
      yield* insertNotice(d, { ...of, id: uuidv7(), subjectId: theirs.checkInId, eventKey: uuidv7() });
    });
    const after = (await firstPack()).notices.find(({ subjectId }) => subjectId === theirs.checkInId);
    expect(after).toMatchObject({ from: null });
  });

  it('opens what an earlier build kept, where notices name nobody', async () => {
    const known = await firstPack();
    const old = { id: uuidv7(), kind: 'review_published', subjectId: uuidv7(), createdAt: test.clock.nowMs };
    expect(dayPackSchema.parse({ ...known, notices: [old] }).notices).toEqual([{ ...old, visit: null, from: null }]);
  });

  it('names the visits that can be joined within a day, not those that never began', async () => {
    const spec = {
      clinicId: cast.clinicId,
      patient: cast.ana,
      clinicianId: cast.mira.userId,
      phone: '1234',
      timeZone: 'Europe/London',
    };
    const visitId = await test.app.database.write(function* (d) {
      const { nowMs } = test.clock;
      // A course of many visits to come must not push the next one out.
      for (let week = 1; week <= 25; week++)
        yield* makeVisit(d, { ...spec, startsAt: nowMs + week * 7 * DAY_MS, ended: false });
      yield* makeVisit(d, { ...spec, startsAt: nowMs - 5 * 60 * MINUTE_MS, ended: false });
      yield* makeVisit(d, { ...spec, startsAt: nowMs - 2 * 60 * MINUTE_MS, ended: true });
      return yield* makeVisit(d, { ...spec, startsAt: nowMs + 60 * MINUTE_MS, ended: false });
    });
    expect((await firstPack()).visits.map((visit) => [visit.id, visit.state, visit.clinicianName])).toEqual([
      [visitId, 'scheduled', 'Mira Solberg'],
    ]);
  });

  it('is the patient’s own: staff and helpers have none, the signed out none', async () => {
    const helpers = await test.app.database.write(function* (d) {
      const sam = yield* makeStaff(d, { clinicId: cast.clinicId, name: 'Sam Okoye', role: 'assistant' });
      const at = test.clock.nowMs;
      const on = { clinicId: cast.clinicId, patientId: cast.ana.patientId };
      yield* insertCareTeam(d, { id: uuidv7(), ...on, membershipId: sam.membershipId, part: 'member', fromAt: at });
      yield* grantCaregiver(d, {
        ...on,
        userId: cast.other.userId ?? '',
        scopes: ['program'],
        grantedAt: at,
        untilAt: null,
      });
      return { sam: sam.userId };
    });
    for (const userId of [cast.mira.userId, cast.colleague.userId, cast.outsider.userId, helpers.sam]) {
      const caller = await test.as(userId);
      await expect(caller.practice.dayPack({ revision: null })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const caregiver = await (await test.as(cast.other.userId)).practice.dayPack({ revision: null });
    expect(caregiver).toMatchObject({ pack: { patient: { id: cast.other.patientId }, prescriptions: [] } });
    const nobody = await test.as(null);
    await expect(nobody.practice.dayPack({ revision: null })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});
