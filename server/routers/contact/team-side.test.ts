import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makePatient, makeStaff } from '#db/factories/people';
import { listAudit } from '#db/queries/clinic/audit';
import { listNotices } from '#db/queries/contact/notices';
import { endCareTeam, insertCareTeam, listCareTeam } from '#db/queries/people/care-team';
import type { AddressedEvent } from '#server/runtime/live';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let priya: { userId: string; membershipId: string };
const SECRET = 'Measured 6.6 cm this morning';

beforeEach(async () => {
  cast = await makeCast(test.app);
  priya = await test.app.database.write(function* (d) {
    const made = yield* makeStaff(d, { clinicId: cast.clinicId, name: 'Priya Nair' });
    const place = { ...scope(), membershipId: made.membershipId, part: 'member' as const, fromAt: test.clock.nowMs };
    yield* insertCareTeam(d, { id: uuidv7(), ...place });
    return made;
  });
});

const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });
const of = () => ({ episodeId: cast.ana.episodeId });
const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);

async function write(userId: string | null, body = 'May I go on?') {
  const message = { messageId: uuidv7(), ...of(), body, about: null, writtenAt: test.clock.nowMs };
  return await (await test.as(userId)).messages.send(message);
}

async function toldTo({ userId }: { userId: string | null }) {
  const rows = await test.app.database.read((d) => listNotices(d, { userId: userId ?? '', before: null, limit: 20 }));
  return rows.filter(({ readAt }) => readAt === null).map(({ kind }) => kind);
}

describe('whether anybody reads', () => {
  it('is said of a patient who signs in, and of one who does not', async () => {
    const { clinicId, mira: lead } = cast;
    const silent = await test.app.database.write((d) =>
      makePatient(d, { clinicId, name: 'Ben Ode', lead, login: null }),
    );
    const clinician = await mira();
    expect(await clinician.messages.teamSide(of())).toMatchObject({ hasReader: true });
    expect(await clinician.messages.teamSide({ episodeId: silent.episodeId })).toMatchObject({ hasReader: false });
    await clinician.patients.endLogin({ patientId: cast.ana.patientId });
    expect(await clinician.messages.teamSide(of())).toMatchObject({ hasReader: false });
  });
});

