import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCheckIn, makeReview } from '#db/factories/check-ins';
import { makeStaff } from '#db/factories/people';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { insertEmergency } from '#db/queries/people/emergency';
import { insertConsent } from '#db/queries/people/patients';
import { insertFlag, listOpenFlags } from '#db/queries/practice/flags';
import { insertStop } from '#db/queries/practice/stops';
import { insertSymptomCheck } from '#db/queries/practice/symptom-checks';
import { seedLibrary } from '#db/seed/library';
import type { OperationEnvelope } from '#domain/annotation/operation';
import { type Log, logFromPrescription } from '#domain/practice/log';
import { HOUR_MS } from '#domain/time/duration';
import { appRouter } from '#server/routers/app';
import { type Cast, makeCast, openTestApp } from './application';
import { makeAppointments, strangersToAppointments } from './appointment-rows';
import { aJoint, begun, enteredNow, strangersToMeasures } from './measure-rows';
import { aRestriction, strangersToRestrictions } from './restriction-rows';

/**
 * Every procedure that takes an id, called with the ids of Ana's real rows by people who have no business with her. A
 * procedure that is on neither list fails the test, so that a new one cannot be forgotten.
 */
const test = openTestApp();
type Caller = Awaited<ReturnType<typeof test.as>>;
type World = Awaited<ReturnType<typeof makeWorld>>;
let cast: Cast;
let world: World;

/** They answer for the caller alone, or for the caller's clinic, and take no id of anybody else's. */
const TAKES_NO_ID = [
  ...[
    'account.idle',
    'account.me',
    'account.units',
    'account.chooseForceUnit',
    'account.passwordLinks',
    'account.sessions',
    'account.endSessions',
    'account.changePassword',
    'account.askEmail',
    'account.confirmEmail',
  ],
  ...[
    'account.exportOwn',
    'audit.changes',
    'audit.exportReads',
    'audit.head',
    'audit.ofOwnRecord',
    'audit.reads',
    'clinic.get',
    'clinic.edit',
    'clinic.editKeeping',
    'clinic.editAlarmWords',
    'clinic.editBarriers',
    'clinic.editHours',
    'clinic.editVisits',
    'clinic.editAppointments',
    'clinic.editPush',
    'backups.last',
    'records.list',
    'emergency.running',
    'emergency.unreviewed',
    'caseload.mine',
    'caseload.counts',
    'checkIns.mine',
  ],
  ...[
    'exercises.list',
    'exercises.get',
    'invites.show',
    'invites.accept',
    'passwordLinks.patients',
    'patients.withoutTeam',
    'passwordLinks.use',
    'live.clock',
    'live.events',
  ],
  // Its own account, and the whole clinic.
  ...['contact.choices', 'contact.choose', 'contact.delivery', 'contact.push', 'contact.addPush'],
  ...['contact.calendars', 'contact.linkCalendar'],
  ...['reminders.own', 'reminders.choose', 'reminders.notToday'],
  ...['notices.list', 'patients.add', 'patients.mine', 'patients.roster', 'patients.myConsents'],
  ...['patients.consentNeeded', 'patients.changeConsent', 'practice.dayPack', 'reviews.queue', 'reviews.claimNext'],
  ...['staff.list', 'staff.invites', 'staff.invite', 'visits.mine', 'visits.schedulePage'],
  ...['visits.waitingNow', 'visits.calendar', 'visits.types'],
  ...['appointments.mine', 'appointments.requests', 'appointments.hours', 'appointments.saveHours'],
  // With a clinician of one's own care team, or no one.
  ...['appointments.addException'],
  ...['messages.mine', 'messages.inbox', 'messages.waiting', 'messages.phrases', 'messages.keepPhrase'],
];

