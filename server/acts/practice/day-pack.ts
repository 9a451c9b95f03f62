import 'server-only';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import { findClinic } from '#db/queries/clinic/clinics';
import { listMessagesById } from '#db/queries/contact/messages';
import { listUnread } from '#db/queries/contact/notices';
import { findPatient } from '#db/queries/people/patients';
import { listLogs, listPractices } from '#db/queries/practice/logs';
import { listStopsSaid } from '#db/queries/practice/stops';
import { listMorningChecks } from '#db/queries/practice/symptom-checks';
import { listDemos, listExerciseVersions } from '#db/queries/program/exercises';
import { listInForceSince } from '#db/queries/program/in-force';
import { doseOf, listPrescriptions, listPrograms, listPublished } from '#db/queries/program/programs';
import { listStanding } from '#db/queries/record/restrictions';
import { listPublishedAnswers } from '#db/queries/review/reviews';
import { listVisitsBetween } from '#db/queries/visit/calendar';
import { listVisitsById } from '#db/queries/visit/visits';
import type { PatientScope } from '#db/scope';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { messageOfEvent } from '#domain/contact/thread';
import { notFound } from '#domain/input/failure';
import { firstWords } from '#domain/input/first-words';
import { type DayPack, dayPackSchema, PACK_NOTICES, type PackNotice } from '#domain/practice/day-pack';
import { BASELINE_MS, baselinePain } from '#domain/practice/log';
import { breaksOf, unsignedOf } from '#domain/record/breaks';
import type { Restriction } from '#domain/record/restriction';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { type LocalDay, localDay } from '#domain/time/local-day';
import { workOf } from '#server/acts/program/restricted';
import { sha256 } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

const LOG_DAYS = 14;
/** The week, wherever the patient lives, and one day that a phone may be without a line. */
const PLAN_DAYS = 9;
/** The usual pain is taken from the last five before a sitting; these reach back over what the phone itself adds. */
const PAINS_BEFORE_MAX = 20;
/** A visit that should have begun a little while ago can still be opened. */
const VISIT_GRACE_MS = HOUR_MS;
const NOTICES_MAX = 20;
/** Of the two days around now. */
const VISITS_MAX = 50;

type Standing = readonly Restriction[];

/** `day`: the patient's local day. */
function* packPrescriptions(
  d: Db,
  { scope, locale, day, standing }: { scope: PatientScope; locale: string; day: LocalDay; standing: Standing },
): Body<DayPack['prescriptions']> {
  const programs = (yield* listPrograms(d, scope)).filter((program) => program.state === 'active');
  const published = yield* listPublished(d, { programIds: programs.map((program) => program.id) });
  const rows = yield* listPrescriptions(d, { versionIds: published.map((version) => version.id) });
  const exercises = yield* listExerciseVersions(d, {
    versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
    locale,
  });
  const demos = yield* listDemos(d, scope);
  const signed = published.flatMap(({ restrictionsBroken }) => restrictionsBroken ?? []);
  const waiting = unsignedOf(breaksOf(standing, workOf(rows, exercises), day), signed);
  return rows.flatMap((row) => {
    const version = published.find((one) => one.id === row.programVersionId);
    const exercise = exercises.find((one) => one.exerciseVersionId === row.exerciseVersionId);
    if (!version || !exercise) return [];
    const { id, lineageId, programVersionId, position, side, digits, fromOn, untilOn, notePatient } = row;
    return [
      {
        id,
        lineageId,
        programVersionId,
        programTitle: programs.find((program) => program.id === version.programId)?.title ?? '',
        versionNumber: version.number,
        position,
        side,
        digits,
        dose: doseOf(row),
        fromOn,
        untilOn,
        notePatient,
        category: exercise.category,
        text: exercise.texts,
        pose: exercise.pose,
        demoMediaId: demos.find((demo) => demo.exerciseId === exercise.exerciseId)?.mediaId ?? null,
        waitsFor: waiting.filter((one) => one.lineageId === lineageId).map(({ restrictionId }) => restrictionId),
      },
    ];
  });
}