describe('a note of the care team', () => {
  it('is read by the care team', async () => {
    await write(cast.ana.userId);
    await (await test.as(priya.userId)).messages.note({ noteId: uuidv7(), ...of(), body: SECRET });
    expect(await (await mira()).messages.teamSide(of())).toMatchObject({
      notes: [{ kind: 'note', body: SECRET, authorName: 'Priya Nair', toName: null }],
      may: { write: true, note: true, settle: true, handOver: true },
    });
  });

  it('is in nothing that the patient can ask for, and answers nothing', async () => {
    await write(cast.ana.userId);
    const before = await (await ana()).messages.mine();
    await (await mira()).messages.note({ noteId: uuidv7(), ...of(), body: SECRET });
    const patient = await ana();
    expect(await patient.messages.mine()).toEqual(before);
    const asked = [
      await patient.messages.thread(of()),
      await patient.notices.list(),
      await patient.practice.dayPack({ revision: null }),
    ];
    expect(JSON.stringify(asked)).not.toContain(SECRET);
    await expect(patient.messages.teamSide(of())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(before.threads[0]?.waiting).not.toBeNull();
    expect(await toldTo(cast.ana)).toEqual([]);
  });

  it('tells no page of the patient that something was said', async () => {
    const told: AddressedEvent[] = [];
    await test.app.live.isHeard(5000);
    const stop = test.app.live.subscribe((event) => told.push(event));
    await (await mira()).messages.note({ noteId: uuidv7(), ...of(), body: SECRET });
    // Other processes hear of it by way of the database.
    await vi.waitFor(() => expect(told).toHaveLength(2));
    stop();
    expect(told.map(({ userId }) => userId).sort()).toEqual([cast.mira.userId, priya.userId].sort());
    expect(told.every(({ patientId }) => patientId === null)).toBe(true);
  });

  it('sent twice is there once; with other words, or by somebody else, it is refused', async () => {
    const note = { noteId: uuidv7(), ...of(), body: SECRET };
    const clinician = await mira();
    await clinician.messages.note(note);
    await clinician.messages.note(note);
    expect((await clinician.messages.teamSide(of())).notes).toHaveLength(1);
    await expect(clinician.messages.note({ ...note, body: 'Other' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const colleague = await test.as(priya.userId);
    await expect(colleague.messages.note(note)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('“no answer needed”', () => {
  it('ends the waiting, and who said so is kept', async () => {
    await write(cast.ana.userId, 'Thank you');
    const clinician = await mira();
    await clinician.messages.settle({ noteId: uuidv7(), ...of(), upTo: 1 });
    expect((await (await ana()).messages.thread(of())).waiting).toBeNull();
    expect((await clinician.messages.teamSide(of())).notes).toMatchObject([
      { kind: 'no_answer', authorName: 'Mira Solberg', body: '' },
    ]);
    expect(await toldTo(cast.mira)).toEqual([]);
    const acts = await test.app.database.read((d) => listAudit(d, { clinicId: cast.clinicId, before: null, limit: 5 }));
    expect(acts.map(({ act }) => act)).toContain('message.settle');
  });

  it('settles nothing that came meanwhile', async () => {
    await write(cast.ana.userId, 'Thank you');
    await write(cast.ana.userId, 'One more thing: it is numb');
    const refused = { code: 'CONFLICT', message: 'changed_meanwhile' };
    await expect((await mira()).messages.settle({ noteId: uuidv7(), ...of(), upTo: 1 })).rejects.toMatchObject(refused);
    expect((await (await mira()).messages.thread(of())).waiting).not.toBeNull();
    expect((await (await mira()).messages.teamSide(of())).notes).toEqual([]);
  });
});

describe('a handover', () => {
  const hand = async (note: string | null = 'I am away') =>
    (await mira()).messages.handOver({ noteId: uuidv7(), ...of(), toUserId: priya.userId, note });

  it('makes it the colleague’s, who learns of it and of why', async () => {
    await write(cast.ana.userId);
    await hand();
    expect(await toldTo(priya)).toEqual(['message_handed_over']);
    const colleague = await test.as(priya.userId);
    expect(await colleague.messages.waiting()).toEqual({ waiting: 1 });
    expect(await (await mira()).messages.waiting()).toEqual({ waiting: 0 });
    expect(await colleague.messages.teamSide(of())).toMatchObject({
      answersName: 'Priya Nair',
      notes: [{ kind: 'handover', body: 'I am away', authorName: 'Mira Solberg', toName: 'Priya Nair' }],
    });
    const { notices } = await colleague.notices.list();
    expect(notices).toMatchObject([{ subjectId: cast.ana.episodeId, patientName: 'Ana Duarte' }]);
    await write(cast.ana.userId, 'And now?');
    expect(await toldTo(priya)).toContain('message_waiting');
  });

  it('falls back to whoever leads when the colleague leaves the care team', async () => {
    await write(cast.ana.userId);
    await hand(null);
    await test.app.database.write(function* (d) {
      const team = yield* listCareTeam(d, { ...scope(), nowMs: test.clock.nowMs });
      const careTeamId = team.find(({ userId }) => userId === priya.userId)?.id ?? '';
      yield* endCareTeam(d, { ...scope(), careTeamId, nowMs: test.clock.nowMs });
    });
    test.clock.nowMs += 1000;
    expect(await (await mira()).messages.waiting()).toEqual({ waiting: 1 });
    expect(await (await mira()).messages.teamSide(of())).toMatchObject({ answersName: 'Mira Solberg' });
  });

  it('goes to nobody who does not treat the patient', async () => {
    const clinician = await mira();
    const to = { noteId: uuidv7(), ...of(), toUserId: cast.colleague.userId, note: null };
    await expect(clinician.messages.handOver(to)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('saved phrases', () => {
  it('are one’s own, or the clinic’s', async () => {
    const own = { phraseId: uuidv7(), text: 'Rest for a day, {first name}.', forWhom: 'me' as const };
    const clinics = { phraseId: uuidv7(), text: 'Show me tomorrow.', forWhom: 'clinic' as const };
    const clinician = await mira();
    for (const phrase of [own, clinics, own]) await clinician.messages.keepPhrase(phrase);
    const texts = async (userId: string) =>
      (await (await test.as(userId)).messages.phrases()).map(({ text, isClinics }) => [text, isClinics]);
    expect(await texts(cast.mira.userId)).toEqual([
      [own.text, false],
      [clinics.text, true],
    ]);
    expect(await texts(priya.userId)).toEqual([[clinics.text, true]]);
    expect(await texts(cast.outsider.userId)).toEqual([]);
    const colleague = await test.as(priya.userId);
    await expect(colleague.messages.dropPhrase({ phraseId: own.phraseId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await colleague.messages.dropPhrase({ phraseId: clinics.phraseId });
    expect(await texts(cast.mira.userId)).toEqual([[own.text, false]]);
  });
});
