import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperationEnvelope } from '#domain/annotation/operation';
import { appRouter } from '#server/routers/app';
import { ACTORS, type ActorName, World } from './access-world';
import { openTestApp } from './application';
import { appointmentRows } from './appointment-rows';
import { book } from './booking';
import { contactRows } from './contact-rows';
import { flagRows } from './flagged-records';
import { emergencyRows, keptRecords, recordRows } from './kept-records';
import { measureRows } from './measure-rows';
import { messageRows } from './message-rows';
import { restrictionRows } from './restriction-rows';
import { roomRows } from './room-rows';
import { seriesRows } from './series-rows';
import { settingsRows } from './settings-rows';

/**
 * Who may do what, written down apart from `domain/people/access.ts` and compared with it by calling every procedure as
 * everybody. Whoever is not named is told NOT_FOUND or FORBIDDEN; who is signed out, UNAUTHORIZED.
 */
const CLINICIANS_OF_ANA = ['clinician', 'cover'] as const;
const ALL_CLINICIANS = [...CLINICIANS_OF_ANA, 'colleague', 'emergency', 'exMember', 'outsider'] as const;
/** Where the thing is this clinic's. */
const CLINICIANS_HERE = [...CLINICIANS_OF_ANA, 'colleague', 'emergency', 'exMember'] as const;
const ADMINS = ['admin', 'outsideAdmin'] as const;
const STAFF = [...ALL_CLINICIANS, ...ADMINS, 'assistant'] as const;
/** Who has a record of their own; caregivers do, and it is not Ana's. */
const PATIENTS = ['patient', 'otherPatient', 'outsiderPatient', 'caregiver', 'expiredCaregiver'] as const;
const SIGNED_IN = ACTORS.filter((actor) => actor !== 'nobody');
const ANA_AND_HER_TEAM = [...CLINICIANS_OF_ANA, 'patient', 'caregiver'] as const;
const WITH_ASSISTANT = [...ANA_AND_HER_TEAM, 'assistant'] as const;
/** Who reads: whoever broke the glass, too. */
const READERS = [...ANA_AND_HER_TEAM, 'emergency'] as const;
const READERS_WITH_ASSISTANT = [...WITH_ASSISTANT, 'emergency'] as const;
const IN_THE_ROOM = [...CLINICIANS_OF_ANA, 'patient'] as const;

const test = openTestApp();
type Caller = Awaited<ReturnType<typeof test.as>>;
type Row = { may: readonly ActorName[]; call(caller: Caller, actor: ActorName): Promise<unknown> };
let world: World;
/** The visit that everybody is admitted to and that no row ends. */
let room: Awaited<ReturnType<World['visit']>>;

beforeAll(async () => {
  world = await World.make(test);
  room = await world.visit();
});

const kept = keptRecords(test, () => world.cast);
const patient = () => world.patient;
const visit = () => ({ visitId: room.visitId });
const now = () => test.clock.nowMs;
const word = 'x'.repeat(43);
const otherWord = 'y'.repeat(43);
const password = 'a long enough password';
const spare = { name: 'A', operatesWith: 'left', timeZone: 'Europe/London', phone: null } as const;
const handProblem = { condition: 'A', side: 'right', injuryOn: null, surgeryOn: null, precautions: '' } as const;
const answer = { summary: 'x', outcome: 'feedback' as const, errorTags: [] };
/** A version that was never there: whoever may write is told that it changed meanwhile, and nothing is written. */
const NEVER = 99;

function anArrow(anchor: 'live' | 'frames', mediaId?: string): OperationEnvelope {
  const at = anchor === 'live' ? { kind: anchor } : { kind: anchor, from: 1, to: 9, mediaId };
  const points: [{ x: number; y: number }, { x: number; y: number }] = [
    { x: 0.2, y: 0.2 },
    { x: 0.5, y: 0.5 },
  ];
  const mark = { kind: 'arrow' as const, markId: uuidv7(), anchor: at, aspect: 1, side: null, points };
  return { v: 1, opId: uuidv7(), lamport: 1, tMs: now(), op: { kind: 'commit', mark } };
}

function aCue() {
  const pattern = { v: 1 as const, kind: 'hold' as const, holdSeconds: 5, restSeconds: 1, repetitions: 3 };
  return { cueId: uuidv7(), pattern, startsAtMs: now(), stoppedAtMs: null, lineageId: null };
}