async function makeWorld() {
  const { clinicId, ana, mira } = cast;
  const on = { clinicId, patientId: ana.patientId };
  const at = test.clock.nowMs;
  const made = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: at });
    for (const kind of ['stills', 'clips'] as const) {
      const given = { givenBy: ana.userId ?? '', textVersion: '2026-11', givenAt: at };
      yield* insertConsent(d, { id: uuidv7(), ...on, kind, ...given });
    }
    const exercises = [{ slug: 'tendon-glides' }];
    const spec = { ...on, episodeId: ana.episodeId, publishedBy: mira.userId, exercises, at, on: '2026-11-20' };
    const program = yield* makeProgram(d, spec);
    const owner = { ...on, userId: ana.userId ?? '', assigneeId: mira.userId, at };
    const answered = yield* makeCheckIn(d, { ...owner, state: 'answered' });
    yield* makeReview(d, { ...on, checkIn: answered, clinicianId: mira.userId, summary: 'Well done', at });
    const waiting = yield* makeCheckIn(d, owner);
    const answersOnly = yield* makeCheckIn(d, { ...owner, state: 'received', mediaIds: [] });
    const flag = { id: uuidv7(), ...on, kind: 'pain', severity: 'red' as const, rule: 'pain_red', policyVersion: 1 };
    yield* insertFlag(d, { ...flag, sourceKind: 'log', sourceId: uuidv7(), raisedAt: at });
    const checkId = uuidv7();
    const check = { occasion: 'it_hurts', place: 'today', localOn: '2026-11-24', saidAt: at, receivedAt: at } as const;
    yield* insertSymptomCheck(d, { id: checkId, ...on, ...check, enteredBy: ana.userId ?? '' });
    const closed = { ...flag, id: uuidv7() };
    yield* insertFlag(d, { ...closed, sourceKind: 'log', sourceId: uuidv7(), raisedAt: at, seenAt: at });
    const stopId = uuidv7();
    const said = { rule: 'urgent_from', policyVersion: 1, saidAt: at, saidOn: '2026-11-20' };
    yield* insertStop(d, { id: stopId, ...on, flagId: closed.id, severity: 'urgent', ...said });
    const emergencyId = uuidv7();
    const hour = { reason: 'Rings with a swollen hand', fromAt: at, toAt: at + HOUR_MS };
    yield* insertEmergency(d, { id: emergencyId, ...on, membershipId: cast.mira.membershipId, ...hour });
    const outsideAdmin = yield* makeStaff(d, { clinicId: cast.otherClinicId, name: 'Otto Brandt', role: 'admin' });
    return {
      program,
      answered,
      waiting,
      answersOnlyId: answersOnly.checkInId,
      flagId: flag.id,
      checkId,
      stopId,
      emergencyId,
      outsideAdmin: outsideAdmin.userId,
    };
  });
  const practised = aLog(made.program);
  await (await test.as(ana.userId)).logs.record({ opId: uuidv7(), practice: null, logs: [practised] });
  const clinician = await test.as(mira.userId);
  await (await test.as(ana.userId)).messages.send({ messageId: uuidv7(), ...inThread(), ...aWord() });
  await clinician.messages.note({ noteId: uuidv7(), ...inThread(), body: 'For the team.' });
  const joint = aJoint(50);
  await clinician.record.addMeasures(enteredNow(ana, at, [joint]));
  const restriction = aRestriction({ patientId: ana.patientId });
  await clinician.restrictions.set(restriction);
  const phraseId = uuidv7();
  await clinician.messages.keepPhrase({ phraseId, text: 'Rest for a day', forWhom: 'me' });
  const claim = await clinician.reviews.claim({ checkInId: made.waiting.checkInId });
  const seen = await clinician.checkIns.get({ checkInId: made.answered.checkInId });
  const { visitId } = await clinician.visits.schedule({
    patientId: ana.patientId,
    startsAt: null,
    durationMinutes: 30,
    kind: 'now',
  });
  await clinician.visits.join({ visitId, locationText: null, presentOthers: null });
  const answers = { visitId, locationText: 'At home', presentOthers: null };
  const entered = await (await test.as(ana.userId)).visits.join(answers);
  await clinician.visits.admit({ visitId, participantId: entered.participantId });
  const pattern = { v: 1 as const, kind: 'hold' as const, holdSeconds: 5, restSeconds: 1, repetitions: 3 };
  const cue = { cueId: uuidv7(), pattern, startsAtMs: at, stoppedAtMs: null, lineageId: null };
  await clinician.cues.start({ visitId, cue });
  await clinician.notes.save({ visitId, body: 'For the clinic.' });
  const invited = { name: 'New Person', role: 'clinician', discipline: 'OT' } as const;
  await (await test.as(cast.admin.userId)).staff.invite(invited);
  const [invite] = await (await test.as(cast.admin.userId)).staff.invites();
  const { careTeam } = await clinician.patients.get({ patientId: ana.patientId });
  return {
    ...made,
    appointments: await makeAppointments(test, cast),
    restrictionId: restriction.id,
    practisedId: practised.id,
    phraseId,
    measureId: joint.id,
    assessmentId: (await clinician.assessments.start(begun(ana, at))).assessmentId,
    lease: { checkInId: claim.checkInId, leaseToken: claim.leaseToken },
    draftId: claim.reviewId,
    reviewId: seen.reviews[0]?.id ?? '',
    mediaId: made.waiting.mediaIds[0] ?? '',
    visitId,
    participantId: entered.participantId,
    cue,
    careTeamId: careTeam[0]?.id ?? '',
    inviteId: invite?.id ?? '',
  };
}

