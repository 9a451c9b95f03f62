import 'server-only';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { listReachablePatientIds } from '#db/queries/people/access';
import {
  countQueue,
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
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { attention, compareByNeed } from '#domain/people/attention';
import { dayState, plannedOn } from '#domain/program/schedule';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { addDays, daysBetween, localDay } from '#domain/time/local-day';
import { procedure, router } from '#server/routers/trpc';

const PAIN_DAYS = 10;
const WEEK_DAYS = 7;
/** A visit that began a little while ago is still the next one. */
const VISIT_GRACE_MS = HOUR_MS;

type Span = { clinicId: string; patientIds: readonly string[] };

function* readFacts(d: Db, span: Span, nowMs: number) {
  return {
    people: yield* listCaseloadPeople(d, span),
    flags: yield* listCaseloadFlags(d, span),
    checkIns: yield* listWaitingCheckIns(d, span),
    logs: yield* listCaseloadLogs(d, { ...span, sinceMs: nowMs - (PAIN_DAYS + 1) * DAY_MS }),
    practices: yield* listCaseloadPractices(d, { ...span, sinceMs: nowMs - (PAIN_DAYS + 1) * DAY_MS }),
    lastLogs: yield* listLastLogs(d, span),
    visits: yield* listNextVisits(d, { ...span, fromMs: nowMs - VISIT_GRACE_MS }),
    versions: yield* listPublishedVersions(d, span),
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

function weekOf(
  facts: Facts,
  person: Person,
  today: string,
  prescriptions: ReturnType<typeof listPrescriptions> extends Body<infer T> ? T : never,
) {
  const versionIds = facts.versions
    .filter((version) => version.patientId === person.patientId)
    .map((version) => version.versionId);
  const own = prescriptions.filter((row) => versionIds.includes(row.programVersionId));
  const logs = facts.logs.filter((log) => log.patientId === person.patientId).map((log) => ({ ...log, slot: null }));
  return Array.from({ length: WEEK_DAYS }, (_, index) => {
    const day = addDays(today, index - WEEK_DAYS + 1);
    return { day, state: dayState({ day, today, planned: plannedOn(own, day), logs }) };
  });
}

export const caseloadRouter = router({
  /** The clinician's own patients, those who need somebody first, each with the reasons in order. */
  mine: procedure('patient.list').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      const { clinicId, userId } = ctx.actor;
      const { nowMs } = act;
      const clinic = yield* findClinic(d, { clinicId });
      const settings = clinicSettingsSchema.parse(clinic?.settings);
      const patientIds = yield* listReachablePatientIds(d, { clinicId, userId, nowMs });
      if (patientIds.length === 0) return [];
      const facts = yield* readFacts(d, { clinicId, patientIds }, nowMs);
      const prescriptions = yield* listPrescriptions(d, {
        versionIds: facts.versions.map((version) => version.versionId),
      });
      const seen = new Set<string>();
      const rows = facts.people.flatMap((person) => {
        if (seen.has(person.patientId)) return [];
        seen.add(person.patientId);
        const today = localDay(nowMs, person.timeZone);
        const pain = painLine(facts, person, today);
        const worstPain7Days = worst(pain.slice(-WEEK_DAYS));
        const lastLogAtMs = facts.lastLogs.find((log) => log.patientId === person.patientId)?.at ?? null;
        const nextVisit = facts.visits.find((visit) => visit.patientId === person.patientId) ?? null;
        const checkIn = facts.checkIns.find((one) => one.patientId === person.patientId) ?? null;
        const need = attention({
          facts: {
            patientId: person.patientId,
            openFlags: facts.flags
              .filter((flag) => flag.patientId === person.patientId)
              .map((flag) => ({ severity: flag.severity, kind: flag.kind, raisedAtMs: flag.raisedAt })),
            waitingCheckIn: checkIn ? { dueAtMs: checkIn.dueAt } : null,
            lastLogAtMs,
            worstPain7Days,
            nextVisitAtMs: nextVisit?.startsAt ?? null,
            hasProgram: facts.versions.some((version) => version.patientId === person.patientId),
            joined: person.userId !== null,
          },
          policy: settings.painPolicy,
          nowMs,
          noLogDays: settings.noLogDays,
        });
        const since = person.surgeryOn ?? person.injuryOn;
        return [
          {
            ...need,
            name: person.name,
            phone: person.phone,
            timeZone: person.timeZone,
            condition: person.condition,
            side: person.side,
            weeks: since ? Math.floor(daysBetween(since, today) / 7) : null,
            pain,
            worstPain7Days,
            week: weekOf(facts, person, today, prescriptions),
            nextVisit,
            lastLogAtMs,
          },
        ];
      });
      return rows.toSorted(compareByNeed);
    }),
  ),

  /** The number beside "Review" in the bar. */
  counts: procedure('patient.list').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      const { clinicId, userId } = ctx.actor;
      return yield* countQueue(d, { clinicId, userId, nowMs: act.nowMs });
    }),
  ),
});