const aClip = () => ({ mediaId: uuidv7(), bytes: 1000, sha256: 'a'.repeat(64) });

async function anInvite(): Promise<string> {
  const admin = await test.as(world.users.admin);
  await admin.staff.invite({ name: 'New Person', role: 'clinician', discipline: 'OT' });
  return (await admin.staff.invites()).at(-1)?.id ?? '';
}

const ACCOUNT: Record<string, Row> = {
  'account.idle': { may: SIGNED_IN, call: (c) => c.account.idle() },
  'account.me': { may: SIGNED_IN, call: (c) => c.account.me() },
  'account.units': { may: SIGNED_IN, call: (c) => c.account.units() },
  'account.chooseForceUnit': { may: SIGNED_IN, call: (c) => c.account.chooseForceUnit({ unit: 'N' }) },
  'account.passwordLinks': { may: SIGNED_IN, call: (c) => c.account.passwordLinks() },
  'account.sessions': { may: SIGNED_IN, call: (c) => c.account.sessions() },
  'account.endSessions': { may: SIGNED_IN, call: (c) => c.account.endSessions() },
  'account.changePassword': {
    may: SIGNED_IN,
    call: (c) => c.account.changePassword({ currentPassword: 'x', newPassword: password }),
  },
  'notices.list': { may: SIGNED_IN, call: (c) => c.notices.list() },
  'notices.markRead': { may: SIGNED_IN, call: (c) => c.notices.markRead({ subjectId: uuidv7() }) },
  'account.askEmail': { may: SIGNED_IN, call: (c) => c.account.askEmail({ email: 'a@example.org', password }) },
  'account.confirmEmail': { may: ACTORS, call: (c) => c.account.confirmEmail({ token: otherWord }) },
  ...contactRows(),
  'reminders.own': { may: PATIENTS, call: (c) => c.reminders.own() },
  'reminders.choose': { may: PATIENTS, call: (c) => c.reminders.choose({ times: [480], repeats: true }) },
  'reminders.notToday': { may: PATIENTS, call: (c) => c.reminders.notToday({ day: '2026-11-24' }) },
  'live.clock': { may: SIGNED_IN, call: (c) => c.live.clock() },
  'live.events': {
    may: SIGNED_IN,
    call: async (c) => {
      const events = (await c.live.events())[Symbol.asyncIterator]();
      await events.next();
    },
  },
  'media.progress': {
    may: ['patient'],
    call: (c) => c.media.progress({ mediaId: world.fixed.media.pendingId }),
  },
  'media.finish': {
    may: ['patient'],
    call: (c) => c.media.finish({ mediaId: world.fixed.media.pendingId, sha256: 'a'.repeat(64) }),
  },
  'account.exportOwn': { may: PATIENTS, call: (c) => c.account.exportOwn({ password: 'x' }) },
  'invites.show': { may: ACTORS, call: (c) => c.invites.show({ token: word }) },
  'invites.accept': {
    may: ACTORS,
    call: (c) => c.invites.accept({ token: word, name: 'A', email: 'a@example.org', password }),
  },
  'passwordLinks.use': { may: ACTORS, call: (c) => c.passwordLinks.use({ token: otherWord, password }) },
};