const patient = () => ({ patientId: cast.ana.patientId });

function anArrow(anchor: 'live' | 'frames'): OperationEnvelope {
  const at = anchor === 'live' ? { kind: anchor } : { kind: anchor, from: 1, to: 9 };
  const points: [{ x: number; y: number }, { x: number; y: number }] = [
    { x: 0.2, y: 0.2 },
    { x: 0.5, y: 0.5 },
  ];
  const mark = { kind: 'arrow' as const, markId: uuidv7(), anchor: at, aspect: 1, side: null, points };
  return { v: 1, opId: uuidv7(), lamport: 1, tMs: test.clock.nowMs, op: { kind: 'commit', mark } };
}

function aLog(program: MadeProgram = world.program): Log {
  const [prescription] = program.prescriptions;
  if (!prescription) throw new Error('the program has its exercise');
  const performed = { performedAt: test.clock.nowMs, performedTimeZone: 'Europe/London', source: 'quick' as const };
  return logFromPrescription({ id: uuidv7(), practiceId: null, prescription, ...performed });
}

function aDraft() {
  const [first] = world.program.prescriptions;
  if (!first) throw new Error('the program has its exercise');
  return { lineageId: first.lineageId, dose: first.dose };
}

const answer = { summary: 'x', outcome: 'feedback' as const, errorTags: [] };
const spare = { name: 'X', operatesWith: 'left', timeZone: 'UTC', phone: null, emergencyContact: null } as const;
const handProblem = { condition: 'X', side: 'left', injuryOn: null, surgeryOn: null, precautions: '' } as const;
const inThread = () => ({ episodeId: cast.ana.episodeId });
const aWord = () => ({ body: 'x', about: null, writtenAt: test.clock.nowMs });
const inVisit = () => ({ visitId: world.visitId });

const SERIES = {
  ...{ day: '2040-01-02', minutes: 600, timeZone: 'Europe/London', which: 'first' as const },
  ...{ everyWeeks: 1 as const, count: 2, durationMinutes: 30 },
};

