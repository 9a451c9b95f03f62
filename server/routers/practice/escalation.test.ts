import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeStaff } from '#db/factories/people';
import { listAudit } from '#db/queries/clinic/audit';
import { updateClinic } from '#db/queries/clinic/clinics';
import { listNotices } from '#db/queries/contact/notices';
import { insertCareTeam, insertCover, moveLeads } from '#db/queries/people/care-team';
import { insertEmergency } from '#db/queries/people/emergency';
import { endRelations, setLocked } from '#db/queries/people/erasures';
import { endMembership } from '#db/queries/people/staff';
import { findEscalation, moveEscalation, takeDueStep } from '#db/queries/practice/escalations';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { escalateDue } from '#server/acts/practice/escalate';
import { parseEnv } from '#server/runtime/env';
import { type AppProcess, createProcess, stopProcess } from '#server/runtime/process';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
/** Covers Ana. */
let priya: { userId: string; membershipId: string };

beforeEach(async () => {
  cast = await makeCast(test.app);
  const { nowMs } = test.clock;
  priya = await test.app.database.write(function* (d) {
    const made = yield* makeStaff(d, { clinicId: cast.clinicId, name: 'Priya Nair' });
    const day = { fromAt: nowMs, toAt: nowMs + 24 * HOUR_MS };
    yield* insertCover(d, { id: uuidv7(), ...scope(), membershipId: made.membershipId, part: 'cover', ...day });
    return made;
  });
});

const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });
const ana = () => ({ patientId: cast.ana.patientId });
const mira = () => test.as(cast.mira.userId);

/** "It hurts": red. */
async function anaSays(over: { redFlags?: ['infection'] } = {}) {
  const said = { occasion: 'it_hurts', place: 'today', subjectId: null, lineageId: null, pain: null } as const;
  const check = { opId: uuidv7(), checkId: uuidv7(), ...said, redFlags: over.redFlags ?? null, shown: null };
  await (await test.as(cast.ana.userId)).symptoms.say({ ...check, saidAt: test.clock.nowMs });
  const [flag] = await (await mira()).flags.open(ana());
  if (!flag) throw new Error('a flag is open');
  return { flagId: flag.id, checkId: check.checkId };
}

/** Kinds of what this account was told, the newest first. */
async function toldTo({ userId }: { userId: string }) {
  const rows = await test.app.database.read((d) => listNotices(d, { userId, before: null, limit: 20 }));
  return rows.map(({ kind }) => kind);
}

const escalation = (flagId: string) => test.app.database.read((d) => findEscalation(d, { ...scope(), flagId }));

async function later(minutes: number, app: AppProcess = test.app) {
  test.clock.nowMs += minutes * MINUTE_MS;
  await escalateDue(app, test.clock.nowMs);
}