const CLINIC: Record<string, Row> = {
  'clinic.get': { may: STAFF, call: (c) => c.clinic.get() },
  ...settingsRows(),
  ...recordRows(kept, patient),
  ...emergencyRows(() => world),
  'audit.changes': { may: ADMINS, call: (c) => c.audit.changes({}) },
  'backups.last': { may: ADMINS, call: (c) => c.backups.last() },
  'audit.reads': { may: ADMINS, call: (c) => c.audit.reads({}) },
  'audit.exportReads': { may: ADMINS, call: (c) => c.audit.exportReads({}) },
  'audit.head': { may: ADMINS, call: (c) => c.audit.head() },
  'audit.ofOwnRecord': { may: PATIENTS, call: (c) => c.audit.ofOwnRecord({}) },
  'staff.list': { may: [...ALL_CLINICIANS, ...ADMINS], call: (c) => c.staff.list() },
  'staff.invites': { may: ADMINS, call: (c) => c.staff.invites() },
  'staff.invite': {
    may: ADMINS,
    call: (c) => c.staff.invite({ name: 'New Person', role: 'clinician', discipline: 'OT' }),
  },
  'staff.withdrawInvite': {
    may: ['admin'],
    call: async (c) => c.staff.withdrawInvite({ inviteId: await anInvite() }),
  },
  'staff.end': {
    may: ['admin'],
    call: async (c) =>
      c.staff.end({ membershipId: (await world.teamMate()).membershipId, successorId: world.cast.mira.membershipId }),
  },
  'staff.patientsOf': {
    may: ['admin'],
    call: async (c) => c.staff.patientsOf({ membershipId: (await world.teamMate()).membershipId }),
  },
  'patients.withoutTeam': { may: ADMINS, call: (c) => c.patients.withoutTeam() },
  'patients.giveTeam': {
    may: ['admin'],
    call: async (c) => {
      const { patientId } = await world.stranger();
      return await c.patients.giveTeam({ patientId, membershipId: world.cast.colleague.membershipId });
    },
  },
  'passwordLinks.patients': { may: ADMINS, call: (c) => c.passwordLinks.patients() },
  'passwordLinks.ofStaff': {
    may: ['admin'],
    call: (c) => c.passwordLinks.ofStaff({ membershipId: world.cast.mira.membershipId }),
  },
  'passwordLinks.ofAnyPatient': { may: ['admin'], call: (c) => c.passwordLinks.ofAnyPatient(patient()) },
  'exercises.list': { may: [...ALL_CLINICIANS, 'assistant'], call: (c) => c.exercises.list() },
  'exercises.get': {
    may: [...ALL_CLINICIANS, 'assistant'],
    call: (c) => c.exercises.get({ exerciseId: world.fixed.exerciseId }),
  },
  'exercises.setDemo': {
    may: CLINICIANS_HERE,
    call: (c) => c.exercises.setDemo({ exerciseId: world.fixed.exerciseId, mediaId: world.fixed.media.demoId }),
  },
  'media.createDemo': { may: ALL_CLINICIANS, call: (c) => c.media.createDemo({ mediaId: uuidv7(), bytes: 1000 }) },
  'caseload.mine': { may: ALL_CLINICIANS, call: (c) => c.caseload.mine({ search: '' }) },
  'caseload.counts': { may: ALL_CLINICIANS, call: (c) => c.caseload.counts() },
  'patients.mine': { may: ALL_CLINICIANS, call: (c) => c.patients.mine({ search: '' }) },
  'patients.roster': { may: ALL_CLINICIANS, call: (c) => c.patients.roster({ search: '' }) },
  'patients.add': {
    may: ALL_CLINICIANS,
    call: (c) => {
      const person = { ...spare, birthYear: null, dominantHand: 'right' as const, emergencyContact: null };
      return c.patients.add({ ...person, ...handProblem });
    },
  },
  'patients.joinCareTeam': {
    may: CLINICIANS_HERE,
    call: async (c) =>
      c.patients.joinCareTeam({ patientId: (await world.stranger()).patientId, reason: 'Covers while Mira is away' }),
  },
  'visits.schedulePage': { may: ALL_CLINICIANS, call: (c) => c.visits.schedulePage({ fromMs: now(), untilMs: now() }) },
  'visits.calendar': { may: ALL_CLINICIANS, call: (c) => c.visits.calendar({ fromMs: now(), untilMs: now() + 1 }) },
  'visits.waitingNow': { may: ALL_CLINICIANS, call: (c) => c.visits.waitingNow() },
  'reviews.queue': { may: ALL_CLINICIANS, call: (c) => c.reviews.queue({}) },
  'reviews.claim': {
    may: CLINICIANS_HERE,
    call: async (c) => c.reviews.claim({ checkInId: (await world.stranger()).checkInId }),
  },
};

