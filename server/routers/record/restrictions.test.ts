import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeCheckIn } from '#db/factories/check-ins';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { seedLibrary } from '#db/seed/library';
import { RESTRICTIONS_PER_PAGE } from '#domain/input/page';
import type { Dose } from '#domain/program/dose';
import type { SetRestriction } from '#domain/record/restriction';
import { DAY_MS } from '#domain/time/duration';
import { addDays, localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { book } from '#server/testing/booking';

const test = openTestApp();
let cast: Cast;
let program: MadeProgram;
let putty: { lineageId: string; dose: Dose };

beforeEach(async () => {
  cast = await makeCast(test.app);
  program = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    const { clinicId, ana, mira } = cast;
    const whose = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId, publishedBy: mira.userId };
    const exercises = [{ slug: 'putty-squeeze' }, { slug: 'full-fist-and-open' }];
    return yield* makeProgram(d, { ...whose, exercises, at: test.clock.nowMs, on: '2026-11-20' });
  });
  const [first] = program.prescriptions;
  if (!first) throw new Error('the program has its exercise');
  putty = first;
});

const ana = () => ({ patientId: cast.ana.patientId });
const mira = () => test.as(cast.mira.userId);
const today = () => localDay(test.clock.nowMs, 'Europe/London');

function noLoad(more: Partial<SetRestriction> = {}): SetRestriction {
  const limit = { v: 1 as const, kind: 'load' as const, maxKgf: null };
  return { ...ana(), id: uuidv7(), limit, untilOn: null, source: 'Surgeon’s letter of 3 October', note: null, ...more };
}

async function set(more: Partial<SetRestriction> = {}): Promise<string> {
  const one = noLoad(more);
  await (await mira()).restrictions.set(one);
  return one.id;
}

const pinned = async () => (await mira()).restrictions.pinned(ana());

async function dayPack() {
  const answer = await (await test.as(cast.ana.userId)).practice.dayPack({ revision: null });
  if (answer.unchanged) throw new Error('a pack is given to whoever has none');
  return answer.pack;
}