/** What was in force on the days that Today looks back on. */
function* packPlans(d: Db, { clinicId, patientId }: PatientScope, nowMs: number): Body<DayPack['plans']> {
  const sinceOn = localDay(nowMs - PLAN_DAYS * DAY_MS, 'UTC');
  const versions = yield* listInForceSince(d, { clinicId, patientIds: [patientId], sinceOn });
  const rows = yield* listPrescriptions(d, { versionIds: versions.map(({ versionId }) => versionId) });
  return versions.map(({ programId, versionId, number, effectiveFromOn }) => ({
    ...{ programId, number, effectiveFromOn },
    prescriptions: rows
      .filter((row) => row.programVersionId === versionId)
      .map(({ lineageId, schedule, fromOn, untilOn }) => ({ lineageId, schedule, fromOn, untilOn })),
  }));
}

function* packLogs(d: Db, scope: PatientScope, nowMs: number) {
  const rows = yield* listLogs(d, { ...scope, sinceMs: nowMs - LOG_DAYS * DAY_MS });
  const practices = yield* listPractices(d, { ...scope, sinceMs: nowMs - BASELINE_MS });
  const slotOf = new Map(practices.map((practice) => [practice.id, practice.slot]));
  const logs = rows.map(({ log }) => ({
    id: log.id,
    lineageId: log.lineageId,
    localOn: log.localOn,
    slot: log.practiceId ? (slotOf.get(log.practiceId) ?? null) : null,
    state: log.state,
    performedAt: log.performedAt,
    pain: log.pain,
  }));
  const painsBefore = practices
    .filter((practice) => practice.painBefore !== null)
    .map(({ startedAt, painBefore }) => ({ startedAt, painBefore }))
    .slice(-PAINS_BEFORE_MAX);
  // Earlier builds of the phone judge by this one number.
  return { logs, painsBefore, baselinePain: baselinePain(practices, nowMs) };
}

/** What is forbidden, and what was lifted lately: a phone that made a stop itself learns from it what became of it. */
function* packStops(d: Db, scope: PatientScope, nowMs: number): Body<DayPack['stops']> {
  const rows = yield* listStopsSaid(d, { ...scope, sinceMs: nowMs - LOG_DAYS * DAY_MS });
  return rows.map(({ stop, flag }) => ({
    id: stop.id,
    sourceId: flag.sourceId,
    sourceKind: flag.sourceKind,
    lineageId: stop.lineageId,
    severity: stop.severity,
    rule: stop.rule,
    pain: flag.pain,
    redFlags: flag.redFlags,
    saidAt: stop.saidAt,
    saidOn: stop.saidOn,
    liftedAt: stop.liftedAt,
  }));
}

const isToCome = ({ state, startsAt }: { state: string; startsAt: number }, nowMs: number) =>
  state === 'scheduled' && startsAt > nowMs - VISIT_GRACE_MS;

/** Visits that the patient can go to now or within a day. */
function* packVisits(d: Db, { clinicId, patientId }: PatientScope, nowMs: number): Body<DayPack['visits']> {
  const span = { fromMs: nowMs - DAY_MS, untilMs: nowMs + DAY_MS };
  const visits = yield* listVisitsBetween(d, { clinicId, patientId, ...span, limit: VISITS_MAX });
  return visits
    .filter((visit) => visit.state === 'open' || isToCome(visit, nowMs))
    .map(({ id, startsAt, clinicianName, state, mode }) => ({
      ...{ id, startsAt, clinicianName, mode },
      state: state === 'open' ? ('open' as const) : ('scheduled' as const),
    }));
}

/** News of a visit also when its time is over. */
const ALWAYS_NEWS = ['visit_cancelled', 'visits_cancelled', 'visit_missed', 'visit_nobody_came'];
const ABOUT_VISITS = new Set([
  'visit_booked',
  'visit_moved',
  'visits_booked',
  ...ALWAYS_NEWS,
  'reminder_visit_day',
  'reminder_visit_soon',
]);
type Told = { kind: string; subjectId: string; eventKey: string };