const RECORD: Record<string, Row> = {
  'patients.get': { may: [...CLINICIANS_OF_ANA, 'emergency', 'assistant'], call: (c) => c.patients.get(patient()) },
  'patients.edit': {
    may: CLINICIANS_OF_ANA,
    call: (c) => c.patients.edit({ ...patient(), ...spare, emergencyContact: null }),
  },
  'patients.editEpisode': {
    may: CLINICIANS_OF_ANA,
    call: (c) => c.patients.editEpisode({ ...patient(), episodeId: world.cast.ana.episodeId, ...handProblem }),
  },
  'patients.invite': { may: CLINICIANS_OF_ANA, call: (c) => c.patients.invite(patient()) },
  'patients.withdrawInvite': { may: CLINICIANS_OF_ANA, call: (c) => c.patients.withdrawInvite(patient()) },
  'patients.endLogin': {
    may: CLINICIANS_OF_ANA,
    // Given back at once: Ana comes to other doors after this one.
    call: async (c) => {
      await c.patients.endLogin(patient());
      return await c.patients.giveLoginBack(patient());
    },
  },
  'patients.giveLoginBack': { may: CLINICIANS_OF_ANA, call: (c) => c.patients.giveLoginBack(patient()) },
  'passwordLinks.ofPatient': { may: CLINICIANS_OF_ANA, call: (c) => c.passwordLinks.ofPatient(patient()) },
  'patients.addToCareTeam': {
    may: CLINICIANS_OF_ANA,
    call: async (c) => {
      const { membershipId } = await world.teamMate();
      return await c.patients.addToCareTeam({ ...patient(), membershipId, part: 'member' });
    },
  },
  'patients.endCareTeam': {
    may: CLINICIANS_OF_ANA,
    call: async (c) => {
      const { careTeamId } = await world.teamMate();
      return await c.patients.endCareTeam({ ...patient(), careTeamId });
    },
  },
  'patients.myConsents': { may: PATIENTS, call: (c) => c.patients.myConsents() },
  'patients.consentNeeded': { may: PATIENTS, call: (c) => c.patients.consentNeeded() },
  'patients.changeConsent': {
    may: PATIENTS,
    call: (c) => c.patients.changeConsent({ kinds: ['teaching'], given: true }),
  },
  'programs.create': { may: CLINICIANS_OF_ANA, call: (c) => c.programs.create({ ...patient(), title: 'x' }) },
  'programs.get': { may: READERS_WITH_ASSISTANT, call: (c) => c.programs.get({ programId: world.fixed.programId }) },
  'programs.ofPatient': { may: READERS_WITH_ASSISTANT, call: (c) => c.programs.ofPatient(patient()) },
  'programs.saveDraft': {
    may: CLINICIANS_OF_ANA,
    call: (c) => {
      const draft = { draftId: uuidv7(), replaces: null, reason: '', prescriptions: [] };
      return c.programs.saveDraft({ programId: world.fixed.programId, basedOnNumber: NEVER, ...draft });
    },
  },
  'programs.publish': {
    may: CLINICIANS_OF_ANA,
    call: (c) => c.programs.publish({ programId: world.fixed.programId, basedOnNumber: NEVER, reason: '' }),
  },
  'practice.dayPack': { may: PATIENTS, call: (c) => c.practice.dayPack({ revision: null }) },
  'logs.ofPatient': { may: READERS_WITH_ASSISTANT, call: (c) => c.logs.ofPatient(patient()) },
  'logs.trends': { may: READERS_WITH_ASSISTANT, call: (c) => c.logs.trends({ ...patient(), days: 7 }) },
  ...flagRows(test, () => world),
  ...restrictionRows(test, () => world),
  ...messageRows(test, () => world),
};

