import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeCheckIn, makeReview } from '#db/factories/check-ins';
import { closeEpisode, makeMessage } from '#db/factories/messages';
import { makePatient, makeStaff } from '#db/factories/people';
import { makeProgram } from '#db/factories/program';
import { listNotices } from '#db/queries/contact/notices';
import { insertCareTeam } from '#db/queries/people/care-team';
import { insertEmergency } from '#db/queries/people/emergency';
import { seedLibrary } from '#db/seed/library';
import { replyBy } from '#domain/clinic/hours';
import { DEFAULT_CLINIC_SETTINGS, replyRulesOf } from '#domain/clinic/settings';
import { MESSAGES_PER_PAGE, type SendMessage, THREADS_PER_PAGE } from '#domain/contact/thread';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeEach(async () => {
  cast = await makeCast(test.app);
});

const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });
const of = () => ({ episodeId: cast.ana.episodeId });
const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);
const promisedNow = () => replyBy(replyRulesOf(DEFAULT_CLINIC_SETTINGS, 'Europe/London'), test.clock.nowMs);

function aMessage(body: string, over: Partial<SendMessage> = {}): SendMessage {
  return { messageId: uuidv7(), ...of(), body, about: null, writtenAt: test.clock.nowMs, ...over };
}

const write = async (body: string, over: Partial<SendMessage> = {}) =>
  (await ana()).messages.send(aMessage(body, over));
const answer = async (body: string, over: Partial<SendMessage> = {}) =>
  (await mira()).messages.send(aMessage(body, over));

async function toldTo({ userId }: { userId: string | null }) {
  const rows = await test.app.database.read((d) => listNotices(d, { userId: userId ?? '', before: null, limit: 20 }));
  return rows.map(({ kind, readAt }) => (readAt === null ? kind : `${kind} (read)`));
}

describe('a question', () => {
  it('comes to whoever leads, with a promise, and its answer comes back', async () => {
    const sent = await write('May I use softer putty?');
    expect(sent).toMatchObject({ ...of(), number: 1, promisedAt: promisedNow(), isRed: false });
    expect(await toldTo(cast.mira)).toEqual(['message_waiting']);
    const inbox = await (await mira()).messages.inbox({ view: 'mine' });
    expect(inbox.rows).toMatchObject([
      {
        ...of(),
        patientName: 'Ana Duarte',
        last: { body: 'May I use softer putty?', from: 'patient', isOwn: false },
        waiting: { since: test.clock.nowMs, isRed: false, isOverdue: false },
      },
    ]);
    expect(await (await mira()).messages.waiting()).toEqual({ waiting: 1 });

    test.clock.nowMs += HOUR_MS;
    await answer('Yes, one level softer.');
    expect(await toldTo(cast.mira)).toEqual(['message_waiting (read)']);
    expect(await toldTo(cast.ana)).toEqual(['message_received']);
    const [thread] = (await (await ana()).messages.mine()).threads;
    expect(thread).toMatchObject({ unread: 1, waiting: null, isEnded: false, team: ['Mira Solberg'] });
    expect(thread?.messages.map(({ body, from, isOwn, authorName }) => [body, from, isOwn, authorName])).toEqual([
      ['Yes, one level softer.', 'team', false, 'Mira Solberg'],
      ['May I use softer putty?', 'patient', true, 'Ana Duarte'],
    ]);
    expect(await (await mira()).messages.waiting()).toEqual({ waiting: 0 });
  });

  it('tells once, however many lines it has, and again after somebody looked', async () => {
    for (const body of ['One', 'Two', 'Three']) await write(body);
    expect(await toldTo(cast.mira)).toEqual(['message_waiting']);
    await (await mira()).messages.mark({ ...of(), delivered: 3, read: 3 });
    await write('Four');
    expect(await toldTo(cast.mira)).toEqual(['message_waiting', 'message_waiting (read)']);
  });

  it('keeps the promise of its first line', async () => {
    const first = await write('One');
    test.clock.nowMs += 30 * MINUTE_MS;
    expect((await write('Two')).promisedAt).toBe(first.promisedAt);
  });

  it('that came while the answer was written still waits', async () => {
    await write('One');
    await write('Two');
    await answer('To the first', { seen: 1 });
    expect((await (await mira()).messages.thread(of())).waiting).not.toBeNull();
    await answer('To both', { seen: 3 });
    expect((await (await mira()).messages.thread(of())).waiting).toBeNull();
  });

  it('with a red answer open stands first and has no date', async () => {
    const said = { occasion: 'it_hurts', place: 'today', subjectId: null, lineageId: null, pain: null } as const;
    const check = { opId: uuidv7(), checkId: uuidv7(), ...said, redFlags: null, shown: null };
    await (await ana()).symptoms.say({ ...check, saidAt: test.clock.nowMs });
    expect(await write('It hurts since this morning')).toMatchObject({ promisedAt: null, isRed: true });
    expect(await (await ana()).messages.mine()).toMatchObject({ isRed: true, threads: [{ waiting: { isRed: true } }] });
  });

  it('past its time is overdue at the clinic', async () => {
    const { promisedAt } = await write('One');
    test.clock.nowMs = promisedAt ?? 0;
    const [row] = (await (await mira()).messages.inbox({ view: 'mine' })).rows;
    expect(row?.waiting).toMatchObject({ isOverdue: true, promisedAt });
  });

  it('of a record that nobody leads comes to everybody on the care team', async () => {
    const priya = await test.app.database.write(function* (d) {
      const made = yield* makeStaff(d, { clinicId: cast.clinicId, name: 'Priya Nair' });
      const place = { ...scope(), membershipId: made.membershipId, part: 'member' as const };
      yield* insertCareTeam(d, { id: uuidv7(), ...place, fromAt: test.clock.nowMs });
      return made;
    });
    await write('To whoever leads');
    expect(await toldTo(priya)).toEqual([]);
    expect(await (await test.as(priya.userId)).messages.waiting()).toEqual({ waiting: 0 });
    expect((await (await test.as(priya.userId)).messages.inbox({ view: 'team' })).rows).toHaveLength(1);
  });
});

