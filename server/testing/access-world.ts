import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { makeCheckIn, makeClip, makeReview } from '#db/factories/check-ins';
import { makePatient, makeStaff } from '#db/factories/people';
import { makeProgram } from '#db/factories/program';
import { grantCaregiver } from '#db/factories/relations';
import { makeVisit } from '#db/factories/visits';
import { insertSurface } from '#db/queries/annotation/surfaces';
import { insertMedia } from '#db/queries/check-in/media';
import { insertCareTeam } from '#db/queries/people/care-team';
import { insertEmergency } from '#db/queries/people/emergency';
import { insertConsent } from '#db/queries/people/patients';
import { listStaff } from '#db/queries/people/staff';
import { insertFlag } from '#db/queries/practice/flags';
import { insertSymptomCheck } from '#db/queries/practice/symptom-checks';
import { findExercise, listExercises } from '#db/queries/program/exercises';
import { claimCheckIn } from '#db/queries/review/queue';
import { insertReview } from '#db/queries/review/reviews';
import { openVisit } from '#db/queries/visit/open-visits';
import { insertCue, insertNote } from '#db/queries/visit/record';
import { upsertParticipant } from '#db/queries/visit/visits';
import { seedLibrary } from '#db/seed/library';
import { poolLimits } from '#domain/check-in/submission';
import { DEFAULT_CLINIC_SETTINGS, replyRulesOf } from '#domain/clinic/settings';
import { CONSENT_TEXT_VERSION } from '#domain/people/patient';
import { HOUR_MS } from '#domain/time/duration';
import type { VisitRole } from '#domain/visit/lifecycle';
import { type Cast, makeCast, type TestApp } from './application';

/** Everybody who may come to a door, by how they stand to Ana. */
export const ACTORS = [
  'clinician',
  'cover',
  'assistant',
  'patient',
  'caregiver',
  'colleague',
  'emergency',
  'exMember',
  'admin',
  'otherPatient',
  'expiredCaregiver',
  'outsider',
  'outsideAdmin',
  'outsiderPatient',
  'nobody',
] as const;
export type ActorName = (typeof ACTORS)[number];
export type Users = Record<ActorName, string | null>;

/** Over, or in force, by the test's clock and by the machine's. */
const LONG_AGO = Date.UTC(2020, 0, 1);
const FAR_AHEAD = Date.UTC(2100, 0, 1);
const FOR_AGES = { reason: 'Rings with a swollen hand', fromAt: LONG_AGO, toAt: FAR_AHEAD };

/** People who stand to Ana in every way there is, made beside the cast. */
async function makeActors(test: TestApp, cast: Cast): Promise<Users> {
  const { clinicId, ana } = cast;
  const scope = { clinicId, patientId: ana.patientId };
  const made = await test.app.database.write(function* (d) {
    const exMember = yield* makeStaff(d, { clinicId, name: 'Erik Holm' });
    const assistant = yield* makeStaff(d, { clinicId, name: 'Sam Okoye', role: 'assistant' });
    const cover = yield* makeStaff(d, { clinicId, name: 'Noor Haddad' });
    const emergency = yield* makeStaff(d, { clinicId, name: 'Ivo Petrov' });
    yield* insertEmergency(d, { id: uuidv7(), ...scope, membershipId: emergency.membershipId, ...FOR_AGES });
    const outsideAdmin = yield* makeStaff(d, { clinicId: cast.otherClinicId, name: 'Otto Brandt', role: 'admin' });
    const relations = [
      { membershipId: exMember.membershipId, part: 'member', toAt: LONG_AGO + 1000 },
      { membershipId: assistant.membershipId, part: 'member', toAt: null },
      { membershipId: cover.membershipId, part: 'cover', toAt: FAR_AHEAD },
    ] as const;
    for (const relation of relations)
      yield* insertCareTeam(d, { id: uuidv7(), ...scope, fromAt: LONG_AGO, ...relation });
    const helper = yield* makePatient(d, { clinicId, name: 'Luis Duarte' });
    const late = yield* makePatient(d, { clinicId, name: 'Rosa Duarte' });
    for (const [one, untilAt] of [
      [helper, null],
      [late, LONG_AGO + 1000],
    ] as const) {
      const scopes: ('program' | 'log' | 'check_in' | 'visit')[] = ['program', 'log', 'check_in', 'visit'];
      yield* grantCaregiver(d, { ...scope, userId: one.userId ?? '', scopes, grantedAt: LONG_AGO, untilAt });
    }
    return {
      exMember: exMember.userId,
      assistant: assistant.userId,
      cover: cover.userId,
      emergency: emergency.userId,
      outsideAdmin: outsideAdmin.userId,
      caregiver: helper.userId,
      expiredCaregiver: late.userId,
    };
  });
  return {
    clinician: cast.mira.userId,
    patient: ana.userId,
    colleague: cast.colleague.userId,
    admin: cast.admin.userId,
    otherPatient: cast.other.userId,
    outsider: cast.outsider.userId,
    outsiderPatient: cast.outsiderPatient.userId,
    nobody: null,
    ...made,
  };
}