const CHECK_INS: Record<string, Row> = {
  'checkIns.submit': {
    may: ['patient', 'caregiver'],
    call: (c) => {
      const ids = { opId: uuidv7(), checkInId: uuidv7(), lineageId: world.fixed.prescription.lineageId };
      const said = { question: 'x', answers: { v: 1 as const, pain: null, redFlags: [] }, submittedAt: now() };
      return c.checkIns.submit({ ...ids, ...patient(), ...said, clips: [aClip()] });
    },
  },
  'checkIns.addClips': {
    may: ['patient', 'caregiver'],
    call: async (c) => {
      const checkInId = await world.answersOnly();
      return await c.checkIns.addClips({ opId: uuidv7(), checkInId, clips: [aClip()] });
    },
  },
  'checkIns.goWithoutClip': {
    may: ['patient', 'caregiver'],
    call: async (c) => c.checkIns.goWithoutClip({ opId: uuidv7(), checkInId: await world.answersOnly() }),
  },
  'checkIns.sendAgain': {
    may: ['patient', 'caregiver'],
    call: async (c, actor) => c.checkIns.sendAgain({ mediaId: await world.lostClipOf(actor) }),
  },
  'checkIns.tryClipAgain': {
    may: CLINICIANS_OF_ANA,
    call: async (c) => c.checkIns.tryClipAgain({ mediaId: (await world.openCheckIn()).mediaIds[0] ?? '' }),
  },
  'checkIns.removeClip': {
    may: CLINICIANS_OF_ANA,
    call: async (c) => c.checkIns.removeClip({ mediaId: await world.unreadableClip() }),
  },
  'checkIns.withdraw': {
    may: ['patient'],
    call: async (c) => c.checkIns.withdraw({ checkInId: (await world.openCheckIn()).checkInId }),
  },
  'checkIns.withdrawClip': {
    may: ['patient'],
    call: async (c) => c.checkIns.withdrawClip({ mediaId: (await world.openCheckIn()).mediaIds[0] ?? '' }),
  },
  'checkIns.mine': { may: PATIENTS, call: (c) => c.checkIns.mine() },
  'checkIns.ofPatient': { may: READERS, call: (c) => c.checkIns.ofPatient(patient()) },
  'checkIns.get': { may: READERS, call: (c) => c.checkIns.get({ checkInId: world.fixed.checkInId }) },
  'checkIns.answer': {
    may: ['patient'],
    call: (c) => c.checkIns.answer({ reviewId: world.fixed.reviewId, answer: 'clear' }),
  },
  'reviews.heartbeat': {
    may: CLINICIANS_OF_ANA,
    call: async (c, actor) => c.reviews.heartbeat(await world.claimed(actor)),
  },
  'reviews.release': {
    may: CLINICIANS_OF_ANA,
    call: async (c, actor) => c.reviews.release(await world.claimed(actor)),
  },
  'reviews.skip': {
    may: CLINICIANS_OF_ANA,
    call: async (c, actor) => c.reviews.skip({ ...(await world.claimed(actor)), reason: 'technical' }),
  },
  'reviews.saveDraft': {
    may: CLINICIANS_OF_ANA,
    call: async (c, actor) => c.reviews.saveDraft({ ...(await world.claimed(actor)), ...answer, draftDose: null }),
  },
  'reviews.appendOperation': {
    may: CLINICIANS_OF_ANA,
    call: async (c, actor) => {
      const { mediaId, ...claim } = await world.claimed(actor);
      return await c.reviews.appendOperation({ ...claim, envelope: anArrow('frames', mediaId) });
    },
  },
  'reviews.operationsSince': {
    may: READERS,
    call: (c) => c.reviews.operationsSince({ reviewId: world.fixed.reviewId, revision: 0 }),
  },
  'reviews.drawing': {
    may: READERS,
    call: (c) => c.reviews.drawing({ reviewId: world.fixed.reviewId }),
  },
  'reviews.publish': {
    may: CLINICIANS_OF_ANA,
    call: async (c, actor) => {
      const claim = await world.claimed(actor);
      return await c.reviews.publish({ ...claim, ...answer, doseChanges: [], expectedProgramVersion: null });
    },
  },
};