/** Who answered or wrote, with the first words: by the check-in, and by the message that the notice tells of. */
function* firstWordsOf(d: Db, scope: PatientScope, told: readonly Told[]) {
  const checkInIds = told.filter(({ kind }) => kind === 'review_published').map(({ subjectId }) => subjectId);
  const messageIds = told.flatMap(({ kind, eventKey }) =>
    kind === 'message_received' ? (messageOfEvent(eventKey) ?? []) : [],
  );
  const answers = yield* listPublishedAnswers(d, { ...scope, checkInIds });
  const messages = yield* listMessagesById(d, { ...scope, messageIds });
  return ({ kind, subjectId, eventKey }: Told): PackNotice['from'] => {
    if (kind === 'review_published') {
      const answer = answers.find(({ checkInId }) => checkInId === subjectId);
      return answer ? { name: answer.clinicianName, words: firstWords(answer.summary) } : null;
    }
    if (kind !== 'message_received') return null;
    const message = messages.find(({ id }) => id === messageOfEvent(eventKey));
    return message ? { name: message.authorName, words: firstWords(message.body) } : null;
  };
}

type NoticesOf = { scope: PatientScope; userId: string; timeZone: string };

/**
 * What the patient has not seen yet. A visit that was booked, or of which they are reminded, is news until it began, or
 * should have; a reminder of practice on its day.
 */
function* packNotices(d: Db, { scope, userId, timeZone }: NoticesOf, nowMs: number): Body<DayPack['notices']> {
  const isOfToday = (at: number) => localDay(at, timeZone) === localDay(nowMs, timeZone);
  const rows = yield* listUnread(d, { userId, kinds: PACK_NOTICES, limit: NOTICES_MAX });
  const visits = yield* listVisitsById(d, { ...scope, visitIds: rows.map(({ subjectId }) => subjectId) });
  const fromOf = yield* firstWordsOf(d, scope, rows);
  return rows.flatMap(({ id, kind, subjectId, eventKey, createdAt }): PackNotice[] => {
    const visit = visits.find((one) => one.id === subjectId);
    const notice = { id, kind, subjectId, createdAt, visit: null, from: fromOf({ kind, subjectId, eventKey }) };
    if (kind === 'reminder_practice') return isOfToday(createdAt) ? [notice] : [];
    if (!ABOUT_VISITS.has(kind)) return [notice];
    const isNews = visit && (ALWAYS_NEWS.includes(kind) || isToCome(visit, nowMs));
    return isNews ? [{ ...notice, visit: { startsAt: visit.startsAt, clinicianName: visit.clinicianName } }] : [];
  });
}

type Reader = { scope: PatientScope; userId: string; locale: string; revision: string | null };

/** All that Today and the player need offline; a pack that the device has already is not sent again. */
export function* readDayPack(
  d: Db,
  { nowMs }: UnitOfWork,
  { scope, userId, locale, revision: known }: Reader,
): Body<{ unchanged: true } | { unchanged: false; pack: DayPack }> {
  const patient = yield* findPatient(d, scope);
  const clinic = yield* findClinic(d, scope);
  if (!patient || !clinic) throw notFound();
  const { id, name, operatesWith, timeZone } = patient;
  const settings = clinicSettingsSchema.parse(clinic.settings);
  const opening = { hours: settings.hours, timeZone: clinic.timeZone };
  const day = localDay(nowMs, timeZone);
  const standing = yield* listStanding(d, { ...scope, day });
  const content = {
    v: 1 as const,
    patient: { id, name, operatesWith, timeZone },
    clinic: { name: clinic.name, phone: clinic.phone, emergencyNumber: clinic.emergencyNumber, opening },
    painPolicy: settings.painPolicy,
    visits: yield* packVisits(d, scope, nowMs),
    notices: yield* packNotices(d, { scope, userId, timeZone }, nowMs),
    prescriptions: yield* packPrescriptions(d, { scope, locale, day, standing }),
    restrictions: standing.map(({ id, side, limit, untilOn }) => ({ id, side, limit, untilOn })),
    plans: yield* packPlans(d, scope, nowMs),
    ...(yield* packLogs(d, scope, nowMs)),
    stops: yield* packStops(d, scope, nowMs),
    mornings: yield* listMorningChecks(d, { ...scope, sinceMs: nowMs - LOG_DAYS * DAY_MS }),
  };
  const revision = sha256(canonicalJson(content));
  if (revision === known) return { unchanged: true };
  return { unchanged: false, pack: dayPackSchema.parse({ ...content, revision, madeAt: nowMs }) };
}
