import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { listClinics } from '#db/queries/clinic/clinics';
import { insertConsent } from '#db/queries/people/patients';
import { insertEscalation, insertTelling } from '#db/queries/practice/escalations';
import { insertFlagNote } from '#db/queries/practice/flag-notes';
import { insertFlag } from '#db/queries/practice/flags';
import { insertStop } from '#db/queries/practice/stops';
import { saveAvailability } from '#db/queries/visit/availability';
import { setVisitSummary } from '#db/queries/visit/visits';
import { replyBy } from '#domain/clinic/hours';
import { DEFAULT_CLINIC_SETTINGS, replyRulesOf } from '#domain/clinic/settings';
import { CONSENT_TEXT_VERSION } from '#domain/people/patient';
import { DEFAULT_PAIN_POLICY, redFlagSchema } from '#domain/practice/pain-policy';
import { stopFor } from '#domain/practice/stop';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { addDays, localDay } from '#domain/time/local-day';
import type { OpeningHours, OpeningSpan } from '#domain/time/opening-hours';
import type { Body, Db } from '../body';
import { instantOf, makeLogs, makeSitting, seededRandom } from '../factories/logs';
import { type MadePatient, type MadeStaff, makeClinic, makePatient, makeStaff } from '../factories/people';
import { type MadeProgram, makeNextVersion, makeProgram } from '../factories/program';
import { makeVisit } from '../factories/visits';
import { type StoredFile, seedCheckIn } from './demo-check-ins';
import { seedMessages } from './demo-messages';
import { DEMO_PATIENTS, type DemoPatient } from './demo-people';
import { seedLibrary } from './library';

const TIME_ZONE = 'Europe/London';
const PHONE = '+44 20 7946 0100';

type Staff = Record<DemoPatient['lead'], MadeStaff>;
type Setting = {
  clinicId: string;
  staff: Staff;
  passwordHash: string;
  nowMs: number;
  /** Files for the clips of check-ins, one each; without one a clip is still on its way. */
  clips: StoredFile[];
};

/** The demo clinic: invented people at different stages, with weeks behind them. Does nothing where one exists. */
export function* seedDemo(
  d: Db,
  { passwordHash, nowMs, clips = [] }: { passwordHash: string; nowMs: number; clips?: readonly StoredFile[] },
): Body<void> {
  yield* seedLibrary(d, { nowMs });
  if ((yield* listClinics(d)).some((clinic) => clinic.demo)) return;
  const at = nowMs - 120 * DAY_MS;
  const reached = {
    phone: PHONE,
    timeZone: TIME_ZONE,
    settings: { ...DEFAULT_CLINIC_SETTINGS, hours: demoHours(nowMs) },
  };
  const clinicId = yield* makeClinic(d, { demo: true, ...reached, createdAt: at });
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
  for (const { userId } of Object.values(staff)) {
    const hours = { version: 1, visits: demoHours(nowMs).week, reviews: TIME_FOR_REVIEWS };
    yield* saveAvailability(d, { clinicId, userId, timeZone: TIME_ZONE, hours, changedAt: nowMs });
  }
  const setting = { clinicId, staff, passwordHash, nowMs, clips: [...clips] };
  for (const [index, patient] of DEMO_PATIENTS.entries()) yield* seedPatient(d, setting, patient, index);
}

/** Before noon, but on Fridays. */
const REVIEWS: OpeningSpan[] = [{ from: '11:30', to: '12:30' }];
const TIME_FOR_REVIEWS = [REVIEWS, REVIEWS, REVIEWS, REVIEWS, [], [], []];

/** Closed over noon, earlier on Fridays, and on the next Christmas. */
function demoHours(nowMs: number): OpeningHours {
  const day: OpeningSpan[] = [
    { from: '08:00', to: '12:30' },
    { from: '13:15', to: '17:30' },
  ];
  const year = localDay(nowMs, TIME_ZONE).slice(0, 4);
  const holidays = [
    { on: `${year}-12-25`, name: 'Christmas Day' },
    { on: `${year}-12-26`, name: 'Boxing Day' },
  ];
  return { version: 1, week: [day, day, day, day, [{ from: '08:00', to: '13:00' }], [], []], holidays };
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
  const program = yield* seedPractice(d, setting, demo, patient, index);
  for (const hours of demo.visitsInHours) {
    const visitId = yield* makeVisit(d, {
      clinicId,
      patient,
      clinicianId: lead.userId,
      startsAt: quarterHour(nowMs + hours * HOUR_MS),
      phone: PHONE,
      timeZone: TIME_ZONE,
      ended: hours < 0,
    });
    if (hours < 0) yield* setVisitSummary(d, { visitId, summary: demo.visitSummary, summaryRevision: 1 });
  }
  // An urgent flag without a log comes of the check-in that was sent at the same minute.
  const raisedAt = demo.flag ? flaggedAt(setting, demo.flag) : null;
  const checkInId = demo.checkIn
    ? yield* seedCheckIn(d, {
        ...setting,
        patient,
        program,
        lead,
        shown: demo.checkIn,
        clip: setting.clips.pop(),
        urgent:
          demo.flag?.pain === null ? { at: raisedAt ?? nowMs, redFlag: redFlagSchema.parse(demo.flag.kind) } : null,
      })
    : null;
  const { messages = [] } = demo;
  const rules = replyRulesOf({ ...DEFAULT_CLINIC_SETTINGS, hours: demoHours(nowMs) }, TIME_ZONE);
  const promisedAt = (askedAt: number) => replyBy(rules, askedAt);
  yield* seedMessages(d, { clinicId, nowMs, patient, lead, program, messages, promisedAt });
  const random = seededRandom(2000 + index);
  if (demo.flag) yield* seedFlag(d, setting, demo.flag, { patient, program, random, checkInId, lead });
}