describe('a message sent twice', () => {
  it('is there once, and is answered as the first time', async () => {
    const message = aMessage('Once');
    const patient = await ana();
    const first = await patient.messages.send(message);
    expect(await patient.messages.send(message)).toEqual(first);
    expect((await patient.messages.thread(of())).messages).toHaveLength(1);
  });

  it('with other words is refused, and somebody else’s id is not there', async () => {
    const message = aMessage('Once');
    await (await ana()).messages.send(message);
    await expect((await ana()).messages.send({ ...message, body: 'Twice' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'operation_differs',
    });
    const other = await test.as(cast.other.userId);
    const stolen = { ...message, episodeId: cast.other.episodeId };
    await expect(other.messages.send(stolen)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a phone that never had a line finds the hand problem that is open', async () => {
    expect(await write('Hello', { episodeId: null })).toMatchObject({ ...of(), number: 1 });
  });

  it('keeps when it was written and when it came', async () => {
    const writtenAt = test.clock.nowMs;
    test.clock.nowMs += 3 * HOUR_MS;
    await write('From the train', { writtenAt });
    const [message] = (await (await mira()).messages.thread(of())).messages;
    expect(message).toMatchObject({ writtenAt, receivedAt: test.clock.nowMs });
  });
});

describe('the list', () => {
  it('has who waits first and goes on without an end', async () => {
    const { clinicId, mira: lead } = cast;
    const at = test.clock.nowMs - 100 * HOUR_MS;
    await test.app.database.write(function* (d) {
      for (let n = 0; n < THREADS_PER_PAGE + 3; n++) {
        const { patientId, episodeId, userId } = yield* makePatient(d, { clinicId, name: `Zoe ${100 + n}`, lead });
        const of = { clinicId, patientId, episodeId, body: 'Hello', at: at + Math.floor(n / 2) * MINUTE_MS };
        yield* makeMessage(d, { ...of, authorId: userId ?? '', role: 'patient', dueAt: n === 0 ? at + HOUR_MS : null });
      }
    });
    await write('And I');
    const clinician = await mira();
    const first = await clinician.messages.inbox({ view: 'team' });
    expect(first.rows.slice(0, 3).map(({ patientName, waiting }) => [patientName, waiting?.isOverdue])).toEqual([
      ['Zoe 100', true],
      ['Ana Duarte', false],
      ['Zoe 152', undefined],
    ]);
    expect(first.waiting).toBe(2);
    const second = await clinician.messages.inbox({ view: 'team', cursor: first.nextCursor });
    expect(second.nextCursor).toBeNull();
    const names = [...first.rows, ...second.rows].map(({ patientName }) => patientName);
    expect(new Set(names).size).toBe(THREADS_PER_PAGE + 4);
    expect(names).toHaveLength(THREADS_PER_PAGE + 4);
  });

  it('holds nobody whom the clinician does not treat', async () => {
    await write('Private');
    const colleague = await test.as(cast.colleague.userId);
    for (const view of ['mine', 'team', 'ended'] as const)
      expect((await colleague.messages.inbox({ view })).rows).toEqual([]);
  });
});

describe('how far a message has come', () => {
  it('is read from the marks of the other side, which never go back', async () => {
    await write('One');
    const readers = async () => (await (await ana()).messages.thread(of())).readers.filter(({ isTeam }) => isTeam);
    expect(await readers()).toEqual([]);
    const clinician = await mira();
    await clinician.messages.mark({ ...of(), delivered: 1, read: null });
    expect(await readers()).toMatchObject([{ name: 'Mira Solberg', deliveredNumber: 1, readNumber: 0, readAt: null }]);
    await clinician.messages.mark({ ...of(), delivered: 1, read: 1 });
    expect(await clinician.messages.mark({ ...of(), delivered: 0, read: 0 })).toEqual({ marked: false });
    expect(await readers()).toMatchObject([{ deliveredNumber: 1, readNumber: 1, readAt: test.clock.nowMs }]);
  });

  it('is no more than there is', async () => {
    await write('One');
    await (await mira()).messages.mark({ ...of(), delivered: 99, read: 99 });
    await write('Two');
    const [team] = (await (await ana()).messages.thread(of())).readers.filter(({ isTeam }) => isTeam);
    expect(team).toMatchObject({ readNumber: 1 });
  });

  it('of a thread in which nobody wrote, nothing', async () => {
    expect(await (await mira()).messages.mark({ ...of(), delivered: 1, read: 1 })).toEqual({ marked: false });
  });

  it('reading it is what reads its notice', async () => {
    await answer('Hello');
    await (await ana()).messages.mark({ ...of(), delivered: 1, read: null });
    expect(await toldTo(cast.ana)).toEqual(['message_received']);
    await (await ana()).messages.mark({ ...of(), delivered: 1, read: 1 });
    expect(await toldTo(cast.ana)).toEqual(['message_received (read)']);
  });
});

describe('where a message began', () => {
  async function practised() {
    const { clinicId, ana: patient, mira: clinician } = cast;
    const at = test.clock.nowMs;
    return await test.app.database.write(function* (d) {
      yield* seedLibrary(d, { nowMs: at });
      const exercises = [{ slug: 'tendon-glides' }];
      const by = { publishedBy: clinician.userId, exercises, at, on: '2026-11-20' };
      const program = yield* makeProgram(d, { ...scope(), episodeId: patient.episodeId, ...by });
      const [prescription] = program.prescriptions;
      const owner = { ...scope(), userId: patient.userId ?? '', assigneeId: clinician.userId, at };
      const lineageId = prescription?.lineageId ?? '';
      const checkIn = yield* makeCheckIn(d, { ...owner, lineageId, state: 'answered' });
      const { reviewId } = yield* makeReview(d, {
        ...{ clinicId, patientId: patient.patientId, checkIn, clinicianId: clinician.userId, summary: 'Slower', at },
      });
      return { lineageId, reviewId, checkInId: checkIn.checkInId };
    });
  }

  it('stands on top of it with the exercise and its dose', async () => {
    const { lineageId, reviewId, checkInId } = await practised();
    const about = { kind: 'answer', id: reviewId } as const;
    const place = await (await ana()).messages.place(about);
    expect(place).toMatchObject({ ...of(), about: { checkInId, exercise: { name: expect.stringMatching(/\w/) } } });
    await write('What does slower mean?', { about });
    await write('And this one?', { about: { kind: 'exercise', id: lineageId } });
    const { messages } = await (await mira()).messages.thread(of());
    expect(messages.map((one) => [one.about?.kind, one.about?.checkInId, one.about?.exercise?.version])).toEqual([
      ['exercise', null, 1],
      ['answer', checkInId, 1],
    ]);
  });

  it('is one’s own, or it is refused', async () => {
    const { lineageId, reviewId } = await practised();
    const other = await test.as(cast.other.userId);
    for (const about of [
      { kind: 'answer', id: reviewId },
      { kind: 'exercise', id: lineageId },
      { kind: 'visit', id: uuidv7() },
    ] as const) {
      const stolen = aMessage('Whose is it?', { episodeId: cast.other.episodeId, about });
      await expect(other.messages.send(stolen)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(other.messages.place(about)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('a thread', () => {
  it('whose hand problem is closed is read, and nobody writes', async () => {
    await write('Thank you');
    await test.app.database.write((d) => closeEpisode(d, { ...scope(), ...of(), nowMs: test.clock.nowMs }));
    const ended = { code: 'CONFLICT', message: 'thread_ended' };
    await expect(write('One more')).rejects.toMatchObject(ended);
    await expect(answer('One more')).rejects.toMatchObject(ended);
    await expect(write('One more', { episodeId: null })).rejects.toMatchObject({ message: 'no_open_episode' });
    const { threads } = await (await ana()).messages.mine();
    expect(threads).toMatchObject([{ isEnded: true, messages: [{ body: 'Thank you' }] }]);
    const clinician = await mira();
    expect((await clinician.messages.inbox({ view: 'ended' })).rows).toHaveLength(1);
    expect((await clinician.messages.inbox({ view: 'mine' })).rows).toEqual([]);
    expect(await clinician.messages.waiting()).toEqual({ waiting: 0 });
  });

  it('that is longer than a page goes on', async () => {
    for (let n = 1; n <= MESSAGES_PER_PAGE + 2; n++) await write(`Line ${n}`);
    const first = await (await ana()).messages.thread(of());
    expect(first.messages).toHaveLength(MESSAGES_PER_PAGE);
    const second = await (await ana()).messages.thread({ ...of(), cursor: first.nextCursor });
    expect(second.messages.map(({ body }) => body)).toEqual(['Line 2', 'Line 1']);
    expect(second.nextCursor).toBeNull();
  });

  it('is read by who broke the glass, who leaves no mark and writes nothing', async () => {
    await write('Hello');
    const ivo = await test.app.database.write(function* (d) {
      const made = yield* makeStaff(d, { clinicId: cast.clinicId, name: 'Ivo Petrov' });
      const hour = { fromAt: test.clock.nowMs, toAt: test.clock.nowMs + HOUR_MS, reason: 'Rings' };
      yield* insertEmergency(d, { id: uuidv7(), ...scope(), membershipId: made.membershipId, ...hour });
      return made;
    });
    const reader = await test.as(ivo.userId);
    expect((await reader.messages.thread(of())).messages).toHaveLength(1);
    expect(await reader.messages.teamSide(of())).toMatchObject({ may: { write: false, note: false, settle: false } });
    await expect(reader.messages.send(aMessage('Hello'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(reader.messages.mark({ ...of(), delivered: 1, read: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await reader.messages.inbox({ view: 'team' })).rows).toEqual([]);
  });
});

describe('bad input', () => {
  it.each([
    ['a megabyte', 'x'.repeat(1024 * 1024)],
    ['NUL', 'a\0b'],
    ['nothing', '  '],
  ])('%s is refused, and nothing is stored', async (_, body) => {
    await expect(write(body)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await (await ana()).messages.thread(of())).messages).toEqual([]);
  });

  it('HTML is words, and no sign turns the direction of what stands beside it', async () => {
    await write('<img src=x onerror=alert(1)>\u202egnp');
    const [message] = (await (await mira()).messages.thread(of())).messages;
    expect(message?.body).toBe('<img src=x onerror=alert(1)>gnp');
  });

  it.each([
    ['another patient', () => test.as(cast.other.userId)],
    ['a colleague who does not treat her', () => test.as(cast.colleague.userId)],
    ['a clinician next door', () => test.as(cast.outsider.userId)],
  ])('the id of her thread opens nothing to %s', async (_, who) => {
    await write('Private');
    const stranger = await who();
    const gone = { code: 'NOT_FOUND' };
    await expect(stranger.messages.thread(of())).rejects.toMatchObject(gone);
    await expect(stranger.messages.send(aMessage('Hello'))).rejects.toMatchObject(gone);
    await expect(stranger.messages.mark({ ...of(), delivered: 1, read: 1 })).rejects.toMatchObject(gone);
  });
});