const PATIENTS: readonly ActorName[] = ['patient', 'otherPatient', 'outsiderPatient'];
const CAREGIVERS: readonly ActorName[] = ['caregiver', 'expiredCaregiver'];

function roleOf(actor: ActorName): VisitRole {
  if (PATIENTS.includes(actor)) return 'patient';
  return CAREGIVERS.includes(actor) ? 'observer' : 'clinician';
}

type Claimed = { checkInId: string; leaseToken: string; mediaId: string };
type Maker = { test: TestApp; cast: Cast; users: Users };

/**
 * Rows of Ana's that the acts are tried on. Everybody is given what an act needs besides the relation (being
 * admitted to the visit, the claim of the check-in, a note of one's own), so that nothing but the relation decides.
 */
export class World {
  readonly #made: Maker;
  readonly #fixed: Fixed;

  private constructor(made: Maker, fixed: Fixed) {
    this.#made = made;
    this.#fixed = fixed;
  }

  static async make(test: TestApp): Promise<World> {
    const cast = await makeCast(test.app);
    const users = await makeActors(test, cast);
    const made = { test, cast, users };
    const fixed = await test.app.database.write((d) => makeFixed(d, made));
    return new World(made, fixed);
  }

  get cast(): Cast {
    return this.#made.cast;
  }
  get users(): Users {
    return this.#made.users;
  }
  get fixed(): Fixed {
    return this.#fixed;
  }
  get patient() {
    return { patientId: this.#made.cast.ana.patientId };
  }

  /** A visit that is open, to which everybody is admitted, each with a note that is not signed. */
  visit(): Promise<{ visitId: string; participantOfPatient: string; cueId: string }> {
    return this.#made.test.app.database.write((d) => makeAttendedVisit(d, this.#made));
  }

  /** A check-in of Ana's that this actor has claimed (nobody: Mira has), with the draft of an answer. */
  claimed(actor: ActorName): Promise<Claimed> {
    const clinicianId = this.#made.users[actor] ?? this.#made.cast.mira.userId;
    return this.#made.test.app.database.write((d) => makeClaimed(d, this.#made, clinicianId));
  }

  /** Answers of Ana's that wait for their clip. */
  async answersOnly(): Promise<string> {
    const { clinicId, ana } = this.#made.cast;
    const whose = { clinicId, ...this.patient, userId: ana.userId ?? '', at: this.#now };
    const made = await this.#write((d) => makeCheckIn(d, { ...whose, state: 'received', mediaIds: [] }));
    return made.checkInId;
  }

  /** A check-in of Ana's with its clip, which nobody has answered. */
  openCheckIn(): Promise<{ checkInId: string; mediaIds: string[] }> {
    const { clinicId, ana } = this.#made.cast;
    return this.#write((d) =>
      makeCheckIn(d, { clinicId, ...this.patient, userId: ana.userId ?? '', at: this.#now, state: 'ready' }),
    );
  }

  /** A clip of Ana's that this actor announced and the server gave up waiting for. */
  lostClipOf(actor: ActorName): Promise<string> {
    const { clinicId, ana } = this.#made.cast;
    const ownerUserId = this.#made.users[actor] ?? ana.userId ?? '';
    const spec = { clinicId, ...this.patient, ownerUserId, at: this.#now };
    return this.#write((d) => makeClip(d, { ...spec, state: 'failed', failure: 'upload_expired' }));
  }

  /** A clip of Ana's that came and cannot be read. */
  unreadableClip(): Promise<string> {
    const { clinicId, ana } = this.#made.cast;
    const spec = { clinicId, ...this.patient, ownerUserId: ana.userId ?? '', at: this.#now };
    return this.#write((d) => makeClip(d, { ...spec, state: 'failed', failure: 'cannot_be_read' }));
  }

  /** A patient of the clinic without a care team, and a check-in of theirs that waits for anybody. */
  stranger(): Promise<{ patientId: string; checkInId: string }> {
    const { clinicId } = this.#made.cast;
    const at = this.#now;
    return this.#write(function* (d) {
      const { patientId, userId } = yield* makePatient(d, { clinicId, name: 'Ines Prado' });
      const { checkInId } = yield* makeCheckIn(d, { clinicId, patientId, userId: userId ?? '', at, dueAt: at });
      return { patientId, checkInId };
    });
  }

  /** Somebody whose record this actor has open in an emergency, where they may: a clinician of the clinic. */
  async emergencyOf(actor: ActorName): Promise<{ patientId: string; emergencyId: string }> {
    const { patientId } = await this.stranger();
    const { clinicId } = this.#made.cast;
    const userId = this.#made.users[actor];
    const emergencyId = uuidv7();
    await this.#write(function* (d) {
      const staff = yield* listStaff(d, { clinicId });
      const own = staff.find((one) => one.userId === userId && one.role === 'clinician');
      if (!own) return;
      const row = { id: emergencyId, clinicId, patientId, membershipId: own.membershipId };
      yield* insertEmergency(d, { ...row, ...FOR_AGES });
    });
    return { patientId, emergencyId };
  }

  /** A clinician of the clinic, new, on Ana's care team. */
  teamMate(): Promise<{ membershipId: string; careTeamId: string }> {
    const { clinicId } = this.#made.cast;
    const scope = { clinicId, ...this.patient };
    const at = this.#now;
    return this.#write(function* (d) {
      const { membershipId } = yield* makeStaff(d, { clinicId, name: 'Lea Brunner' });
      const careTeamId = uuidv7();
      yield* insertCareTeam(d, { id: careTeamId, ...scope, membershipId, part: 'member', fromAt: at });
      return { membershipId, careTeamId };
    });
  }

  /** An open flag of Ana's. */
  async flag(): Promise<string> {
    const id = uuidv7();
    const raised = { kind: 'pain', severity: 'red' as const, rule: 'pain_red', policyVersion: 1, raisedAt: this.#now };
    const source = { sourceKind: 'log' as const, sourceId: uuidv7() };
    const { clinicId } = this.#made.cast;
    await this.#write((d) => insertFlag(d, { id, clinicId, ...this.patient, ...raised, ...source }));
    return id;
  }

  /** A check in which somebody said that it hurts. */
  async check(): Promise<string> {
    const id = uuidv7();
    const { clinicId, ana } = this.#made.cast;
    const said = { occasion: 'it_hurts' as const, place: 'today' as const, subjectId: null, lineageId: null };
    const at = { localOn: '2026-11-24', saidAt: this.#now, receivedAt: this.#now };
    const row = { id, clinicId, ...this.patient, ...said, ...at, enteredBy: ana.userId ?? '' };
    await this.#write((d) => insertSymptomCheck(d, row));
    return id;
  }

  get #now(): number {
    return this.#made.test.clock.nowMs;
  }
  #write<T>(body: (d: Db) => Body<T>): Promise<T> {
    return this.#made.test.app.database.write(body);
  }
}