describe('a red answer that nobody takes', () => {
  it('goes to the lead at once, to the cover after half an hour, to all after an hour', async () => {
    const { flagId } = await anaSays();
    const everyone = () => Promise.all([cast.mira, priya, cast.colleague, cast.admin].map(toldTo));
    expect(await everyone()).toEqual([['flag_raised'], [], [], []]);
    await later(29);
    expect(await everyone()).toEqual([['flag_raised'], [], [], []]);
    await later(1);
    expect(await everyone()).toEqual([['flag_raised'], ['flag_escalated'], [], []]);
    await later(29);
    expect((await everyone())[2]).toEqual([]);
    await later(1);
    const [toMira, ...others] = await everyone();
    expect(toMira).toEqual(['flag_escalated', 'flag_raised']);
    expect(others).toEqual([['flag_escalated', 'flag_escalated'], ['flag_escalated'], ['flag_escalated']]);
    await later(600);
    expect(await everyone()).toEqual([toMira, ...others]);
    expect(await escalation(flagId)).toMatchObject({ step: 'all', nextAt: null, takenAt: null });
    expect(await toldTo(cast.outsider)).toEqual([]);
    const trail = await test.app.database.read((d) =>
      listAudit(d, { clinicId: cast.clinicId, before: null, limit: 50 }),
    );
    expect(trail.filter(({ act }) => act === 'server.escalate_flag')).toHaveLength(2);
  });

  it('says on the flag who was told when, and that reading is not taking', async () => {
    await anaSays();
    await later(30);
    const [flag] = await (await mira()).flags.open(ana());
    await (await mira()).notices.list({});
    await (await mira()).notices.markRead({ subjectId: cast.ana.patientId });
    await (await mira()).flags.caution(ana());
    expect(flag?.escalation).toMatchObject({
      taken: null,
      nextAt: test.clock.nowMs + 30 * MINUTE_MS,
      told: [
        { name: 'Mira Solberg', step: 'lead', at: test.clock.nowMs - 30 * MINUTE_MS },
        { name: 'Priya Nair', step: 'cover', at: test.clock.nowMs },
      ],
    });
    await later(30);
    expect(await toldTo(cast.colleague)).toEqual(['flag_escalated']);
  });

  it('names its patient to whoever was told, until it is closed; and stands in the caseload', async () => {
    const { flagId } = await anaSays();
    await later(30);
    await later(30);
    const list = async () => (await (await test.as(cast.colleague.userId)).notices.list({})).notices;
    expect(await list()).toMatchObject([
      { patientName: 'Ana Duarte', opens: 'caseload', flag: { taken: null, endedAt: null } },
    ]);
    const ofAdmin = await (await test.as(cast.admin.userId)).notices.list({});
    expect(ofAdmin.notices).toMatchObject([{ patientName: 'Ana Duarte', opens: null }]);
    expect((await (await mira()).notices.list({})).notices[0]).toMatchObject({ opens: 'record' });
    const { rows } = await (await mira()).caseload.mine({ search: '' });
    const row = rows.find(({ patientId }) => patientId === cast.ana.patientId);
    expect(row?.reasons[0].taken).toEqual({ byName: null, sinceMs: test.clock.nowMs - 60 * MINUTE_MS });
    await (await mira()).flags.resolve({ ...ana(), flagId, resolution: 'Rang' });
    expect(await list()).toMatchObject([{ patientName: null, flag: { endedAt: test.clock.nowMs } }]);
  });

  it('goes on though the one before it cannot', async () => {
    const earlier = { cast, flag: (await anaSays()).flagId };
    const broken = { name: 'Broken', phone: '1', emergencyNumber: '1', settings: { v: 0 } as never };
    await test.app.database.write((d) => updateClinic(d, { clinicId: cast.clinicId, ...broken }));
    cast = await makeCast(test.app);
    await anaSays();
    await later(30);
    // Nobody covers here, so that all are told.
    expect(await toldTo(cast.colleague)).toEqual(['flag_escalated']);
    const scopeBefore = { clinicId: earlier.cast.clinicId, patientId: earlier.cast.ana.patientId };
    const before = await test.app.database.read((d) => findEscalation(d, { ...scopeBefore, flagId: earlier.flag }));
    expect(before).toMatchObject({ step: 'lead', takenAt: null });
    expect(before?.nextAt).toBeLessThanOrEqual(test.clock.nowMs);
    await test.app.database.write((d) =>
      moveEscalation(d, { ...scopeBefore, flagId: earlier.flag, step: 'all', nextAt: null }),
    );
  });

  it('skips steps that have nobody', async () => {
    const { clinicId, mira: lead, colleague } = cast;
    await test.app.database.write(function* (d) {
      yield* moveLeads(d, { clinicId, from: lead.membershipId, to: colleague.membershipId });
      yield* endMembership(d, { clinicId, membershipId: colleague.membershipId, nowMs: test.clock.nowMs });
    });
    const { flagId } = await anaSays();
    // On the care team she leads still.
    expect(await toldTo(cast.mira)).toEqual(['flag_raised']);
    await test.app.database.write(function* (d) {
      for (const { membershipId } of [lead, priya])
        yield* endMembership(d, { clinicId, membershipId, nowMs: test.clock.nowMs });
    });
    await later(30);
    expect(await toldTo(cast.admin)).toEqual(['flag_escalated']);
    expect(await escalation(flagId)).toMatchObject({ step: 'all', nextAt: null });
  });

  it('goes to the rest of the team where nobody covers', async () => {
    await test.app.database.write(function* (d) {
      yield* endMembership(d, { ...scope(), membershipId: priya.membershipId, nowMs: test.clock.nowMs });
      const { membershipId } = cast.colleague;
      yield* insertCareTeam(d, { id: uuidv7(), ...scope(), membershipId, part: 'member', fromAt: test.clock.nowMs });
    });
    await anaSays();
    await later(30);
    expect(await toldTo(cast.colleague)).toEqual(['flag_escalated']);
    expect(await toldTo(cast.admin)).toEqual([]);
  });

  it('ends with a record that was put away, and names it to nobody', async () => {
    await anaSays();
    await later(30);
    await later(30);
    await anaSays();
    await test.app.database.write(function* (d) {
      yield* endRelations(d, scope(), test.clock.nowMs);
      yield* setLocked(d, scope(), { lockedAt: test.clock.nowMs });
    });
    await later(30);
    await later(30);
    expect(await toldTo(cast.admin)).toEqual(['flag_escalated']);
    const { notices } = await (await test.as(cast.colleague.userId)).notices.list({});
    expect(notices).toMatchObject([{ kind: 'flag_escalated', patientName: null }]);
  });

  it('by the times that the clinic has set', async () => {
    const admin = await test.as(cast.admin.userId);
    const { hours, replyOpenHours } = await admin.clinic.get();
    await admin.clinic.editHours({ hours, replyOpenHours, escalation: { coverAfterMinutes: 5, allAfterMinutes: 6 } });
    await anaSays();
    await later(5);
    expect(await toldTo(priya)).toEqual(['flag_escalated']);
    await later(1);
    expect(await toldTo(cast.colleague)).toEqual(['flag_escalated']);
  });
});