const VISITS: Record<string, Row> = {
  'visits.schedule': {
    may: CLINICIANS_OF_ANA,
    call: (c) => book(c, { ...patient(), startsAt: null, durationMinutes: 30, kind: 'now' }),
  },
  'visits.mine': { may: PATIENTS, call: (c) => c.visits.mine() },
  'visits.ofPatient': { may: READERS, call: (c) => c.visits.ofPatient(patient()) },
  'visits.room': { may: READERS, call: (c) => c.visits.room(visit()) },
  'visits.join': {
    may: ANA_AND_HER_TEAM,
    call: (c) => c.visits.join({ ...visit(), locationText: 'At home', presentOthers: null }),
  },
  'visits.token': { may: ANA_AND_HER_TEAM, call: (c) => c.visits.token({ ...visit(), tabNonce: 'abcdefgh' }) },
  'visits.leave': {
    may: ANA_AND_HER_TEAM,
    call: async (c) => c.visits.leave({ visitId: (await world.visit()).visitId }),
  },
  'visits.admit': {
    may: CLINICIANS_OF_ANA,
    call: (c) => c.visits.admit({ ...visit(), participantId: room.participantOfPatient }),
  },
  'visits.remove': {
    may: CLINICIANS_OF_ANA,
    call: async (c) => {
      const { visitId, participantOfPatient } = await world.visit();
      return await c.visits.remove({ visitId, participantId: participantOfPatient });
    },
  },
  'visits.cancel': {
    may: CLINICIANS_OF_ANA,
    call: (c) => c.visits.cancel({ ...visit(), state: 'cancelled' }),
  },
  'visits.end': {
    may: CLINICIANS_OF_ANA,
    call: async (c) => c.visits.end({ visitId: (await world.visit()).visitId }),
  },
  'visitRecord.get': { may: READERS, call: (c) => c.visitRecord.get(visit()) },
  'visitRecord.saveSummary': {
    may: CLINICIANS_OF_ANA,
    call: (c) => c.visitRecord.saveSummary({ ...visit(), summary: 'x' }),
  },
  'visitRecord.changeDose': {
    may: CLINICIANS_OF_ANA,
    call: (c) => {
      const { programId, prescription } = world.fixed;
      const changes = [{ lineageId: prescription.lineageId, dose: prescription.dose }];
      return c.visitRecord.changeDose({ ...visit(), programId, expectedProgramVersion: NEVER, changes, reason: 'x' });
    },
  },
  'visitRecord.sayItHurts': {
    may: ['patient'],
    call: (c) => c.visitRecord.sayItHurts({ ...visit(), opId: uuidv7(), saidAt: now() }),
  },
  'annotations.append': {
    may: IN_THE_ROOM,
    call: (c) => c.annotations.append({ ...visit(), envelope: anArrow('live') }),
  },
  ...roomRows(() => world),
  ...seriesRows(() => world),
  ...appointmentRows(test, () => world),
  ...measureRows(test, () => world),
  'annotations.drawing': { may: READERS, call: (c) => c.annotations.drawing(visit()) },
  'annotations.since': { may: READERS, call: (c) => c.annotations.since({ ...visit(), revision: 0 }) },
  'stills.add': {
    may: IN_THE_ROOM,
    call: (c) =>
      c.stills.add({ ...visit(), stillId: uuidv7(), bytes: 1000, capturedAt: now(), source: 'received_frame' }),
  },
  'cues.start': { may: IN_THE_ROOM, call: (c) => c.cues.start({ ...visit(), cue: aCue() }) },
  'cues.stop': {
    may: IN_THE_ROOM,
    call: (c) => c.cues.stop({ ...visit(), cueId: room.cueId, stoppedAtMs: now() }),
  },
  'notes.save': { may: CLINICIANS_OF_ANA, call: (c) => c.notes.save({ ...visit(), body: 'x' }) },
  'notes.sign': {
    may: CLINICIANS_OF_ANA,
    call: async (c) => c.notes.sign({ visitId: (await world.visit()).visitId }),
  },
};

/** It takes whatever waits longest, so it comes first, while nothing of Ana's waits. */
const NEXT: Record<string, Row> = {
  'reviews.claimNext': {
    may: ALL_CLINICIANS,
    call: async (c) => {
      await world.stranger();
      return await c.reviews.claimNext();
    },
  },
};

const MATRIX = { ...NEXT, ...ACCOUNT, ...CLINIC, ...RECORD, ...CHECK_INS, ...VISITS };

const REFUSED: Record<string, string> = { NOT_FOUND: 'no', FORBIDDEN: 'no', UNAUTHORIZED: 'signed out' };
/** What only somebody hears who was let through: the act itself had its reasons. */
const PAST_THE_DOOR = new Set(['invite_gone', 'no_email', 'wrong_password', 'media_server_missing']);

async function outcomeOf(row: Row, actor: ActorName): Promise<string> {
  try {
    await row.call(await test.as(world.users[actor]), actor);
    return 'yes';
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string };
    if (PAST_THE_DOOR.has(message) || code === 'CONFLICT') return 'yes';
    return REFUSED[code] ?? `${code} ${message}`;
  }
}

function expectedOf(may: readonly ActorName[], actor: ActorName): string {
  if (may.includes(actor)) return 'yes';
  return actor === 'nobody' ? 'signed out' : 'no';
}

// At run time the tree is flat, "noun.verb" to procedure; its type says otherwise.
const PROCEDURES = appRouter._def.procedures as unknown as Record<string, { _def: { meta?: { policy?: string } } }>;

describe('every procedure', () => {
  it('carries a policy', () => {
    const without = Object.entries(PROCEDURES).filter(([, one]) => !one._def.meta?.policy);
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it('is a row of the matrix', () => {
    expect(Object.keys(MATRIX).toSorted()).toEqual(Object.keys(PROCEDURES).toSorted());
  });
});

describe('the access matrix', () => {
  it.each(Object.entries(MATRIX))('%s', async (_name, row) => {
    const outcomes: [ActorName, string][] = [];
    for (const actor of ACTORS) outcomes.push([actor, await outcomeOf(row, actor)]);
    const expected = ACTORS.map((actor) => [actor, expectedOf(row.may, actor)]);
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(expected));
  });
});
