import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient } from '#db/factories/people';
import { listVisitsBetween } from '#db/queries/visit/calendar';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
/** Another patient of Mira's. */
let luis: { patientId: string };
/** A day of its own for each test, so that none stands in another's way. */
let days = 1;

beforeAll(async () => {
  cast = await makeCast(test.app);
  const { clinicId, mira } = cast;
  luis = await test.app.database.write((d) => makePatient(d, { clinicId, name: 'Luis Prado', lead: mira }));
});

const mira = () => test.as(cast.mira.userId);
const aDay = () => test.clock.nowMs + days++ * DAY_MS;
const of = (startsAt: number, patientId = cast.ana.patientId) =>
  ({ patientId, startsAt, durationMinutes: 30, kind: 'review' }) as const;
const planned = (fromMs: number, patientId = cast.ana.patientId) =>
  test.app.database.read((d) =>
    listVisitsBetween(d, { clinicId: cast.clinicId, patientId, fromMs, untilMs: fromMs + HOUR_MS, limit: 200 }),
  );

describe('a visit that is booked', () => {
  it('in the past is refused, in this minute not', async () => {
    const { nowMs } = test.clock;
    for (const ago of [DAY_MS, 3 * MINUTE_MS])
      await expect((await mira()).visits.schedule(of(nowMs - ago))).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: 'visit_in_past',
      });
    await expect((await mira()).visits.schedule(of(nowMs - MINUTE_MS))).resolves.toBeTruthy();
  });

  it('twice by one press is one, and under its id no other is made', async () => {
    const [startsAt, visitId] = [aDay(), uuidv7()];
    const asked = { ...of(startsAt), visitId };
    expect(await (await mira()).visits.schedule(asked)).toEqual({ visitId });
    expect(await (await mira()).visits.schedule(asked)).toEqual({ visitId });
    expect(await planned(startsAt)).toHaveLength(1);
    await expect((await mira()).visits.schedule({ ...asked, startsAt: aDay() })).rejects.toMatchObject({
      message: 'operation_differs',
    });
    const colleague = await test.as(cast.colleague.userId);
    const theirs = { ...asked, patientId: cast.other.patientId, startsAt: aDay() };
    await expect(colleague.visits.schedule(theirs)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('at the time of another of the same clinician or patient is a conflict that is named', async () => {
    const startsAt = aDay();
    const { visitId } = await (await mira()).visits.schedule(of(startsAt));
    const later = of(startsAt + 29 * MINUTE_MS, luis.patientId);
    await expect((await mira()).visits.schedule(later)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'visit_overlaps',
    });
    const { kind: _, ...time } = later;
    const { patient, overlaps } = await (await mira()).visits.overlaps(time);
    expect(patient).toEqual({ name: 'Luis Prado', timeZone: 'Europe/London' });
    expect(overlaps).toMatchObject([{ id: visitId, patientName: 'Ana Duarte', clinicianName: 'Mira Solberg' }]);
    // That it was seen makes a person no freer.
    await expect((await mira()).visits.schedule({ ...later, despite: [visitId] })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await (await mira()).visits.cancel({ visitId, state: 'cancelled' });
    await expect((await mira()).visits.schedule(later)).resolves.toBeTruthy();
  });

  it('as another one ends, or a minute before it begins and no longer, is none', async () => {
    const startsAt = aDay();
    await (await mira()).visits.schedule(of(startsAt));
    await (await mira()).visits.schedule(of(startsAt + 30 * MINUTE_MS, luis.patientId));
    await (await mira()).visits.schedule(of(startsAt - 30 * MINUTE_MS, luis.patientId));
    const longBefore = { ...of(startsAt - 3 * HOUR_MS, luis.patientId), durationMinutes: 180 };
    await expect((await mira()).visits.schedule(longBefore)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('beside an open one needs the second step, however long that goes on already', async () => {
    const { patientId } = luis;
    const asked = { patientId, startsAt: null, durationMinutes: 15, kind: 'now' } as const;
    const { visitId } = await (await mira()).visits.schedule({ ...asked, despite: await standing() });
    await (await mira()).visits.join({ visitId, locationText: null, presentOthers: null });
    test.clock.nowMs += 4 * HOUR_MS;
    await expect((await mira()).visits.schedule(asked)).rejects.toMatchObject({ message: 'visit_overlaps' });
    await (await mira()).visits.end({ visitId });
  });
  async function standing() {
    const { overlaps } = await (await mira()).visits.overlaps({
      patientId: luis.patientId,
      startsAt: null,
      durationMinutes: 15,
    });
    return overlaps.map(({ id }) => id);
  }

  it('names no patient to a clinician who does not treat them', async () => {
    const startsAt = aDay();
    await (await mira()).visits.schedule(of(startsAt));
    // Mira covers for a colleague: the patient is the colleague's, the time is Mira's.
    const { clinicId, colleague } = cast;
    const both = await test.app.database.write((d) => makePatient(d, { clinicId, name: 'Nora', lead: colleague }));
    const { patientId } = both;
    const c = await test.as(colleague.userId);
    await c.visits.schedule(of(startsAt, patientId));
    const asked = { patientId: cast.ana.patientId, startsAt, durationMinutes: 30 };
    await expect(c.visits.overlaps(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { overlaps } = await c.visits.overlaps({ ...asked, patientId });
    expect(overlaps.map(({ patientName }) => patientName)).toEqual(['Nora']);
  });

  it.each([100])(
    '%i times at once, for one time, is one',
    async (count) => {
      const startsAt = aDay();
      const m = await mira();
      const tries = Array.from({ length: count }, (_, n) =>
        m.visits.schedule(of(startsAt, n % 2 === 0 ? cast.ana.patientId : luis.patientId)).then(
          () => 'booked',
          ({ message }: Error) => message,
        ),
      );
      const answers = await Promise.all(tries);
      expect(answers.filter((answer) => answer === 'booked')).toHaveLength(1);
      expect(new Set(answers)).toEqual(new Set(['booked', 'visit_overlaps']));
      expect([...(await planned(startsAt)), ...(await planned(startsAt, luis.patientId))]).toHaveLength(1);
    },
    60_000,
  );

  it('is on the calendar however far it is', async () => {
    const fromMs = test.clock.nowMs;
    const startsAt = fromMs + 400 * DAY_MS;
    const { visitId } = await (await mira()).visits.schedule(of(startsAt));
    const all = [];
    for (let cursor: { at: number; id: string } | null | undefined; cursor !== null; ) {
      const page = await (await mira()).visits.schedulePage({ fromMs, untilMs: 4_102_444_800_000, cursor });
      all.push(...page.visits);
      cursor = page.nextCursor;
    }
    expect(all.at(-1)?.id).toBe(visitId);
  });

  it('keeps the zone in which it was typed', async () => {
    const timeZone = 'America/New_York';
    const { visitId } = await (await mira()).visits.schedule({ ...of(aDay()), timeZone });
    const room = await (await mira()).visits.room({ visitId });
    expect(room.visit).toMatchObject({ timeZone, patientTimeZone: 'Europe/London' });
    await expect((await mira()).visits.schedule({ ...of(aDay()), timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});