const WITH_ANAS_IDS: Record<string, (c: Caller) => Promise<unknown>> = {
  'media.createDemo': (c) => c.media.createDemo({ mediaId: world.mediaId, bytes: 1000 }),
  'media.progress': (c) => c.media.progress({ mediaId: world.mediaId }),
  'media.finish': (c) => c.media.finish({ mediaId: world.mediaId, sha256: 'a'.repeat(64) }),
  'checkIns.submit': (c) =>
    c.checkIns.submit({
      opId: uuidv7(),
      checkInId: uuidv7(),
      lineageId: aDraft().lineageId,
      question: 'x',
      answers: { v: 1, pain: null, redFlags: [] },
      clips: [{ mediaId: world.mediaId, bytes: 1000, sha256: 'a'.repeat(64) }],
      submittedAt: test.clock.nowMs,
    }),
  'checkIns.addClips': (c) =>
    c.checkIns.addClips({
      opId: uuidv7(),
      checkInId: world.answersOnlyId,
      clips: [{ mediaId: uuidv7(), bytes: 1000, sha256: 'a'.repeat(64) }],
    }),
  'checkIns.goWithoutClip': (c) => c.checkIns.goWithoutClip({ opId: uuidv7(), checkInId: world.answersOnlyId }),
  'checkIns.sendAgain': (c) => c.checkIns.sendAgain({ mediaId: world.mediaId }),
  'checkIns.tryClipAgain': (c) => c.checkIns.tryClipAgain({ mediaId: world.mediaId }),
  'checkIns.removeClip': (c) => c.checkIns.removeClip({ mediaId: world.mediaId }),
  'checkIns.withdraw': (c) => c.checkIns.withdraw({ checkInId: world.waiting.checkInId }),
  'checkIns.withdrawClip': (c) => c.checkIns.withdrawClip({ mediaId: world.mediaId }),
  'checkIns.ofPatient': (c) => c.checkIns.ofPatient(patient()),
  'checkIns.get': (c) => c.checkIns.get({ checkInId: world.answered.checkInId }),
  'checkIns.answer': (c) => c.checkIns.answer({ reviewId: world.reviewId, answer: 'clear' }),
  'reviews.claim': (c) => c.reviews.claim({ checkInId: world.waiting.checkInId }),
  'reviews.heartbeat': (c) => c.reviews.heartbeat(world.lease),
  'reviews.release': (c) => c.reviews.release(world.lease),
  'reviews.skip': (c) => c.reviews.skip({ ...world.lease, reason: 'technical' }),
  'reviews.saveDraft': (c) => c.reviews.saveDraft({ ...world.lease, ...answer, draftDose: null }),
  'reviews.appendOperation': (c) => c.reviews.appendOperation({ ...world.lease, envelope: anArrow('frames') }),
  'reviews.operationsSince': (c) => c.reviews.operationsSince({ reviewId: world.reviewId, revision: 0 }),
  'reviews.drawing': (c) => c.reviews.drawing({ reviewId: world.reviewId }),
  'reviews.publish': (c) =>
    c.reviews.publish({ ...world.lease, ...answer, doseChanges: [], expectedProgramVersion: null }),
  'programs.create': (c) => c.programs.create({ ...patient(), title: 'x' }),
  'programs.get': (c) => c.programs.get({ programId: world.program.programId }),
  'programs.ofPatient': (c) => c.programs.ofPatient(patient()),
  'programs.saveDraft': (c) =>
    c.programs.saveDraft({
      programId: world.program.programId,
      basedOnNumber: 1,
      draftId: uuidv7(),
      replaces: null,
      reason: '',
      prescriptions: [],
    }),
  'programs.publish': (c) => c.programs.publish({ programId: world.program.programId, basedOnNumber: 1, reason: '' }),
  'logs.record': (c) => c.logs.record({ opId: uuidv7(), practice: null, logs: [aLog()] }),
  'logs.remove': (c) =>
    c.logs.remove({ opId: uuidv7(), logId: world.practisedId, reason: 'other', saidAt: 1_790_000_000_000 }),
  'symptoms.say': (c) =>
    c.symptoms.say({
      opId: uuidv7(),
      checkId: uuidv7(),
      occasion: 'morning',
      place: 'today',
      subjectId: null,
      lineageId: aLog().lineageId,
      saidAt: 1_790_000_000_000,
      pain: 1,
      redFlags: null,
      shown: null,
    }),
  'symptoms.amend': (c) =>
    c.symptoms.amend({
      opId: uuidv7(),
      checkId: world.checkId,
      saidAt: 1_790_000_000_000,
      change: { kind: 'slip', pain: 1, shown: null },
    }),
  'logs.ofPatient': (c) => c.logs.ofPatient(patient()),
  'logs.trends': (c) => c.logs.trends({ ...patient(), days: 7 }),
  'messages.thread': (c) => c.messages.thread(inThread()),
  'messages.place': (c) => c.messages.place({ kind: 'answer', id: world.reviewId }),
  'messages.send': (c) => c.messages.send({ messageId: uuidv7(), ...inThread(), ...aWord() }),
  'messages.mark': (c) => c.messages.mark({ ...inThread(), delivered: 1, read: 1 }),
  'barriers.say': (c) =>
    c.barriers.say({
      ...{ barrierId: uuidv7(), ...inThread(), code: 'no_time', words: 'No time', suggestion: 'Later' },
      ...{ outcome: 'helps', saidAt: test.clock.nowMs },
    }),
  'barriers.ofPatient': (c) => c.barriers.ofPatient({ patientId: cast.ana.patientId }),
  'messages.teamSide': (c) => c.messages.teamSide(inThread()),
  'messages.note': (c) => c.messages.note({ noteId: uuidv7(), ...inThread(), body: 'x' }),
  'messages.settle': (c) => c.messages.settle({ noteId: uuidv7(), ...inThread(), upTo: 1 }),
  'messages.handOver': (c) =>
    c.messages.handOver({ noteId: uuidv7(), ...inThread(), toUserId: cast.mira.userId, note: null }),
  'messages.dropPhrase': (c) => c.messages.dropPhrase({ phraseId: world.phraseId }),
  'flags.open': (c) => c.flags.open(patient()),
  'flags.caution': (c) => c.flags.caution(patient()),
  'flags.note': (c) => c.flags.note({ ...patient(), flagId: world.flagId, text: 'x' }),
  'flags.liftStop': (c) => c.flags.liftStop({ ...patient(), stopId: world.stopId, reason: 'x' }),
  'flags.take': (c) => c.flags.take({ ...patient(), flagId: world.flagId }),
  'flags.resolve': (c) => c.flags.resolve({ ...patient(), flagId: world.flagId, resolution: 'x' }),
  'exercises.setDemo': (c) => c.exercises.setDemo({ exerciseId: uuidv7(), mediaId: world.mediaId }),
  'annotations.append': (c) => c.annotations.append({ ...inVisit(), envelope: anArrow('live') }),
  'annotations.drawing': (c) => c.annotations.drawing(inVisit()),
  'annotations.measured': (c) => c.annotations.measured(patient()),
  'annotations.since': (c) => c.annotations.since({ ...inVisit(), revision: 0 }),
  'patients.get': (c) => c.patients.get(patient()),
  'patients.edit': (c) => c.patients.edit({ ...patient(), ...spare }),
  'patients.editEpisode': (c) =>
    c.patients.editEpisode({ ...patient(), episodeId: cast.ana.episodeId, ...handProblem }),
  'patients.invite': (c) => c.patients.invite(patient()),
  'patients.endLogin': (c) => c.patients.endLogin(patient()),
  'patients.giveLoginBack': (c) => c.patients.giveLoginBack(patient()),
  'records.get': (c) => c.records.get(patient()),
  'records.endLogin': (c) => c.records.endLogin(patient()),
  'records.giveLoginBack': (c) => c.records.giveLoginBack(patient()),
  'records.hold': (c) => c.records.hold({ ...patient(), reason: 'Just because I can' }),
  'records.export': (c) => c.records.export({ ...patient(), reason: 'Just because I can', password: 'x' }),
  'records.erase': (c) =>
    c.records.erase({ ...patient(), reason: 'Just because I can', confirm: 'Ana Duarte', password: 'x' }),
  'records.askToOpen': (c) => c.records.askToOpen({ ...patient(), reason: 'Just because I can' }),
  'records.open': (c) => c.records.open(patient()),
  'records.liftHold': (c) => c.records.liftHold({ ...patient(), reason: 'Just because I can' }),
  'patients.joinCareTeam': (c) => c.patients.joinCareTeam({ ...patient(), reason: 'Covers while Mira is away' }),
  'emergency.open': (c) => c.emergency.open({ ...patient(), reason: 'Just because I can', password: 'x' }),
  'emergency.end': (c) => c.emergency.end(patient()),
  'emergency.review': (c) => c.emergency.review({ emergencyId: world.emergencyId, note: 'x' }),
  'patients.addToCareTeam': (c) =>
    c.patients.addToCareTeam({ ...patient(), membershipId: cast.colleague.membershipId, part: 'member' }),
  'patients.endCareTeam': (c) => c.patients.endCareTeam({ ...patient(), careTeamId: world.careTeamId }),
  'patients.withdrawInvite': (c) => c.patients.withdrawInvite(patient()),
  'passwordLinks.ofStaff': (c) => c.passwordLinks.ofStaff({ membershipId: cast.mira.membershipId }),
  'passwordLinks.ofAnyPatient': (c) => c.passwordLinks.ofAnyPatient(patient()),
  'passwordLinks.ofPatient': (c) => c.passwordLinks.ofPatient(patient()),
  'staff.withdrawInvite': (c) => c.staff.withdrawInvite({ inviteId: world.inviteId }),
  'staff.end': (c) => c.staff.end({ membershipId: cast.mira.membershipId, successorId: cast.colleague.membershipId }),
  'staff.patientsOf': (c) => c.staff.patientsOf({ membershipId: cast.mira.membershipId }),
  'patients.giveTeam': (c) => c.patients.giveTeam({ ...patient(), membershipId: cast.mira.membershipId }),
  'visits.schedule': (c) => c.visits.schedule({ ...patient(), startsAt: null, durationMinutes: 30, kind: 'now' }),
  'visits.seriesPreview': (c) => c.visits.seriesPreview({ ...patient(), ...SERIES }),
  'visits.scheduleSeries': (c) =>
    c.visits.scheduleSeries({ ...patient(), ...SERIES, kind: 'review', seriesId: uuidv7(), leaveOut: [] }),
  ...strangersToMeasures(
    test,
    () => cast.ana,
    () => world.measureId,
    () => world.assessmentId,
  ),
  ...strangersToRestrictions(patient, () => world.restrictionId),
  ...strangersToAppointments(() => ({ ...inVisit(), ...world.appointments, clinicianId: cast.mira.userId })),
  'visits.reschedule': (c) =>
    c.visits.reschedule({ ...inVisit(), startsAt: Date.now() + 86_400_000, durationMinutes: 30, sequence: 0 }),
  'visits.overlaps': (c) => c.visits.overlaps({ ...patient(), startsAt: null, durationMinutes: 30 }),
  'visits.ofPatient': (c) => c.visits.ofPatient(patient()),
  'visits.room': (c) => c.visits.room(inVisit()),
  'visits.join': (c) => c.visits.join({ ...inVisit(), locationText: null, presentOthers: null }),
  'visits.admit': (c) => c.visits.admit({ ...inVisit(), participantId: world.participantId }),
  'visits.remove': (c) => c.visits.remove({ ...inVisit(), participantId: world.participantId }),
  'visits.token': (c) => c.visits.token({ ...inVisit(), tabNonce: 'abcdefgh' }),
  'visits.door': (c) => c.visits.door({ ...inVisit(), tabNonce: 'abcdefgh' }),
  'visits.leave': (c) => c.visits.leave(inVisit()),
  'visits.cancel': (c) => c.visits.cancel({ ...inVisit(), state: 'cancelled' }),
  'visits.end': (c) => c.visits.end(inVisit()),
  'visits.reopen': (c) => c.visits.reopen(inVisit()),
  'visitRecord.get': (c) => c.visitRecord.get(inVisit()),
  'visitRecord.saveSummary': (c) => c.visitRecord.saveSummary({ ...inVisit(), summary: 'x' }),
  'visitRecord.changeDose': (c) =>
    c.visitRecord.changeDose({
      ...inVisit(),
      programId: world.program.programId,
      expectedProgramVersion: 1,
      changes: [aDraft()],
      reason: 'x',
    }),
  'visitRecord.sayItHurts': (c) => c.visitRecord.sayItHurts({ ...inVisit(), opId: uuidv7(), saidAt: test.clock.nowMs }),
  'stills.add': (c) =>
    c.stills.add({
      ...inVisit(),
      stillId: uuidv7(),
      bytes: 1000,
      capturedAt: test.clock.nowMs,
      source: 'received_frame',
    }),
  'cues.start': (c) => c.cues.start({ ...inVisit(), cue: { ...world.cue, cueId: uuidv7() } }),
  'cues.stop': (c) => c.cues.stop({ ...inVisit(), cueId: world.cue.cueId, stoppedAtMs: test.clock.nowMs }),
  'notes.save': (c) => c.notes.save({ ...inVisit(), body: 'x' }),
  'notes.sign': (c) => c.notes.sign(inVisit()),
};