describe('a step', () => {
  it('is done once, however many processes are at it, and by one that was started in between', async () => {
    await anaSays();
    const settings = { NODE_ENV: 'test', REGRASP_SECRET: 'x'.repeat(32), REGRASP_LOG: 'silent' };
    const env = parseEnv({ ...settings, DATABASE_URL: test.app.env.DATABASE_URL, MEDIA_DIR: test.app.env.MEDIA_DIR });
    const others = [createProcess(env, process.cwd()), createProcess(env, process.cwd())];
    try {
      test.clock.nowMs += 30 * MINUTE_MS;
      await Promise.all([test.app, ...others].map((app) => escalateDue(app, test.clock.nowMs)));
      expect(await toldTo(priya)).toEqual(['flag_escalated']);
      test.clock.nowMs += 30 * MINUTE_MS;
      await escalateDue(others[0] ?? test.app, test.clock.nowMs);
      expect(await toldTo(cast.admin)).toEqual(['flag_escalated']);
    } finally {
      for (const one of others) await stopProcess(one);
    }
  });

  it('is nobody’s before it is due, once it was done, and once its flag was taken', async () => {
    const { flagId } = await anaSays();
    const take = (nowMs: number, step: 'lead' | 'cover' = 'lead') =>
      test.app.database.write((d) => takeDueStep(d, { flagId, step, nowMs }));
    const dueAt = test.clock.nowMs + 30 * MINUTE_MS;
    expect(await take(dueAt - 1)).toBeUndefined();
    expect(await take(dueAt, 'cover')).toBeUndefined();
    const taken = await Promise.all([take(dueAt), take(dueAt)]);
    expect(taken.filter(Boolean)).toMatchObject([{ flagId, raisedAt: test.clock.nowMs }]);
    const second = await anaSays();
    await (await mira()).flags.take({ ...ana(), flagId: second.flagId });
    await test.app.database.write((d) => moveEscalation(d, { ...scope(), ...second, step: 'lead', nextAt: dueAt }));
    expect(
      await test.app.database.write((d) => takeDueStep(d, { flagId: second.flagId, step: 'lead', nowMs: dueAt })),
    ).toBeUndefined();
  });

  it('that was missed while nothing ran comes at once, and the one after it', async () => {
    await anaSays();
    await later(300);
    expect(await toldTo(priya)).toEqual(['flag_escalated']);
    await later(0);
    expect(await toldTo(cast.admin)).toEqual(['flag_escalated']);
  });
});