type Fixed = ReturnType<typeof makeFixed> extends Body<infer T> ? T : never;

/** What stays as it is whoever is let through. */
function* makeFixed(d: Db, { test, cast }: Maker) {
  const { clinicId, ana, mira } = cast;
  const at = test.clock.nowMs;
  const scope = { clinicId, patientId: ana.patientId };
  yield* seedLibrary(d, { nowMs: at });
  for (const kind of ['stills', 'clips'] as const) {
    const given = { textVersion: CONSENT_TEXT_VERSION, givenBy: ana.userId ?? '', givenAt: at };
    yield* insertConsent(d, { id: uuidv7(), ...scope, kind, ...given });
  }
  const exercises = [{ slug: 'tendon-glides' }];
  const spec = { ...scope, episodeId: ana.episodeId, publishedBy: mira.userId, exercises, at, on: '2026-11-20' };
  const program = yield* makeProgram(d, spec);
  const [prescription] = program.prescriptions;
  if (!prescription) throw new Error('the program has its exercise');
  const pendingId = uuidv7();
  const arriving = { id: pendingId, ...scope, ownerUserId: ana.userId ?? '', kind: 'clip' as const };
  yield* insertMedia(d, { ...arriving, state: 'pending', bytes: 1000, createdAt: at });
  const demo = { clinicId, patientId: null, ownerUserId: mira.userId, kind: 'demo' as const };
  const demoId = uuidv7();
  yield* insertMedia(d, { ...demo, id: demoId, state: 'ready', bytes: 1000, createdAt: at });
  const owner = { ...scope, userId: ana.userId ?? '', assigneeId: mira.userId, at };
  const answered = yield* makeCheckIn(d, { ...owner, state: 'answered' });
  const review = yield* makeReview(d, { ...scope, checkIn: answered, clinicianId: mira.userId, summary: 'Good', at });
  const [listed] = yield* listExercises(d, { clinicId, locale: 'en' });
  const exercise = yield* findExercise(d, { clinicId, locale: 'en', exerciseId: listed?.exerciseId ?? '' });
  if (!exercise) throw new Error('the library has exercises');
  const { programId } = program;
  const media = { pendingId, demoId };
  const { checkInId } = answered;
  return { programId, prescription, media, checkInId, ...review, exerciseId: exercise.exerciseId };
}