function flaggedAt({ nowMs }: Pick<Setting, 'nowMs'>, flag: NonNullable<DemoPatient['flag']>): number {
  return instantOf(addDays(localDay(nowMs, TIME_ZONE), -1), flag.minute, TIME_ZONE);
}

type Flagged = {
  patient: MadePatient;
  program: MadeProgram;
  random: () => number;
  checkInId: string | null;
  lead: MadeStaff;
};

/** Yesterday evening's red answer as the app would have kept it: the flag, what it stopped, and the log or check-in. */
function* seedFlag(
  d: Db,
  setting: Setting,
  flag: NonNullable<DemoPatient['flag']>,
  { patient, program, random, checkInId, lead }: Flagged,
): Body<void> {
  const { clinicId } = setting;
  const { patientId, userId } = patient;
  const raisedAt = flaggedAt(setting, flag);
  const prescription = flag.pain === null ? undefined : program.prescriptions[flag.place];
  const spec = { clinicId, patientId, userId: userId ?? '', timeZone: TIME_ZONE, random };
  const logId = prescription
    ? yield* makeSitting(d, spec, { prescription, slot: 1, performedAt: raisedAt, pain: flag.pain })
    : null;
  const { kind, severity, rule, pain, note } = flag;
  const lineageId = prescription?.lineageId ?? null;
  const sourceId = logId ?? checkInId;
  if (sourceId === null) throw new Error('a flag has its source');
  const flagId = uuidv7();
  const said = { clinicId, patientId, policyVersion: DEFAULT_PAIN_POLICY.version, saidAt: raisedAt };
  yield* insertFlag(d, {
    ...said,
    id: flagId,
    ...{ kind, severity, rule, pain, lineageId },
    redFlags: pain === null ? [redFlagSchema.parse(kind)] : null,
    sourceKind: logId ? 'log' : 'check_in',
    sourceId,
    raisedAt,
  });
  const stop = stopFor({ zone: severity, rule, lineageId });
  if (stop) yield* insertStop(d, { ...said, ...stop, id: uuidv7(), flagId, saidOn: localDay(raisedAt, TIME_ZONE) });
  const at = raisedAt + 38 * MINUTE_MS;
  yield* seedEscalation(d, { clinicId, patientId, flagId, raisedAt }, lead, note === null ? null : at);
  if (note === null) return;
  yield* insertFlagNote(d, { id: uuidv7(), clinicId, patientId, flagId, by: lead.userId, at, text: note });
}

type Escalated = { clinicId: string; patientId: string; flagId: string; raisedAt: number };

/** Its lead was told; who noted something about it had taken it before. Nobody else is told of what is made up. */
function* seedEscalation(d: Db, flag: Escalated, lead: MadeStaff, takenAt: number | null): Body<void> {
  const { raisedAt, ...of } = flag;
  const taken = takenAt === null ? {} : { takenAt, takenBy: lead.userId };
  yield* insertEscalation(d, { ...flag, step: 'lead', ...taken });
  yield* insertTelling(d, { ...of, step: 'lead', userId: lead.userId, at: raisedAt });
}

const quarterHour = (ms: number) => Math.round(ms / (15 * MINUTE_MS)) * 15 * MINUTE_MS;

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

/** The published versions, evenly over the weeks, and the logs that were made under each. The last version. */
function* seedPractice(
  d: Db,
  { clinicId, staff, nowMs }: Setting,
  demo: DemoPatient,
  patient: MadePatient,
  index: number,
): Body<MadeProgram> {
  const { patientId, episodeId, userId } = patient;
  const days = Math.max(1, demo.weeks * 7);
  const count = 1 + demo.later.length;
  const begins = (number: number) => days - Math.floor((days * (number - 1)) / count);
  const random = seededRandom(1000 + index);
  const exercises = demo.exercises.map((exercise) => ({ ...exercise, side: demo.side }));
  const spec = { clinicId, patientId, episodeId, publishedBy: staff[demo.lead].userId, title: demo.title };
  const when = (number: number) => ({
    at: nowMs - begins(number) * DAY_MS,
    on: addDays(localDay(nowMs, TIME_ZONE), -begins(number)),
  });
  const [painFrom, painTo] = demo.pain;
  const painAt = (share: number) => painFrom + (painTo - painFrom) * share;
  const lastDaysAgo = demo.silentDays === 0 ? 0 : demo.silentDays + 1;
  // Who was stopped in the evening has not practised since.
  const endsAt = demo.flag ? flaggedAt({ nowMs }, demo.flag) : null;
  let program = yield* makeProgram(d, { ...spec, exercises, ...when(1) });
  for (let number = 1; ; number++) {
    if (userId && demo.weeks > 0) {
      yield* makeLogs(d, {
        clinicId,
        patientId,
        userId,
        program,
        timeZone: TIME_ZONE,
        fromDaysAgo: begins(number) - 1,
        untilDaysAgo: number === count ? lastDaysAgo : begins(number + 1),
        nowMs,
        endsAt,
        adherence: demo.adherence,
        painFrom: painAt((number - 1) / count),
        painTo: painAt(number / count),
        random,
      });
    }
    const change = demo.later[number - 1];
    if (!change) return program;
    for (const [place, exercise] of exercises.entries())
      exercise.dose = { ...exercise.dose, ...(change.doses[place] ?? {}) };
    const next = { ...spec, exercises, ...when(number + 1), before: program, number: number + 1 };
    program = yield* makeNextVersion(d, { ...next, reason: change.reason });
  }
}
