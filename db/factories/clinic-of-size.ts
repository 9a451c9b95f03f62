import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { insertCareTeam } from '#db/queries/people/care-team';
import { listExercises } from '#db/queries/program/exercises';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import type { Body, Db } from '../body';
import type { Made } from './database';
import { addMeasures } from './measures-of-size';
import { MADE_AT, type MadePatient, type MadeStaff, makeClinic, makePatient, makeStaff } from './people';
import { insertRows, newRows, type Rows } from './rows';

/** Per patient, as a clinic of 2 000 patients with 200 000 logs, 20 000 check-ins and 2 000 visits has them. */
const SITTINGS = 50;
const LOGS_PER_SITTING = 2;
const CHECK_INS = 10;
const VERSIONS = 4;
const PRESCRIPTIONS = 6;
const CLOSED_FLAGS = 5;
const AUDIT_ROWS = 100;
const COLLEAGUES = 10;
/** Patients of one transaction. */
const AT_ONCE = 50;

/** Who is measured: clinicians on the care team of everybody, of 300 and of 20 (or as many as there are). */
export type SizedClinic = {
  clinicId: string;
  admin: string;
  ofAll: string;
  of300: string;
  of20: string;
  patients: { patientId: string; userId: string; programId: string; checkInId: string }[];
};

type Staff = { all: MadeStaff; some: MadeStaff; few: MadeStaff; colleagues: MadeStaff[]; admin: MadeStaff };
type Exercise = ReturnType<typeof listExercises> extends Body<(infer T)[]> ? T : never;
type Place = { clinicId: string; staff: Staff; exercises: readonly Exercise[] };

function* makeTeam(d: Db, clinicId: string): Body<Staff> {
  const colleagues: MadeStaff[] = [];
  for (let n = 0; n < COLLEAGUES; n++) colleagues.push(yield* makeStaff(d, { clinicId, name: `Colleague ${n}` }));
  return {
    all: yield* makeStaff(d, { clinicId, name: 'Of All' }),
    some: yield* makeStaff(d, { clinicId, name: 'Of Three Hundred' }),
    few: yield* makeStaff(d, { clinicId, name: 'Of Twenty' }),
    admin: yield* makeStaff(d, { clinicId, name: 'Admin', role: 'admin', discipline: 'other' }),
    colleagues,
  };
}

const at = <T>(list: readonly T[], n: number): T => {
  const one = list[n % list.length];
  if (one === undefined) throw new Error('the list is empty');
  return one;
};

const dayOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);

type Person = MadePatient & { clinicId: string; userId: string; n: number; lead: string };
type Prescribed = { id: string; lineageId: string; versionId: string };

/** A program that changed three times; what is prescribed now. */
function addProgram(rows: Rows, person: Person, { exercises }: Place): { programId: string; current: Prescribed[] } {
  const { clinicId, patientId, episodeId, lead } = person;
  const programId = uuidv7();
  const createdAt = MADE_AT - 60 * DAY_MS;
  rows.programs.push({ id: programId, clinicId, patientId, episodeId, title: 'Home', state: 'active', createdAt });
  const lineages = exercises.map(() => uuidv7());
  let current: Prescribed[] = [];
  for (let number = 1; number <= VERSIONS; number++) {
    const versionId = uuidv7();
    const publishedAt = createdAt + number * 10 * DAY_MS;
    rows.versions.push({
      id: versionId,
      clinicId,
      programId,
      number,
      state: 'draft',
      effectiveFromOn: dayOf(publishedAt),
      source: 'editor',
      reason: 'More repetitions',
      createdBy: lead,
      createdAt: publishedAt,
    });
    current = exercises.map((exercise, position) => {
      const id = uuidv7();
      const lineageId = at(lineages, position);
      rows.prescriptions.push({
        ...exercise.defaultDose,
        id,
        clinicId,
        programVersionId: versionId,
        lineageId,
        exerciseVersionId: exercise.exerciseVersionId,
        position,
        side: 'right',
        digits: [],
      });
      return { id, lineageId, versionId };
    });
  }
  return { programId, current };
}

