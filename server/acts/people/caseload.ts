import 'server-only';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import {
  listCaseloadLogs,
  listCaseloadPeople,
  listCaseloadPractices,
  listNextVisits,
  listPublishedVersions,
} from '#db/queries/people/caseload';
import { listPrescriptions } from '#db/queries/program/programs';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import type { Attention, AttentionRule } from '#domain/people/attention';
import { type CaseloadCursor, type CaseloadQuery, pageByNeed } from '#domain/people/caseload';
import { dayState, plannedOn } from '#domain/program/schedule';
import { DAY_MS } from '#domain/time/duration';
import { addDays, daysBetween, type LocalDay, localDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type Ranked, rankCaseload, VISIT_GRACE_MS, WEEK_DAYS } from './ranking';

const PAGE = 25;
const PAIN_DAYS = 10;
/** Reaches the first of those days in every time zone. */
const PAIN_REACH_MS = (PAIN_DAYS + 2) * DAY_MS;

function* readDetails(d: Db, clinicId: string, people: readonly Ranked[], atMs: number) {
  const span = { clinicId, patientIds: people.map(({ patientId }) => patientId) };
  const versions = yield* listPublishedVersions(d, span);
  const sinceMs = atMs - PAIN_REACH_MS;
  return {
    versions,
    prescriptions: yield* listPrescriptions(d, { versionIds: versions.map((version) => version.versionId) }),
    people: yield* listCaseloadPeople(d, span),
    logs: yield* listCaseloadLogs(d, { ...span, sinceMs }),
    practices: yield* listCaseloadPractices(d, { ...span, sinceMs }),
    visits: yield* listNextVisits(d, { ...span, fromMs: atMs - VISIT_GRACE_MS }),
  };
}

type Details = ReturnType<typeof readDetails> extends Body<infer T> ? T : never;

const worst = (values: readonly (number | null)[]): number | null => {
  const answered = values.filter((value) => value !== null);
  return answered.length === 0 ? null : Math.max(...answered);
};

type Person = { patientId: string; today: LocalDay };
const of = <R extends { patientId: string }>(rows: readonly R[], { patientId }: Person) =>
  rows.filter((row) => row.patientId === patientId);

/** The highest pain of each of the last ten days; null = not answered, a gap in the line. */
function painLine(details: Details, person: Person): (number | null)[] {
  const logs = of(details.logs, person);
  const practices = of(details.practices, person);
  return Array.from({ length: PAIN_DAYS }, (_, index) => {
    const day = addDays(person.today, index - PAIN_DAYS + 1);
    const ofDay = (row: { localOn: LocalDay }) => row.localOn === day;
    return worst([
      ...logs.filter(ofDay).map(({ pain }) => pain),
      ...practices.filter(ofDay).map(({ painAfter }) => painAfter),
    ]);
  });
}

/** What became of each of the last seven days. */
function weekOf(details: Details, person: Person) {
  const { today } = person;
  const versionIds = new Set(of(details.versions, person).map((version) => version.versionId));
  const own = details.prescriptions.filter((row) => versionIds.has(row.programVersionId));
  const logs = of(details.logs, person).map((log) => ({ ...log, slot: null }));
  return Array.from({ length: WEEK_DAYS }, (_, index) => {
    const day = addDays(today, index - WEEK_DAYS + 1);
    return { day, state: dayState({ day, today, planned: plannedOn(own, day), logs }) };
  });
}

/** What a card says of one person, with the reasons why somebody must look. */
function cardOf(details: Details, ranked: Ranked, atMs: number) {
  const { timeZone, patientId } = ranked;
  const person = { patientId, today: localDay(atMs, timeZone) };
  // Of two open hand problems the earlier one stands on the card.
  const shown = of(details.people, person)[0];
  const pain = painLine(details, person);
  const since = shown?.surgeryOn ?? shown?.injuryOn;
  return {
    ...ranked,
    phone: shown?.phone ?? null,
    condition: shown?.condition ?? '',
    side: shown?.side ?? ('both' as const),
    weeks: since ? Math.floor(daysBetween(since, person.today) / 7) : null,
    pain,
    worstPain7Days: worst(pain.slice(-WEEK_DAYS)),
    week: weekOf(details, person),
    nextVisit: of(details.visits, person)[0] ?? null,
  };
}

type Counts = {
  all: number;
  urgency: Record<Attention['urgency'], number>;
  rules: Partial<Record<AttentionRule, number>>;
};

/** How many need somebody, and for which first reason. */
function countNeeds(people: readonly Attention[]): Counts {
  const counts: Counts = { all: people.length, urgency: { red_flag: 0, look_today: 0, due: 0, fine: 0 }, rules: {} };
  for (const { urgency, reasons } of people) {
    const { rule } = reasons[0];
    counts.urgency[urgency] += 1;
    counts.rules[rule] = (counts.rules[rule] ?? 0) + 1;
  }
  return counts;
}

type Asked = { clinicId: string; userId: string; query: CaseloadQuery };

type CaseloadPage = {
  rows: ReturnType<typeof cardOf>[];
  /** Of the whole caseload, whatever was searched for. */
  counts: Counts;
  /** How many the search finds. */
  found: number;
  nextCursor: CaseloadCursor | null;
};

/** The clinician's own patients in pages, those who need somebody first, each with the reasons in order. */
export function* readCaseload(d: Db, { nowMs }: UnitOfWork, { clinicId, userId, query }: Asked): Body<CaseloadPage> {
  const clinic = yield* findClinic(d, { clinicId });
  const settings = clinicSettingsSchema.parse(clinic?.settings);
  const cursor = query.cursor ?? null;
  const atMs = cursor?.atMs ?? nowMs;
  const people = yield* rankCaseload(d, { clinicId, userId, nowMs }, { settings, atMs });
  const wanted = query.search.toLocaleLowerCase();
  const found = wanted === '' ? people : people.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const { page, nextCursor } = pageByNeed(found, { atMs, cursor, limit: PAGE });
  const details = yield* readDetails(d, clinicId, page, atMs);
  return {
    rows: page.map((ranked) => cardOf(details, ranked, atMs)),
    counts: countNeeds(people),
    found: found.length,
    nextCursor,
  };
}
