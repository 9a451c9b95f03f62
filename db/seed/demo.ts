import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { addDays, localDay } from '#domain/local-day';
import { CONSENT_TEXT_VERSION } from '#domain/patient';
import type { Body, Db } from '../body';
import { makeLogs, seededRandom } from '../factories/logs';
import { type MadePatient, type MadeStaff, makeClinic, makePatient, makeStaff } from '../factories/people';
import { type MadeProgram, makeNextVersion, makeProgram } from '../factories/program';
import { makeVisit } from '../factories/visits';
import { insertFlag } from '../queries/flags';
import { insertConsent } from '../queries/patients';
import { listClinics } from '../queries/users';
import { DEMO_PATIENTS, type DemoPatient } from './demo-people';
import { seedLibrary } from './library';

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
const TIME_ZONE = 'Europe/London';
const PHONE = '+44 20 7946 0100';

type Staff = Record<DemoPatient['lead'], MadeStaff>;
type Setting = { clinicId: string; staff: Staff; passwordHash: string; nowMs: number };

/** The demo clinic: invented people at different stages, with weeks behind them. Does nothing where one exists. */
export function* seedDemo(d: Db, { passwordHash, nowMs }: { passwordHash: string; nowMs: number }): Body<void> {
  yield* seedLibrary(d, { nowMs });
  if ((yield* listClinics(d)).some((clinic) => clinic.demo)) return;
  const at = nowMs - 120 * DAY_MS;
  const clinicId = yield* makeClinic(d, { demo: true, phone: PHONE, timeZone: TIME_ZONE, createdAt: at });
  const person = (name: string, email: string) => ({
    clinicId,
    name,
    email: `${email}@demo.regrasp.test`,
    passwordHash,
    at,
  });
  const staff: Staff = {
    mira: yield* makeStaff(d, { ...person('Mira Solberg', 'mira'), discipline: 'CHT' }),
    jonas: yield* makeStaff(d, { ...person('Jonas Weber', 'jonas'), discipline: 'PT' }),
    priya: yield* makeStaff(d, { ...person('Priya Nair', 'priya'), discipline: 'OT' }),
  };
  yield* makeStaff(d, { ...person('Ada Lind', 'admin'), role: 'admin', discipline: 'other' });
  for (const [index, patient] of DEMO_PATIENTS.entries())
    yield* seedPatient(d, { clinicId, staff, passwordHash, nowMs }, patient, index);
}

function* seedPatient(d: Db, setting: Setting, demo: DemoPatient, index: number): Body<void> {
  const { clinicId, staff, passwordHash, nowMs } = setting;
  const lead = staff[demo.lead];
  const on = (daysAgo: number | null) => (daysAgo === null ? null : addDays(localDay(nowMs, TIME_ZONE), -daysAgo));
  const patient = yield* makePatient(d, {
    clinicId,
    name: demo.name,
    lead,
    login: demo.email ? { email: demo.email, passwordHash } : null,
    side: demo.side,
    condition: demo.condition,
    birthYear: demo.birthYear,
    injuryOn: on(demo.injuryDaysAgo),
    surgeryOn: on(demo.surgeryDaysAgo),
    precautions: demo.precautions,
    timeZone: TIME_ZONE,
    phone: PHONE,
    at: nowMs - (demo.weeks * 7 + 3) * DAY_MS,
  });
  if (patient.userId) yield* seedConsents(d, setting, patient, patient.userId);
  yield* seedPractice(d, setting, demo, patient, index);
  for (const hours of demo.visitsInHours) {
    yield* makeVisit(d, {
      clinicId,
      patient,
      clinicianId: lead.userId,
      startsAt: quarterHour(nowMs + hours * HOUR_MS),
      phone: PHONE,
      timeZone: TIME_ZONE,
      ended: hours < 0,
    });
  }
  if (demo.flag) {
    const { kind, severity, rule, hoursAgo } = demo.flag;
    yield* insertFlag(d, {
      id: uuidv7(),
      clinicId,
      patientId: patient.patientId,
      kind,
      severity,
      sourceKind: 'log',
      sourceId: uuidv7(),
      rule,
      policyVersion: 1,
      raisedAt: nowMs - hoursAgo * HOUR_MS,
    });
  }
}

const quarterHour = (ms: number) => Math.round(ms / (15 * 60_000)) * 15 * 60_000;

function* seedConsents(d: Db, { clinicId, nowMs }: Setting, { patientId }: MadePatient, givenBy: string): Body<void> {
  for (const kind of ['telehealth', 'live_video', 'stills', 'clips'] as const) {
    yield* insertConsent(d, {
      id: uuidv7(),
      clinicId,
      patientId,
      kind,
      textVersion: CONSENT_TEXT_VERSION,
      givenBy,
      givenAt: nowMs - 60 * DAY_MS,
    });
  }
}

/** One or two published versions and the logs that were made under each. */
function* seedPractice(
  d: Db,
  { clinicId, staff, nowMs }: Setting,
  demo: DemoPatient,
  patient: MadePatient,
  index: number,
): Body<void> {
  const days = Math.max(1, demo.weeks * 7);
  const { patientId, episodeId, userId } = patient;
  const spec = { clinicId, patientId, episodeId, publishedBy: staff[demo.lead].userId, title: demo.title };
  const exercises = demo.exercises.map((exercise) => ({ ...exercise, side: demo.side }));
  const day = (ago: number) => addDays(localDay(nowMs, TIME_ZONE), -ago);
  const first = yield* makeProgram(d, { ...spec, exercises, at: nowMs - days * DAY_MS, on: day(days) });
  const changeAgo = demo.next ? Math.floor(days / 2) : demo.silentDays;
  const random = seededRandom(1000 + index);
  const middle = (demo.pain[0] + demo.pain[1]) / 2;
  const logs = (program: MadeProgram, from: number, until: number, painFrom: number, painTo: number) =>
    makeLogs(d, {
      clinicId,
      patientId,
      userId: userId ?? '',
      program,
      timeZone: TIME_ZONE,
      fromDaysAgo: from,
      untilDaysAgo: until,
      nowMs,
      adherence: demo.adherence,
      painFrom,
      painTo,
      random,
    });
  if (userId && demo.weeks > 0)
    yield* logs(
      first,
      days - 1,
      demo.next ? changeAgo + 1 : Math.max(1, demo.silentDays),
      demo.pain[0],
      demo.next ? middle : demo.pain[1],
    );
  if (!demo.next) return;
  const changed = exercises.map((exercise, place) => ({
    ...exercise,
    dose: { ...exercise.dose, ...(demo.next?.[place] ?? {}) },
  }));
  const second = yield* makeNextVersion(d, {
    ...spec,
    exercises: changed,
    before: first,
    number: 2,
    reason: 'Two green sessions',
    at: nowMs - changeAgo * DAY_MS,
    on: day(changeAgo),
  });
  if (userId) yield* logs(second, changeAgo, Math.max(1, demo.silentDays), middle, demo.pain[1]);
}
