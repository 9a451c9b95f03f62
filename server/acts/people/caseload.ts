import 'server-only';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { listReachablePatientIds } from '#db/queries/people/access';
import {
  listCaseloadFlags,
  listCaseloadLogs,
  listCaseloadPeople,
  listCaseloadPractices,
  listLastLogs,
  listNextVisits,
  listPublishedVersions,
  listWaitingCheckIns,
} from '#db/queries/people/caseload';
import { listPrescriptions } from '#db/queries/program/programs';
import { type ClinicSettings, clinicSettingsSchema } from '#domain/clinic/settings';
import { attention, compareByNeed } from '#domain/people/attention';
import { dayState, plannedOn } from '#domain/program/schedule';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { addDays, daysBetween, localDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

const PAIN_DAYS = 10;
const WEEK_DAYS = 7;
/** A visit that began a little while ago is still the next one. */
const VISIT_GRACE_MS = HOUR_MS;

type Span = { clinicId: string; patientIds: readonly string[] };

function* readFacts(d: Db, span: Span, nowMs: number) {
  const versions = yield* listPublishedVersions(d, span);
  return {
    versions,
    prescriptions: yield* listPrescriptions(d, { versionIds: versions.map((version) => version.versionId) }),
    people: yield* listCaseloadPeople(d, span),
    flags: yield* listCaseloadFlags(d, span),
    checkIns: yield* listWaitingCheckIns(d, span),
    logs: yield* listCaseloadLogs(d, { ...span, sinceMs: nowMs - (PAIN_DAYS + 1) * DAY_MS }),
    practices: yield* listCaseloadPractices(d, { ...span, sinceMs: nowMs - (PAIN_DAYS + 1) * DAY_MS }),
    lastLogs: yield* listLastLogs(d, span),
    visits: yield* listNextVisits(d, { ...span, fromMs: nowMs - VISIT_GRACE_MS }),
  };
}

type Facts = ReturnType<typeof readFacts> extends Body<infer T> ? T : never;
type Person = Facts['people'][number];

const worst = (values: readonly (number | null)[]): number | null => {
  const answered = values.filter((value) => value !== null);
  return answered.length === 0 ? null : Math.max(...answered);
};

/** The highest pain of each of the last ten days; null = not answered, a gap in the line. */
function painLine(facts: Facts, person: Person, today: string): (number | null)[] {
  return Array.from({ length: PAIN_DAYS }, (_, index) => {
    const day = addDays(today, index - PAIN_DAYS + 1);
    const logs = facts.logs
      .filter((log) => log.patientId === person.patientId && log.localOn === day)
      .map((log) => log.pain);
    const after = facts.practices
      .filter(
        (practice) => practice.patientId === person.patientId && localDay(practice.startedAt, person.timeZone) === day,
      )
      .map((practice) => practice.painAfter);
    return worst([...logs, ...after]);
  });
}

/** What became of each of the last seven days. */
function weekOf(facts: Facts, person: Person, today: string) {
  const versionIds = facts.versions
    .filter((version) => version.patientId === person.patientId)
    .map((version) => version.versionId);
  const own = facts.prescriptions.filter((row) => versionIds.includes(row.programVersionId));
  const logs = facts.logs.filter((log) => log.patientId === person.patientId).map((log) => ({ ...log, slot: null }));
  return Array.from({ length: WEEK_DAYS }, (_, index) => {
    const day = addDays(today, index - WEEK_DAYS + 1);
    return { day, state: dayState({ day, today, planned: plannedOn(own, day), logs }) };
  });
}

type Reader = { settings: ClinicSettings; nowMs: number };

/** What a card says of one person, with the reasons why somebody must look. */
function cardOf(facts: Facts, person: Person, { settings, nowMs }: Reader) {
  const { patientId, name, phone, timeZone, condition, side } = person;
  const isTheirs = (row: { patientId: string }) => row.patientId === patientId;
  const today = localDay(nowMs, timeZone);
  const pain = painLine(facts, person, today);
  const worstPain7Days = worst(pain.slice(-WEEK_DAYS));
  const lastLogAtMs = facts.lastLogs.find(isTheirs)?.at ?? null;
  const nextVisit = facts.visits.find(isTheirs) ?? null;
  const checkIn = facts.checkIns.find(isTheirs);
  const need = attention({
    facts: {
      patientId,
      openFlags: facts.flags
        .filter(isTheirs)
        .map((flag) => ({ severity: flag.severity, kind: flag.kind, raisedAtMs: flag.raisedAt })),
      waitingCheckIn: checkIn ? { dueAtMs: checkIn.dueAt } : null,
      lastLogAtMs,
      worstPain7Days,
      nextVisitAtMs: nextVisit?.startsAt ?? null,
      hasProgram: facts.versions.some(isTheirs),
      joined: person.userId !== null,
    },
    policy: settings.painPolicy,
    nowMs,
    noLogDays: settings.noLogDays,
  });
  const since = person.surgeryOn ?? person.injuryOn;
  return {
    ...need,
    name,
    phone,
    timeZone,
    condition,
    side,
    weeks: since ? Math.floor(daysBetween(since, today) / 7) : null,
    pain,
    worstPain7Days,
    week: weekOf(facts, person, today),
    nextVisit,
    lastLogAtMs,
  };
}

/** The clinician's own patients, those who need somebody first, each with the reasons in order. */
export function* readCaseload(
  d: Db,
  { nowMs }: UnitOfWork,
  { clinicId, userId }: { clinicId: string; userId: string },
): Body<ReturnType<typeof cardOf>[]> {
  const clinic = yield* findClinic(d, { clinicId });
  const settings = clinicSettingsSchema.parse(clinic?.settings);
  const patientIds = yield* listReachablePatientIds(d, { clinicId, userId, nowMs });
  if (patientIds.length === 0) return [];
  const facts = yield* readFacts(d, { clinicId, patientIds }, nowMs);
  // A person with two open episodes is there twice; the earlier one stands on the card.
  const seen = new Set<string>();
  const people = facts.people.filter(({ patientId }) => !seen.has(patientId) && seen.add(patientId));
  return people.map((person) => cardOf(facts, person, { settings, nowMs })).toSorted(compareByNeed);
}