/** One's own to mark; somebody else's is not there and nothing happens to it. */
const DOES_NOTHING = ['notices.markRead', 'contact.removePush', 'contact.endCalendar'];

/** In one's own clinic a colleague may take a check-in of the pool, and join a care team: that is how cover works. */
const A_COLLEAGUE_MAY = new Set(['reviews.claim', 'patients.joinCareTeam']);
/** The admin of the clinic ends anybody's membership and invitation there, and helps anybody back in. */
const THE_ADMIN_MAY = new Set([
  'staff.end',
  'staff.patientsOf',
  'patients.giveTeam',
  'staff.withdrawInvite',
  'passwordLinks.ofStaff',
  'passwordLinks.ofAnyPatient',
  'records.get',
  'records.endLogin',
  'records.giveLoginBack',
  'records.hold',
  'records.liftHold',
  'records.export',
  'records.erase',
  'records.askToOpen',
  'records.open',
  'emergency.review',
]);

function strangersTo(name: string): [who: string, userId: string | null][] {
  const all: [string, string | null][] = [
    ['a clinician next door', cast.outsider.userId],
    ['an admin next door', world.outsideAdmin],
    ['another patient', cast.other.userId],
    ['a patient next door', cast.outsiderPatient.userId],
    ['nobody', null],
  ];
  if (!A_COLLEAGUE_MAY.has(name)) all.push(['a colleague without relation', cast.colleague.userId]);
  if (!THE_ADMIN_MAY.has(name)) all.push(['the clinic’s admin', cast.admin.userId]);
  return all;
}