/** A sitting a day until today; one patient in ten stopped some days ago. Pain wavers, and is high for one in seven. */
function addSittings(rows: Rows, person: Person, current: readonly Prescribed[]): void {
  const { clinicId, patientId, userId, n } = person;
  const silentDays = n % 10 === 0 ? 2 + (n % 7) : 0;
  for (let ago = 0; ago < SITTINGS; ago++) {
    const performedAt = MADE_AT - (ago + silentDays) * DAY_MS - HOUR_MS - (n % 60) * MINUTE_MS;
    const practiceId = uuidv7();
    const localOn = dayOf(performedAt);
    const pain = n % 7 === 0 ? 4 + ((n + ago) % 5) : (n + ago) % 4;
    const owned = { clinicId, patientId, localOn, receivedAt: performedAt + 2000 };
    rows.practices.push({ id: practiceId, ...owned, slot: 1, startedAt: performedAt - 300_000, painAfter: pain });
    for (let k = 0; k < LOGS_PER_SITTING; k++) {
      const { id: prescriptionId, lineageId, versionId } = at(current, ago + k);
      const id = uuidv7();
      rows.logs.push({
        ...owned,
        id,
        practiceId,
        prescriptionId,
        lineageId,
        programVersionId: versionId,
        state: 'done',
        performedAt: performedAt + k * MINUTE_MS,
        performedTimeZone: 'Europe/London',
        pain: ago % 9 === 0 ? null : pain,
        source: 'player',
        enteredBy: userId,
        isCurrent: true,
      });
      rows.sets.push({ logId: id, setNumber: 1, reps: 10, countedBy: 'tempo' });
    }
  }
}

/** Answered check-ins with clip, review and marks; the newest still waits for one patient in four. */
function addCheckIns(rows: Rows, person: Person, current: readonly Prescribed[]): string {
  const { clinicId, patientId, userId, lead, n } = person;
  let newest = '';
  for (let k = CHECK_INS - 1; k >= 0; k--) {
    const id = uuidv7();
    newest = id;
    const submittedAt = MADE_AT - (k * 5 * DAY_MS + (1 + (n % 40)) * HOUR_MS);
    const waits = k === 0 && n % 4 === 0;
    const closedAt = waits ? null : submittedAt + HOUR_MS / 2;
    const { lineageId } = at(current, k);
    rows.checkIns.push({
      id,
      clinicId,
      patientId,
      lineageId,
      question: 'Is this right?',
      answers: { v: 1, pain: 2, redFlags: [] },
      submittedAt,
      receivedAt: submittedAt,
      state: waits ? 'ready' : 'answered',
      severity: waits && n % 40 === 0 ? 'red' : 'none',
      queueRank: waits && n % 40 === 0 ? 0 : 1,
      dueAt: submittedAt + 36 * HOUR_MS,
      assigneeId: lead,
      claimCount: 0,
      closedAt,
    });
    rows.checkInEvents.push({ id: uuidv7(), checkInId: id, toState: 'received', by: userId, at: submittedAt });
    const mediaId = uuidv7();
    const storageKey = `${mediaId.slice(-2)}/${mediaId}`;
    const clip = { clinicId, patientId, ownerUserId: userId, kind: 'clip' as const, state: 'ready' as const };
    rows.media.push({ id: mediaId, ...clip, storageKey, bytes: 1000, mime: 'video/mp4', createdAt: submittedAt });
    rows.checkInMedia.push({ checkInId: id, mediaId, position: 0 });
    if (closedAt !== null) addReview(rows, person, { checkInId: id, mediaId, lineageId, closedAt });
  }
  return newest;
}

type Answered = { checkInId: string; mediaId: string; lineageId: string; closedAt: number };

function addReview(rows: Rows, { clinicId, patientId, lead }: Person, answered: Answered): void {
  const { checkInId, mediaId, lineageId, closedAt } = answered;
  const surfaceId = uuidv7();
  rows.checkInEvents.push({ id: uuidv7(), checkInId, toState: 'answered', by: lead, at: closedAt });
  rows.surfaces.push({ id: surfaceId, clinicId, patientId, kind: 'clip', mediaId, revision: 1 });
  rows.reviews.push({
    id: uuidv7(),
    clinicId,
    checkInId,
    number: 1,
    state: 'published',
    clinicianId: lead,
    summary: 'Slower, please.',
    outcome: 'feedback',
    errorTags: [],
    surfaceId,
    surfaceRevision: 1,
    leaseToken: uuidv7(),
    createdAt: closedAt,
    publishedAt: closedAt,
  });
  const mark = { surfaceId, markId: uuidv7(), authorId: lead, kind: 'angle', anchor: 'frames' };
  rows.marks.push({ ...mark, valueDegrees: 40, lineageId, committedAt: closedAt, removed: false });
}

