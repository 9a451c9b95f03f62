import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient } from '#db/factories/people';
import { insertNotice } from '#db/queries/contact/notices';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { QUERIES_OF } from '#server/routers/concerned';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
/** A day of its own for each test, so that no visit stands in another's way. */
let days = 1;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const mira = async () => (await test.as(cast.mira.userId)).visits;
const aDay = () => test.clock.nowMs + days++ * DAY_MS;

async function book(startsAt: number | null, patientId = cast.ana.patientId) {
  const asked = { patientId, startsAt, durationMinutes: 30, kind: 'review' } as const;
  return (await (await mira()).schedule({ ...asked, visitId: uuidv7() })).visitId;
}

/** What Today tells this person of visits, newest first. */
async function told(userId: string | null) {
  const answer = await (await test.as(userId)).practice.dayPack({ revision: null });
  if (answer.unchanged) throw new Error('a pack was asked for');
  return answer.pack.notices.filter(({ visit }) => visit !== null);
}
const toldOf = async (visitId: string, userId = cast.ana.userId) =>
  (await told(userId)).filter(({ subjectId }) => subjectId === visitId).map(({ kind }) => kind);

describe('a visit that is put on the calendar', () => {
  it('is told to its patient, once, until it was seen; to nobody else', async () => {
    const startsAt = aDay();
    const asked = { patientId: cast.ana.patientId, startsAt, durationMinutes: 30, kind: 'review' } as const;
    const visitId = uuidv7();
    await (await mira()).schedule({ ...asked, visitId });
    await (await mira()).schedule({ ...asked, visitId });
    expect(await told(cast.ana.userId)).toMatchObject([
      { kind: 'visit_booked', subjectId: visitId, visit: { startsAt, clinicianName: 'Mira Solberg' } },
    ]);
    expect(await told(cast.other.userId)).toEqual([]);
    for (const { userId } of [cast.mira, cast.colleague])
      expect((await (await test.as(userId)).notices.list()).notices).toEqual([]);
    const theirs = await (await test.as(cast.other.userId)).notices.markRead({ subjectId: visitId });
    expect(theirs.read).toBe(0);
    expect(await toldOf(visitId)).toEqual(['visit_booked']);
    await (await test.as(cast.ana.userId)).notices.markRead({ subjectId: visitId });
    expect(await toldOf(visitId)).toEqual([]);
  });

  it('by somebody who may not is not told', async () => {
    const asked = { patientId: cast.ana.patientId, startsAt: aDay(), durationMinutes: 30, kind: 'review' } as const;
    const before = await told(cast.ana.userId);
    for (const userId of [cast.colleague.userId, cast.ana.userId])
      await expect((await test.as(userId)).visits.schedule(asked)).rejects.toBeTruthy();
    expect(await told(cast.ana.userId)).toEqual(before);
  });

  it('is shown while the page is open: what the event makes old is Today', () => {
    expect(QUERIES_OF.visit).toContain('practice.dayPack');
    expect(QUERIES_OF.notice).toContain('practice.dayPack');
  });

  it('for now is none: it stands on Today already; nor is one of a patient without an account', async () => {
    const now = await book(null);
    expect(await toldOf(now)).toEqual([]);
    await (await mira()).cancel({ visitId: now, state: 'no_show' });
    expect(await toldOf(now)).toEqual([]);
    const { clinicId, mira: lead } = cast;
    const paper = await test.app.database.write((d) =>
      makePatient(d, { clinicId, name: 'Luis Prado', lead, login: null }),
    );
    const visitId = await book(aDay(), paper.patientId);
    await (await mira()).cancel({ visitId, state: 'cancelled' });
    expect(await toldOf(visitId)).toEqual([]);
  });

  it('is no news any more once its patient came, it ended, or its time went by', async () => {
    const ana = await test.as(cast.ana.userId);
    await ana.patients.changeConsent({ kinds: ['telehealth', 'live_video'], given: true });
    const came = await book(test.clock.nowMs + MINUTE_MS);
    expect(await toldOf(came)).toEqual(['visit_booked']);
    await ana.visits.join({ visitId: came, locationText: 'At home', presentOthers: null });
    const { unread } = await ana.notices.list();
    expect(await toldOf(came)).toEqual([]);
    await (await mira()).cancel({ visitId: came, state: 'cancelled' });
    const held = await book(test.clock.nowMs + MINUTE_MS);
    await (await mira()).join({ visitId: held, locationText: null, presentOthers: null });
    await (await mira()).end({ visitId: held });
    expect(await toldOf(held)).toEqual([]);
    expect((await ana.notices.list()).unread).toBe(unread + 1);
    const missed = await book(aDay());
    const before = test.clock.nowMs;
    test.clock.nowMs += days * DAY_MS;
    expect(await toldOf(missed)).toEqual([]);
    // That it was booked is no news; that it did not take place is.
    await (await mira()).cancel({ visitId: missed, state: 'no_show' });
    expect(await toldOf(missed)).toEqual(['visit_missed']);
    await ana.notices.markRead({ subjectId: missed });
    test.clock.nowMs = before;
  });
});