describe('a restriction', () => {
  it('stands pinned for who decides and who practises, with who set it and who said so', async () => {
    const id = await set({ untilOn: addDays(today(), 9) });
    const stands = { id, side: 'right', source: 'Surgeon’s letter of 3 October', setByName: 'Mira Solberg' };
    expect(await pinned()).toMatchObject({ mayWrite: true, restrictions: [stands] });
    expect((await dayPack()).restrictions).toEqual([
      { id, side: 'right', limit: { v: 1, kind: 'load', maxKgf: null }, untilOn: addDays(today(), 9) },
    ]);
    const own = await (await test.as(cast.ana.userId)).restrictions.pinned(ana());
    expect(own).toMatchObject({ mayWrite: false, restrictions: [{ id }] });
  });

  it('is news to the patient, once for several that are set together', async () => {
    await set();
    await set({ limit: { v: 1, kind: 'water' } });
    const { notices } = await (await test.as(cast.ana.userId)).notices.list();
    expect(notices.filter(({ readAt }) => readAt === null)).toMatchObject([{ kind: 'restriction_changed' }]);
    expect((await dayPack()).notices).toMatchObject([{ kind: 'restriction_changed' }]);
  });

  it('that is sent twice is one, and under an id of another it is none', async () => {
    const one = noLoad();
    const caller = await mira();
    await caller.restrictions.set(one);
    await caller.restrictions.set(one);
    expect((await pinned()).restrictions).toHaveLength(1);
    const other = { ...one, limit: { v: 1 as const, kind: 'water' as const } };
    await expect(caller.restrictions.set(other)).rejects.toMatchObject({ code: 'CONFLICT' });
    const elsewhere = { ...one, patientId: cast.outsiderPatient.patientId };
    await expect((await test.as(cast.outsider.userId)).restrictions.set(elsewhere)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it.each(['2000-01-01', 'today'])('is not set until %s', async (untilOn) => {
    const day = untilOn === 'today' ? today() : untilOn;
    await expect(set({ untilOn: day })).rejects.toMatchObject({ message: 'restriction_over' });
  });

  it('ends by its day, and stands in the history', async () => {
    const id = await set({ untilOn: addDays(today(), 1) });
    expect(await (await mira()).restrictions.past(ana())).toEqual([]);
    test.clock.nowMs += DAY_MS;
    expect((await pinned()).restrictions).toEqual([]);
    expect((await dayPack()).restrictions).toEqual([]);
    expect(await (await mira()).restrictions.past(ana())).toMatchObject([{ id, liftedAt: null, liftedByName: null }]);
  });

  it('is lifted once, with why and by whom', async () => {
    const restrictionId = await set();
    const caller = await mira();
    await caller.restrictions.lift({ ...ana(), restrictionId, reason: 'Seen by the surgeon' });
    expect((await pinned()).restrictions).toEqual([]);
    const why = { liftedReason: 'Seen by the surgeon', liftedByName: 'Mira Solberg' };
    expect(await caller.restrictions.past(ana())).toMatchObject([{ id: restrictionId, ...why }]);
    const again = caller.restrictions.lift({ ...ana(), restrictionId, reason: 'Once more' });
    await expect(again).rejects.toMatchObject({ message: 'restriction_lifted' });
    await expect(caller.restrictions.lift({ ...ana(), restrictionId: uuidv7(), reason: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is never lifted or changed as another patient’s', async () => {
    const restrictionId = await set();
    const outsider = await test.as(cast.outsider.userId);
    const { patientId } = cast.outsiderPatient;
    const lift = { patientId, restrictionId, reason: 'Healed' };
    await expect(outsider.restrictions.lift(lift)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const change = { ...noLoad({ patientId }), replacesId: restrictionId, reason: 'Healed' };
    await expect(outsider.restrictions.change(change)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await pinned()).restrictions).toMatchObject([{ id: restrictionId }]);
  });

  it('is changed by another in its place; sent again that is the same', async () => {
    const replacesId = await set();
    const caller = await mira();
    const next = { ...noLoad({ limit: { v: 1, kind: 'load', maxKgf: 1.5 } }), replacesId, reason: 'A little now' };
    await caller.restrictions.change(next);
    await caller.restrictions.change(next);
    expect((await pinned()).restrictions).toMatchObject([{ id: next.id, limit: { maxKgf: 1.5 } }]);
    expect(await caller.restrictions.past(ana())).toMatchObject([{ id: replacesId, liftedReason: 'A little now' }]);
    const late = { ...noLoad(), replacesId, reason: 'Another' };
    await expect(caller.restrictions.change(late)).rejects.toMatchObject({ message: 'restriction_lifted' });
    expect((await pinned()).restrictions).toHaveLength(1);
  });

  it('is one of thirty at most', async () => {
    for (let n = 0; n < 30; n++) await set();
    await expect(set()).rejects.toMatchObject({ message: 'too_many_restrictions' });
  });

  it('is found in the history page by page, each once', async () => {
    const caller = await mira();
    const ids: string[] = [];
    for (let n = 0; n <= RESTRICTIONS_PER_PAGE; n++) {
      const restrictionId = await set();
      await caller.restrictions.lift({ ...ana(), restrictionId, reason: 'Healed' });
      ids.unshift(restrictionId);
      test.clock.nowMs += n % 2;
    }
    const first = await caller.restrictions.past(ana());
    const last = first.at(-1);
    if (!last) throw new Error('the page is full');
    const rest = await caller.restrictions.past({ ...ana(), cursor: { at: last.setAt, id: last.id } });
    expect([...first, ...rest].map(({ id }) => id)).toEqual(ids);
    expect(first).toHaveLength(RESTRICTIONS_PER_PAGE);
  });

  it('is read, and not set, by whoever broke the glass or helps; others do not know of it', async () => {
    await set();
    await expect((await test.as(cast.colleague.userId)).restrictions.pinned(ana())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect((await test.as(cast.ana.userId)).restrictions.set(noLoad())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a program in force that breaks it', () => {
  it('stays as it is; the exercise waits on Today until the restriction ends', async () => {
    const id = await set();
    const [waiting, goesOn] = (await dayPack()).prescriptions;
    expect(waiting).toMatchObject({ lineageId: putty.lineageId, waitsFor: [id] });
    expect(goesOn).toMatchObject({ waitsFor: [] });
    const said = await pinned();
    expect(said.programs).toMatchObject([
      { programId: program.programId, number: 1, signed: [], prescriptions: [{ name: 'Putty squeeze' }, {}] },
    ]);
    await (await mira()).restrictions.lift({ ...ana(), restrictionId: id, reason: 'Healed' });
    expect((await dayPack()).prescriptions[0]).toMatchObject({ waitsFor: [] });
  });

  it('waits for nothing of the other hand', async () => {
    const caller = await mira();
    await set();
    const hand = { condition: 'Stiff fingers', injuryOn: null, surgeryOn: null, precautions: '' };
    const otherHand = { what: 'leave' as const, reason: 'The program is right' };
    await caller.patients.editEpisode({ ...ana(), episodeId: cast.ana.episodeId, side: 'left', ...hand, otherHand });
    expect((await dayPack()).prescriptions[0]).toMatchObject({ waitsFor: [] });
  });
});

type Publish = (change: Partial<Dose>, restrictionReason?: string | null) => Promise<unknown>;

async function byEditor(): Promise<Publish> {
  const { programId } = program;
  const caller = await mira();
  return async (change, restrictionReason) => {
    const { versions } = await caller.programs.get({ programId });
    const latest = versions.find(({ state }) => state === 'draft');
    const inForce = versions.find(({ state }) => state === 'published');
    const prescriptions = (inForce?.prescriptions ?? []).map((row) => ({
      ...{ lineageId: row.lineageId, exerciseVersionId: row.exerciseVersionId, side: row.side, digits: [] },
      ...{ notePatient: null, fromOn: null, untilOn: null, overrideReason: null },
      dose: row.lineageId === putty.lineageId ? { ...row.dose, ...change } : row.dose,
    }));
    const replaces = latest ? { draftId: latest.id, savedAt: latest.createdAt } : null;
    const based = { programId, basedOnNumber: inForce?.number ?? 0 };
    await caller.programs.saveDraft({ ...based, draftId: uuidv7(), replaces, reason: '', prescriptions });
    return await caller.programs.publish({ ...based, reason: '', restrictionReason });
  };
}

/** The three ways in which a dose is published. */
const WAYS: Record<string, () => Promise<Publish>> = {
  editor: byEditor,
  async review() {
    const { lineageId, dose } = putty;
    const owner = { clinicId: cast.clinicId, ...ana(), userId: cast.ana.userId ?? '', at: test.clock.nowMs };
    const { checkInId } = await test.app.database.write((d) =>
      makeCheckIn(d, { ...owner, assigneeId: cast.mira.userId, lineageId }),
    );
    const { leaseToken } = await (await mira()).reviews.claim({ checkInId });
    const answer = { summary: 'Well done', outcome: 'feedback' as const, errorTags: [], expectedProgramVersion: 1 };
    return async (change, restrictionReason) => {
      const doseChanges = [{ lineageId, dose: { ...dose, ...change } }];
      return (await mira()).reviews.publish({ checkInId, leaseToken, ...answer, doseChanges, restrictionReason });
    };
  },
  async visit() {
    const planned = { ...ana(), startsAt: null, durationMinutes: 30, kind: 'now' as const };
    const { visitId } = await book(await mira(), planned);
    const change = { visitId, programId: program.programId, expectedProgramVersion: 1, reason: 'As in the visit' };
    return async (over, restrictionReason) => {
      const changes = [{ lineageId: putty.lineageId, dose: { ...putty.dose, ...over } }];
      return (await mira()).visitRecord.changeDose({ ...change, changes, restrictionReason });
    };
  },
};

const current = async (userId: string | null = cast.mira.userId) => {
  const [found] = await (await test.as(userId)).programs.ofPatient(ana());
  return found?.current ?? null;
};

describe.each(Object.keys(WAYS))('a dose published in the %s', (way) => {
  let publish: Publish;
  beforeEach(async () => {
    publish = (await WAYS[way]?.()) ?? (() => Promise.reject(new Error('no such way')));
  });
  const fewer = { repsMin: 1, repsMax: 1 };

  it('asks why it breaks what is restricted, also where it is lowered, and keeps who signed and for what', async () => {
    const restrictionId = await set();
    for (const missing of [undefined, null])
      await expect(publish(fewer, missing)).rejects.toMatchObject({ message: 'restriction_reason_needed' });
    await expect(publish(fewer, ' ')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await current()).toMatchObject({ number: 1 });
    await publish(fewer, 'The surgeon agreed on the phone');
    const kept = { lineageId: putty.lineageId, restrictionId, signedIn: 2 };
    const signed = { restrictionReason: 'The surgeon agreed on the phone', restrictionsBroken: [kept] };
    expect(await current()).toMatchObject({ number: 2, publishedBy: cast.mira.userId, ...signed });
    expect((await dayPack()).prescriptions[0]).toMatchObject({ waitsFor: [] });
  });

  it('keeps the reason among clinicians', async () => {
    await set();
    await publish(fewer, 'The surgeon agreed on the phone');
    const hidden = { restrictionReason: null, restrictionsBroken: null };
    expect(await current(cast.ana.userId)).toMatchObject({ number: 2, ...hidden });
    const { versions, restrictions } = await (await test.as(cast.ana.userId)).programs.get({
      programId: program.programId,
    });
    expect(versions).toMatchObject([hidden, hidden]);
    expect(restrictions).toEqual([]);
  });

  it('asks nothing where a restriction says nothing of it', async () => {
    await set({ limit: { v: 1, kind: 'driving' } });
    await publish(fewer);
    expect(await current()).toMatchObject({ number: 2, restrictionReason: null, restrictionsBroken: null });
  });
});

describe('a reason that was signed', () => {
  it('is not asked for again while no more is asked, and is where more is', async () => {
    const publish = await byEditor();
    const restrictionId = await set();
    await publish({ repsMin: 2, repsMax: 2 }, 'The surgeon agreed');
    await publish({ repsMin: 1, repsMax: 1 });
    const before = { lineageId: putty.lineageId, restrictionId, signedIn: 2 };
    expect(await current()).toMatchObject({ number: 3, restrictionReason: null, restrictionsBroken: [before] });
    await expect(publish({ repsMin: 5, repsMax: 5 })).rejects.toMatchObject({ message: 'restriction_reason_needed' });
    await publish({ repsMin: 5, repsMax: 5 }, 'And a little more');
    expect(await current()).toMatchObject({ number: 4, restrictionsBroken: [{ ...before, signedIn: 4 }] });
  });

  it('lets go on what is in force, without another change, and only where something waits', async () => {
    const publish = await byEditor();
    await expect(publish({}, 'Nothing waits')).rejects.toMatchObject({ message: 'nothing_changed' });
    await set();
    await publish({}, 'The surgeon agreed');
    expect(await current()).toMatchObject({ number: 2, restrictionReason: 'The surgeon agreed' });
    expect((await dayPack()).prescriptions[0]).toMatchObject({ waitsFor: [] });
    await expect(publish({}, 'Once more')).rejects.toMatchObject({ message: 'nothing_changed' });
  });

  it('speaks for one restriction: the next one asks anew', async () => {
    const publish = await byEditor();
    const first = await set();
    await publish({}, 'The surgeon agreed');
    const second = await set({ limit: { v: 1, kind: 'load', maxKgf: 0.5 } });
    expect((await dayPack()).prescriptions[0]).toMatchObject({ waitsFor: [second] });
    await publish({}, 'Agreed for this one, too');
    const { restrictions, versions } = await (await mira()).programs.get({ programId: program.programId });
    expect(versions[0]?.restrictionsBroken?.map((one) => [one.restrictionId, one.signedIn]).toSorted()).toEqual(
      [
        [first, 2],
        [second, 3],
      ].toSorted(),
    );
    expect(restrictions.map(({ id }) => id).toSorted()).toEqual([first, second].toSorted());
  });
});
