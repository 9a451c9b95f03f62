import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeProgram } from '#db/factories/program';
import { insertConsent } from '#db/queries/people/patients';
import { findVisitNote } from '#db/queries/visit/record';
import { seedLibrary } from '#db/seed/library';
import type { Cue } from '#domain/visit/cue';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { book } from '#server/testing/booking';

const test = openTestApp();
let cast: Cast;
let visitId: string;

beforeAll(() => test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs })));
/** Each test has an open visit of its own, with Ana admitted. */
beforeEach(async () => {
  cast = await makeCast(test.app);
  const clinician = await mira();
  const asked = { patientId: cast.ana.patientId, startsAt: null, durationMinutes: 30, kind: 'review' as const };
  ({ visitId } = await book(clinician, asked));
  await clinician.visits.join({ visitId, locationText: null, presentOthers: null });
  const waiting = await (await ana()).visits.join({ visitId, locationText: 'At home', presentOthers: null });
  await clinician.visits.admit({ visitId, participantId: waiting.participantId });
});

const mira = () => test.as(cast.mira.userId);
const ana = () => test.as(cast.ana.userId);
const strangers = () => [cast.colleague.userId, cast.admin.userId, cast.other.userId, cast.outsider.userId];
const recordOf = async (who: typeof mira) => (await who()).visitRecord.get({ visitId });

async function agreeToStills() {
  const given = { clinicId: cast.clinicId, patientId: cast.ana.patientId, givenBy: cast.ana.userId ?? '' };
  await test.app.database.write((d) =>
    insertConsent(d, { id: uuidv7(), ...given, kind: 'stills', textVersion: '2026-11', givenAt: test.clock.nowMs }),
  );
}

function aStill(over: { source?: 'patient_device' | 'received_frame' } = {}) {
  const capturedAt = test.clock.nowMs;
  return { visitId, stillId: uuidv7(), bytes: 1000, capturedAt, source: 'patient_device' as const, ...over };
}

/** Ten holds of five seconds with a second's rest, from now. */
function aHold(): Cue {
  const pattern = { v: 1 as const, kind: 'hold' as const, holdSeconds: 5, restSeconds: 1, repetitions: 10 };
  return { cueId: uuidv7(), pattern, startsAtMs: test.clock.nowMs, stoppedAtMs: null, lineageId: null };
}