/** All of Ana's record that the calls could have touched. */
async function everything() {
  const c = await test.as(cast.mira.userId);
  const { scope } = { scope: { clinicId: cast.clinicId, patientId: cast.ana.patientId } };
  return {
    patient: await c.patients.get(patient()),
    programs: await c.programs.get({ programId: world.program.programId }),
    checkIns: await c.checkIns.ofPatient(patient()),
    waiting: await c.checkIns.get({ checkInId: world.waiting.checkInId }),
    logs: await c.logs.ofPatient(patient()),
    visits: await c.visits.ofPatient(patient()),
    room: { ...(await c.visits.room(inVisit())), serverNowMs: 0 },
    record: await c.visitRecord.get(inVisit()),
    ink: await c.annotations.since({ ...inVisit(), revision: 0 }),
    draft: await c.reviews.operationsSince({ reviewId: world.draftId, revision: 0 }),
    emergencies: await (await test.as(cast.admin.userId)).emergency.unreviewed(),
    staffInvites: await (await test.as(cast.admin.userId)).staff.invites(),
    flags: await test.app.database.read((d) => listOpenFlags(d, { ...scope, limit: 20 })),
    caution: await c.flags.caution(patient()),
    restrictions: await c.restrictions.pinned(patient()),
    thread: await c.messages.thread(inThread()),
    teamSide: await c.messages.teamSide(inThread()),
    phrases: await c.messages.phrases(),
    requests: await c.appointments.requests(),
    hours: await c.appointments.hours(),
  };
}

beforeAll(async () => {
  cast = await makeCast(test.app);
  world = await makeWorld();
});

describe('a stranger with the right ids', () => {
  it('is tried at every procedure', () => {
    const all = Object.keys(appRouter._def.procedures as unknown as Record<string, unknown>);
    const covered = [...TAKES_NO_ID, ...DOES_NOTHING, ...Object.keys(WITH_ANAS_IDS)];
    expect(covered.toSorted()).toEqual(all.toSorted());
  });

  it.each(Object.keys(WITH_ANAS_IDS))('gets nothing and changes nothing: %s', async (name) => {
    const before = await everything();
    for (const [who, userId] of strangersTo(name)) {
      const asked = WITH_ANAS_IDS[name]?.(await test.as(userId));
      const said = await asked?.then(
        () => 'an answer',
        ({ code }: { code?: string }) => code,
      );
      expect(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHORIZED'], `${who} got ${said}`).toContain(said);
    }
    expect(await everything()).toEqual(before);
  });
});