function* makeAttendedVisit(d: Db, { test, cast, users }: Maker) {
  const { clinicId, ana, mira } = cast;
  const at = test.clock.nowMs;
  const spec = { clinicId, patient: ana, clinicianId: mira.userId, phone: '', timeZone: 'Europe/London' };
  const visitId = yield* makeVisit(d, { ...spec, startsAt: at, ended: false });
  yield* openVisit(d, { visitId, roomName: visitId.replaceAll('-', ''), nowMs: at });
  let participantOfPatient = '';
  for (const actor of ACTORS) {
    const userId = users[actor];
    if (userId === null) continue;
    const role = roleOf(actor);
    const admitted = { state: 'admitted' as const, admittedBy: mira.userId, admittedAt: at, leftAt: null };
    const said = { waitingAt: at, locationText: 'At home', presentOthers: null };
    const participant = yield* upsertParticipant(d, { id: uuidv7(), visitId, userId, role, ...admitted, ...said });
    if (actor === 'patient') participantOfPatient = participant.id;
    const note = { id: uuidv7(), clinicId, patientId: ana.patientId, visitId, authorId: userId };
    yield* insertNote(d, { ...note, body: 'x', updatedAt: at, supersedesId: null });
  }
  const pattern = { v: 1 as const, kind: 'hold' as const, holdSeconds: 5, restSeconds: 1, repetitions: 3 };
  const cue = { id: uuidv7(), visitId, startedBy: mira.userId, kind: pattern.kind, pattern, lineageId: null };
  yield* insertCue(d, { ...cue, startsAt: at });
  return { visitId, participantOfPatient, cueId: cue.id };
}

function* makeClaimed(d: Db, { test, cast }: Maker, clinicianId: string) {
  const { clinicId, ana } = cast;
  const nowMs = test.clock.nowMs;
  const scope = { clinicId, patientId: ana.patientId };
  const owner = { ...scope, userId: ana.userId ?? '', assigneeId: clinicianId, at: nowMs };
  const { checkInId, mediaIds } = yield* makeCheckIn(d, owner);
  const lease = { leaseToken: uuidv7(), leaseUntil: nowMs + HOUR_MS };
  const limits = poolLimits(replyRulesOf(DEFAULT_CLINIC_SETTINGS, 'Europe/London'), nowMs);
  const claimer = { clinicId, userId: clinicianId, nowMs, ...limits };
  const row = yield* claimCheckIn(d, { ...claimer, checkInId, onCareTeam: true, lease });
  if (!row) throw new Error('the check-in is free');
  const surfaceId = uuidv7();
  yield* insertSurface(d, { id: surfaceId, ...scope, kind: 'clip', mediaId: mediaIds[0] });
  yield* insertReview(d, {
    id: uuidv7(),
    clinicId,
    checkInId,
    number: 1,
    state: 'draft',
    clinicianId,
    summary: '',
    outcome: 'feedback',
    errorTags: [],
    surfaceId,
    surfaceRevision: 0,
    leaseToken: lease.leaseToken,
    createdAt: nowMs,
  });
  return { checkInId, leaseToken: lease.leaseToken, mediaId: mediaIds[0] ?? '' };
}