/** A visit that was held, or one in the next two weeks. */
function addVisit(rows: Rows, { clinicId, patientId, episodeId, userId, lead, n }: Person): void {
  const id = uuidv7();
  const isHeld = n % 2 === 0;
  const startsAt = MADE_AT + (isHeld ? -1 : 1) * (1 + (n % 14)) * DAY_MS + (n % 9) * HOUR_MS;
  const visit = { id, clinicId, patientId, episodeId, clinicianId: lead, kind: 'review' as const, startsAt };
  const state = isHeld ? ('ended' as const) : ('scheduled' as const);
  rows.visits.push({ ...visit, state, durationMinutes: 30, timeZone: 'Europe/London', createdAt: startsAt - DAY_MS });
  rows.surfaces.push({ id: uuidv7(), clinicId, patientId, kind: 'stage', visitId: id, revision: 0 });
  if (!isHeld) return;
  for (const [person, role] of [
    [lead, 'clinician'],
    [userId, 'patient'],
  ] as const)
    rows.participants.push({ id: uuidv7(), visitId: id, userId: person, role, state: 'left', waitingAt: startsAt });
}

function addFlags(rows: Rows, { clinicId, patientId, lead, n }: Person): void {
  const flag = { clinicId, patientId, kind: 'pain', sourceKind: 'log' as const, rule: 'red_from', policyVersion: 1 };
  for (let k = 0; k < CLOSED_FLAGS; k++) {
    const raisedAt = MADE_AT - (10 + k) * DAY_MS;
    const seen = { seenBy: lead, seenAt: raisedAt + HOUR_MS, resolution: 'Called.' };
    rows.flags.push({ ...flag, id: uuidv7(), severity: 'red', sourceId: uuidv7(), raisedAt, ...seen });
  }
  if (n % 20 !== 0) return;
  const severity = at(['amber', 'red', 'urgent'] as const, n / 20);
  rows.flags.push({ ...flag, id: uuidv7(), severity, sourceId: uuidv7(), raisedAt: MADE_AT - (n % 48) * HOUR_MS });
}

/** What was done to the record, sealed, and who read it. */
function addTrail(rows: Rows, { clinicId, patientId, lead, n }: Person): void {
  for (let k = 0; k < AUDIT_ROWS; k++) {
    const atMs = MADE_AT - k * 13 * HOUR_MS - n * 1000;
    const who = { clinicId, actorId: lead, patientId };
    const seal = { n: n * AUDIT_ROWS + k + 1, prev: '0'.repeat(64), hash: '0'.repeat(64) };
    rows.audit.push({ id: uuidv7(), ...who, act: 'log.write', outcome: 'done', at: atMs, ...seal });
    const windowStartsAt = atMs - (atMs % (5 * MINUTE_MS));
    rows.access.push({ id: uuidv7(), ...who, policy: 'patient.read', windowStartsAt, at: atMs });
  }
}

function* makeMember(d: Db, rows: Rows, place: Place, n: number): Body<SizedClinic['patients'][number]> {
  const { clinicId, staff } = place;
  const lead = at(staff.colleagues, n);
  const surgeryOn = dayOf(MADE_AT - (n % 100) * DAY_MS);
  const name = `Patient ${String(n).padStart(4, '0')}`;
  const made = yield* makePatient(d, { clinicId, name, lead, surgeryOn });
  const { patientId } = made;
  const userId = made.userId ?? '';
  for (const [member, upTo] of [
    [staff.all, Number.POSITIVE_INFINITY],
    [staff.some, 300],
    [staff.few, 20],
  ] as const) {
    const { membershipId } = member;
    if (n < upTo)
      yield* insertCareTeam(d, { id: uuidv7(), clinicId, patientId, membershipId, part: 'member', fromAt: MADE_AT });
  }
  const person: Person = { ...made, userId, clinicId, n, lead: lead.userId };
  const { programId, current } = addProgram(rows, person, place);
  addSittings(rows, person, current);
  const checkInId = addCheckIns(rows, person, current);
  addVisit(rows, person);
  addFlags(rows, person);
  addMeasures(rows, person);
  addTrail(rows, person);
  return { patientId, userId, programId, checkInId };
}

/** A clinic with so many patients, each with months of record; the library must be there. Times stand at `MADE_AT`. */
export async function makeClinicOfSize(database: Made, size: number): Promise<SizedClinic> {
  const place = await database.write(function* (d): Body<Place> {
    const clinicId = yield* makeClinic(d);
    const exercises = (yield* listExercises(d, { clinicId })).slice(0, PRESCRIPTIONS);
    return { clinicId, staff: yield* makeTeam(d, clinicId), exercises };
  });
  const patients: SizedClinic['patients'] = [];
  for (let from = 0; from < size; from += AT_ONCE) {
    await database.write(function* (d) {
      const rows = newRows();
      for (let n = from; n < Math.min(size, from + AT_ONCE); n++) patients.push(yield* makeMember(d, rows, place, n));
      yield* insertRows(d, rows);
    });
  }
  const { clinicId, staff } = place;
  const [ofAll, of300, of20] = [staff.all.userId, staff.some.userId, staff.few.userId];
  return { clinicId, admin: staff.admin.userId, ofAll, of300, of20, patients };
}