describe('who takes it', () => {
  it('is named on the flag and the notices, and nobody else is told', async () => {
    const { flagId } = await anaSays();
    await later(30);
    const caller = await test.as(priya.userId);
    expect(await caller.flags.take({ ...ana(), flagId })).toEqual({ isOwn: true });
    const at = test.clock.nowMs;
    // Pressed twice, and by another: it stays with the first.
    expect(await caller.flags.take({ ...ana(), flagId })).toEqual({ isOwn: true });
    expect(await (await mira()).flags.take({ ...ana(), flagId })).toEqual({ isOwn: false });
    await later(60);
    expect(await toldTo(cast.admin)).toEqual([]);
    const taken = { at, byName: 'Priya Nair' };
    const [flag] = await (await mira()).flags.open(ana());
    expect(flag?.escalation).toMatchObject({ taken, nextAt: null });
    expect((await (await mira()).notices.list({})).notices).toMatchObject([{ kind: 'flag_raised', flag: { taken } }]);
  });

  it('at once and at the same time is one of them', async () => {
    const { flagId } = await anaSays();
    const callers = await Promise.all([mira(), test.as(priya.userId)]);
    const answers = await Promise.all(callers.map((caller) => caller.flags.take({ ...ana(), flagId })));
    expect(answers.map(({ isOwn }) => isOwn).toSorted()).toEqual([false, true]);
  });

  it('covers the patient for a day, and keeps a place that lasts', async () => {
    const { clinicId } = cast;
    const place = async (userId: string) =>
      (await (await mira()).patients.get(ana())).careTeam.filter((one) => one.userId === userId);
    const ivo = await test.app.database.write(function* (d) {
      const staff = yield* makeStaff(d, { clinicId, name: 'Ivo Petrov' });
      const hour = { reason: 'Rings', fromAt: test.clock.nowMs - 1, toAt: test.clock.nowMs + HOUR_MS };
      yield* insertEmergency(d, { id: uuidv7(), ...scope(), ...hour, membershipId: staff.membershipId });
      return staff;
    });
    const dayLater = () => test.clock.nowMs + 24 * HOUR_MS;
    const first = await anaSays();
    await (await test.as(ivo.userId)).flags.take({ ...ana(), flagId: first.flagId });
    expect(await place(ivo.userId)).toMatchObject([{ part: 'cover', toAt: dayLater() }]);
    test.clock.nowMs += MINUTE_MS;
    const second = await anaSays();
    await (await test.as(priya.userId)).flags.take({ ...ana(), flagId: second.flagId });
    expect(await place(priya.userId)).toMatchObject([{ part: 'cover', toAt: dayLater() }]);
    test.clock.nowMs += MINUTE_MS;
    const third = await anaSays();
    await (await mira()).flags.take({ ...ana(), flagId: third.flagId });
    expect(await place(cast.mira.userId)).toMatchObject([{ part: 'lead', toAt: null }]);
  });

  it('is told when it becomes urgent; while nobody has it, all who were told are', async () => {
    const { flagId, checkId } = await anaSays();
    await later(30);
    const amend = async (pain: number) =>
      (await test.as(cast.ana.userId)).symptoms.amend({
        ...{ opId: uuidv7(), checkId, saidAt: test.clock.nowMs },
        change: { kind: 'pain', pain, shown: null },
      });
    await amend(9);
    expect((await (await mira()).flags.open(ana()))[0]).toMatchObject({ id: flagId, severity: 'urgent' });
    expect([await toldTo(cast.mira), await toldTo(priya)]).toEqual([
      ['flag_raised', 'flag_raised'],
      ['flag_raised', 'flag_escalated'],
    ]);
  });

  it('is nobody of a closed flag, nor a stranger', async () => {
    const { flagId } = await anaSays();
    for (const { userId } of [cast.colleague, cast.admin, cast.outsider, cast.other, cast.ana])
      await expect((await test.as(userId)).flags.take({ ...ana(), flagId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    await expect((await mira()).flags.take({ ...ana(), flagId: uuidv7() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await (await mira()).flags.resolve({ ...ana(), flagId, resolution: 'Rang' });
    await expect((await mira()).flags.take({ ...ana(), flagId })).rejects.toMatchObject({ message: 'flag_closed' });
    await later(60);
    expect(await toldTo(priya)).toEqual([]);
  });
});