describe('a still', () => {
  it('needs the patient’s consent, and is in the record of both with its side', async () => {
    const still = aStill();
    await expect((await ana()).stills.add(still)).rejects.toMatchObject({ message: 'consent_missing' });
    expect((await recordOf(mira)).stills).toEqual([]);
    await agreeToStills();
    expect(await (await ana()).stills.add(still)).toEqual({ state: 'pending' });
    for (const who of [mira, ana]) {
      expect((await recordOf(who)).stills).toMatchObject([
        { id: still.stillId, source: 'patient_device', side: 'right', state: 'pending', capturedAt: still.capturedAt },
      ]);
    }
  });

  it('is added once; with other bytes it is refused, and its id is nobody else’s', async () => {
    await agreeToStills();
    const still = aStill();
    await (await ana()).stills.add(still);
    await (await ana()).stills.add(still);
    await expect((await ana()).stills.add({ ...still, bytes: 999 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const taken = { ...still, source: 'received_frame' as const };
    await expect((await mira()).stills.add(taken)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await recordOf(ana)).stills).toHaveLength(1);
  });

  it('of the clinician is a received frame, never the patient’s own picture', async () => {
    await agreeToStills();
    await expect((await mira()).stills.add(aStill())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await (await mira()).stills.add(aStill({ source: 'received_frame' }))).toEqual({ state: 'pending' });
  });

  it('cannot be added by strangers', async () => {
    await agreeToStills();
    for (const userId of strangers())
      await expect((await test.as(userId)).stills.add(aStill())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a cue', () => {
  it('stopped early keeps what was achieved, and the first stop counts', async () => {
    const cue = aHold();
    await (await mira()).cues.start({ visitId, cue });
    await (await mira()).cues.start({ visitId, cue });
    const stopped = await (await ana()).cues.stop({ visitId, cueId: cue.cueId, stoppedAtMs: cue.startsAtMs + 8_500 });
    expect(stopped.result).toMatchObject({ holdSeconds: [5, 2.5], fullHolds: 1, repetitions: 1 });
    const again = await (await mira()).cues.stop({ visitId, cueId: cue.cueId, stoppedAtMs: cue.startsAtMs + 20_000 });
    expect(again).toEqual(stopped);
    expect((await recordOf(ana)).cues).toMatchObject([
      { cueId: cue.cueId, stoppedAtMs: cue.startsAtMs + 8_500, startedByName: 'Mira Solberg', result: stopped.result },
    ]);
  });

  it('that ran out by the end of the visit has run in full; one under way is stopped then', async () => {
    const [whole, cut] = [aHold(), aHold()];
    await (await mira()).cues.start({ visitId, cue: whole });
    test.clock.nowMs += 60_000;
    const late = { ...cut, startsAtMs: test.clock.nowMs };
    await (await ana()).cues.start({ visitId, cue: late });
    test.clock.nowMs += 7_000;
    await (await mira()).visits.end({ visitId });
    const { cues } = await recordOf(mira);
    expect(cues[0]).toMatchObject({ stoppedAtMs: null, result: { fullHolds: 10, repetitions: 10 } });
    expect(cues[1]).toMatchObject({
      stoppedAtMs: late.startsAtMs + 7_000,
      result: { fullHolds: 1, holdSeconds: [5, 1] },
    });
  });

  it('with the same id and another pattern is refused; strangers start and stop nothing', async () => {
    const cue = aHold();
    await (await mira()).cues.start({ visitId, cue });
    const other = { ...cue, startsAtMs: cue.startsAtMs + 1 };
    await expect((await mira()).cues.start({ visitId, cue: other })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect((await ana()).cues.start({ visitId, cue })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const userId of strangers()) {
      const caller = await test.as(userId);
      const stop = { visitId, cueId: cue.cueId, stoppedAtMs: cue.startsAtMs };
      await expect(caller.cues.start({ visitId, cue: aHold() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.cues.stop(stop)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await recordOf(mira)).cues).toMatchObject([{ stoppedAtMs: null }]);
  });
});

describe('the note of a visit', () => {
  it('is kept while it is written, and signed it stays: what follows is a note of its own', async () => {
    const clinician = await mira();
    await expect(clinician.notes.sign({ visitId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await clinician.notes.save({ visitId, body: '  ' });
    await expect(clinician.notes.sign({ visitId })).rejects.toMatchObject({ message: 'note_empty' });
    await clinician.notes.save({ visitId, body: 'Hook without MCP flexion.' });
    const { signedAt } = await clinician.notes.sign({ visitId });
    expect(await clinician.notes.sign({ visitId })).toEqual({ signedAt });
    await clinician.notes.save({ visitId, body: 'Asked about the door key.' });
    expect((await recordOf(mira)).notes).toMatchObject([
      { body: 'Hook without MCP flexion.', signedAt },
      { body: 'Asked about the door key.', signedAt: null },
    ]);
  });

  it('and the words for the patient are never written over by a window that has not seen them', async () => {
    const clinician = await mira();
    const elsewhere = { code: 'CONFLICT', message: 'text_elsewhere' };
    const note = await clinician.notes.save({ visitId, body: 'One.', revision: 0 });
    expect(note).toMatchObject({ revision: 1 });
    // Sent twice, as after an answer that was lost.
    expect(await clinician.notes.save({ visitId, body: 'One.', revision: 0 })).toEqual(note);
    await expect(clinician.notes.save({ visitId, body: 'Other.', revision: 0 })).rejects.toMatchObject(elsewhere);
    expect(await clinician.notes.save({ visitId, body: 'One, two.', revision: 1 })).toMatchObject({ revision: 2 });
    expect((await recordOf(mira)).notes).toMatchObject([{ body: 'One, two.', revision: 2 }]);
    await clinician.notes.sign({ visitId });
    await expect(clinician.notes.save({ visitId, body: 'Late.', revision: 2 })).rejects.toMatchObject(elsewhere);
    expect(await clinician.notes.save({ visitId, body: 'Next.', revision: 0 })).toMatchObject({ revision: 1 });

    const { visitRecord } = clinician;
    expect(await visitRecord.saveSummary({ visitId, summary: 'Slower.', revision: 0 })).toEqual({ revision: 1 });
    const stale = visitRecord.saveSummary({ visitId, summary: 'Faster.', revision: 0 });
    await expect(stale).rejects.toMatchObject(elsewhere);
    expect(await recordOf(mira)).toMatchObject({ summary: 'Slower.', summaryRevision: 1 });
  });

  it('that follows a signed one names it', async () => {
    const clinician = await mira();
    const first = await clinician.notes.save({ visitId, body: 'First.' });
    await clinician.notes.sign({ visitId });
    await clinician.notes.save({ visitId, body: 'Second.' });
    const mine = { clinicId: cast.clinicId, patientId: cast.ana.patientId, visitId, authorId: cast.mira.userId };
    const last = await test.app.database.read((d) => findVisitNote(d, mine));
    expect(last).toMatchObject({ body: 'Second.', supersedesId: first.noteId });
  });

  it('is the clinic’s: the patient does not read it, and strangers do not write it', async () => {
    await (await mira()).notes.save({ visitId, body: 'For the record.' });
    await (await mira()).notes.sign({ visitId });
    await (await mira()).notes.save({ visitId, body: 'Not yet finished.' });
    expect((await recordOf(ana)).notes).toEqual([]);
    const { membershipId, userId: colleagueId } = cast.colleague;
    await (await mira()).patients.addToCareTeam({ patientId: cast.ana.patientId, membershipId, part: 'member' });
    const read = await (await test.as(colleagueId)).visitRecord.get({ visitId });
    expect(read.notes).toMatchObject([{ body: 'For the record.', authorName: 'Mira Solberg' }]);
    for (const userId of [cast.ana.userId, cast.admin.userId, cast.other.userId, cast.outsider.userId]) {
      const caller = await test.as(userId);
      await expect(caller.notes.save({ visitId, body: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.notes.sign({ visitId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('the record', () => {
  async function prescribe() {
    const { programId, prescriptions } = await test.app.database.write((d) =>
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
    const [first] = prescriptions;
    if (!first) throw new Error('the program has its exercise');
    const changes = [{ lineageId: first.lineageId, dose: { ...first.dose, sets: first.dose.sets + 1 } }];
    return { visitId, programId, expectedProgramVersion: 1, changes, reason: 'Stronger than last week' };
  }

  it('holds the dose that the visit changed, and the words for the patient', async () => {
    const change = await prescribe();
    expect(await (await mira()).visitRecord.changeDose(change)).toEqual({ number: 2 });
    await (await mira()).visitRecord.saveSummary({ visitId, summary: 'Keep the wrist slightly back.' });
    const record = await recordOf(ana);
    expect(record.summary).toBe('Keep the wrist slightly back.');
    const sets = change.changes[0]?.dose.sets ?? 0;
    expect(record.prescribed).toMatchObject([
      { number: 2, reason: null, changes: [{ before: { sets: sets - 1 }, after: { sets } }] },
    ]);
    expect((await recordOf(mira)).prescribed).toMatchObject([{ number: 2, reason: change.reason }]);
    const [program] = await (await ana()).programs.ofPatient({ patientId: cast.ana.patientId });
    expect(program?.current).toMatchObject({ number: 2, source: 'visit', sourceId: visitId });
  });

  it('a program that changed meanwhile is not overwritten', async () => {
    const change = await prescribe();
    await (await mira()).visitRecord.changeDose(change);
    await expect((await mira()).visitRecord.changeDose(change)).rejects.toMatchObject({ message: 'changed_meanwhile' });
  });

  it('says that it hurts: each time an entry and a flag; sent again it is the same one; only the patient can say it', async () => {
    const opId = uuidv7();
    const { nowMs } = test.clock;
    await (await ana()).visitRecord.sayItHurts({ visitId, opId, saidAt: nowMs - 60_000 });
    await (await ana()).visitRecord.sayItHurts({ visitId, opId, saidAt: nowMs - 60_000 });
    await (await ana()).visitRecord.sayItHurts({ visitId, opId: uuidv7(), saidAt: nowMs + 3_600_000 });
    expect((await recordOf(mira)).saidItHurtsAt).toEqual([nowMs - 60_000, nowMs]);
    const flags = await (await mira()).flags.open({ patientId: cast.ana.patientId });
    const said = { kind: 'it_hurts', severity: 'red', sourceKind: 'symptom_check' };
    expect(flags).toMatchObject([said, said]);
    expect(flags.map(({ sourceId }) => sourceId)).toContain(opId);
    for (const userId of [cast.mira.userId, ...strangers()]) {
      const said = (await test.as(userId)).visitRecord.sayItHurts({
        visitId,
        opId: uuidv7(),
        saidAt: test.clock.nowMs,
      });
      await expect(said).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('is not there for strangers, and the patient changes nothing in it', async () => {
    const change = await prescribe();
    for (const userId of strangers())
      await expect((await test.as(userId)).visitRecord.get({ visitId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const userId of [cast.ana.userId, ...strangers()]) {
      const { visitRecord } = await test.as(userId);
      await expect(visitRecord.saveSummary({ visitId, summary: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(visitRecord.changeDose(change)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});