describe('a visit that is cancelled', () => {
  it('is told instead of its booking, whether that was seen or not', async () => {
    for (const isSeen of [false, true]) {
      const startsAt = aDay();
      const visitId = await book(startsAt);
      if (isSeen) await (await test.as(cast.ana.userId)).notices.markRead({ subjectId: visitId });
      await (await mira()).cancel({ visitId, state: 'cancelled' });
      expect(await toldOf(visitId)).toEqual(['visit_cancelled']);
      const { notices } = await (await test.as(cast.ana.userId)).notices.list();
      const unread = notices.filter(({ subjectId, readAt }) => subjectId === visitId && readAt === null);
      expect(unread.map(({ kind }) => kind)).toEqual(['visit_cancelled']);
      expect((await told(cast.ana.userId))[0]).toMatchObject({ visit: { startsAt, clinicianName: 'Mira Solberg' } });
      await (await mira()).cancel({ visitId, state: 'cancelled' });
      await (await test.as(cast.ana.userId)).notices.markRead({ subjectId: visitId });
      expect(await toldOf(visitId)).toEqual([]);
    }
  });

  it('and booked for another time is told as both: the old time and the new one', async () => {
    const [from, to] = [aDay(), aDay()];
    const old = await book(from);
    await (await mira()).cancel({ visitId: old, state: 'cancelled' });
    test.clock.nowMs += 1000;
    const moved = await book(to);
    expect((await told(cast.ana.userId)).map(({ kind, visit }) => [kind, visit?.startsAt]).slice(0, 2)).toEqual([
      ['visit_booked', to],
      ['visit_cancelled', from],
    ]);
    for (const subjectId of [old, moved]) await (await test.as(cast.ana.userId)).notices.markRead({ subjectId });
  });

  it('by somebody who may not stays as it is', async () => {
    const visitId = await book(aDay());
    for (const userId of [cast.colleague.userId, cast.ana.userId])
      await expect((await test.as(userId)).visits.cancel({ visitId, state: 'cancelled' })).rejects.toBeTruthy();
    expect(await toldOf(visitId)).toEqual(['visit_booked']);
  });

  it('after its time is not told', async () => {
    const visitId = await book(aDay());
    const before = test.clock.nowMs;
    test.clock.nowMs += days * DAY_MS;
    await (await mira()).cancel({ visitId, state: 'cancelled' });
    expect(await toldOf(visitId)).toEqual([]);
    test.clock.nowMs = before;
  });
});

describe('an unread notice', () => {
  it('is on Today however many were read since, and whatever the account is told in another part', async () => {
    const visitId = await book(aDay());
    const { clinicId, ana } = cast;
    await test.app.database.write(function* (d) {
      for (let n = 1; n <= 45; n++) {
        const createdAt = test.clock.nowMs + n;
        const kind = n % 2 ? 'program_changed' : 'care_team_joined';
        const row = { id: uuidv7(), clinicId, userId: ana.userId ?? '', kind, subjectId: uuidv7(), createdAt };
        yield* insertNotice(d, { ...row, eventKey: `e${n}`, readAt: n % 2 ? createdAt : null });
      }
    });
    expect(await toldOf(visitId)).toEqual(['visit_booked']);
  });
});
