import 'server-only';
import { type Body, type Db, together } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import {
  listCaseloadLogs,
  listCaseloadPeople,
  listCaseloadPractices,
  listNextVisits,
} from '#db/queries/people/caseload';
import { listInForceSince } from '#db/queries/program/in-force';
import { listPrescriptions } from '#db/queries/program/programs';
import { reachOf } from '#db/reach';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { finderOf } from '#domain/input/folded';
import { groupBy } from '#domain/input/group';
import type { Attention, AttentionRule } from '#domain/people/attention';
import { type CaseloadCursor, type CaseloadQuery, pageByNeed } from '#domain/people/caseload';
import { plannedThen } from '#domain/program/in-force';
import { dayState } from '#domain/program/schedule';
import { DAY_MS } from '#domain/time/duration';
import { addDays, daysBetween, type LocalDay, localDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type Ranked, rankCaseload, VISIT_GRACE_MS, WEEK_DAYS } from './ranking';

const PAGE = 25;
const PAIN_DAYS = 10;
/** Reaches the first of those days in every time zone. */
const PAIN_REACH_MS = (PAIN_DAYS + 2) * DAY_MS;

function* readDetails(d: Db, clinicId: string, shown: readonly Ranked[], atMs: number) {
  const span = { clinicId, patientIds: shown.map(({ patientId }) => patientId) };
  const sinceMs = atMs - PAIN_REACH_MS;
  const [{ versions, prescriptions }, people, logs, practices, visits] = yield* together(
    readPrescribed(d, { ...span, atMs }),
    listCaseloadPeople(d, span),
    listCaseloadLogs(d, { ...span, sinceMs }),
    listCaseloadPractices(d, { ...span, sinceMs }),
    listNextVisits(d, { ...span, fromMs: atMs - VISIT_GRACE_MS }),
  );
  return { versions, prescriptions, people, logs, practices, visits };
}

/** What was in force on the days of the week, wherever the patients live. */
function* readPrescribed(d: Db, span: { clinicId: string; patientIds: readonly string[]; atMs: number }) {
  const sinceOn = localDay(span.atMs - (WEEK_DAYS + 2) * DAY_MS, 'UTC');
  const versions = yield* listInForceSince(d, { ...span, sinceOn });
  const versionIds = versions.map((version) => version.versionId);
  return { versions, prescriptions: yield* listPrescriptions(d, { versionIds }) };
}

type Details = ReturnType<typeof readDetails> extends Body<infer T> ? T : never;

const worst = (values: readonly (number | null)[]): number | null => {
  const answered = values.filter((value) => value !== null);
  return answered.length === 0 ? null : Math.max(...answered);
};

/** Rows by patient, once for the page: its cards then read their own alone. */
function byPatient(details: Details) {
  return {
    people: groupBy(details.people, ({ patientId }) => patientId),
    logs: groupBy(details.logs, ({ patientId }) => patientId),
    practices: groupBy(details.practices, ({ patientId }) => patientId),
    visits: groupBy(details.visits, ({ patientId }) => patientId),
    versions: groupBy(details.versions, ({ patientId }) => patientId),
    prescriptions: groupBy(details.prescriptions, ({ programVersionId }) => programVersionId),
  };
}

type Cards = ReturnType<typeof byPatient>;

/** The days up to one, which is the last. */
const daysUpTo = (today: LocalDay, count: number) =>
  Array.from({ length: count }, (_, index) => addDays(today, index - count + 1));

/** The highest pain of each of the last ten days; null = not answered, a gap in the line. */
function painLine(cards: Cards, patientId: string, today: LocalDay): (number | null)[] {
  const said = [
    ...(cards.logs.get(patientId) ?? []).map(({ localOn, pain }) => ({ localOn, pain })),
    ...(cards.practices.get(patientId) ?? []).map(({ localOn, painAfter }) => ({ localOn, pain: painAfter })),
  ];
  const ofDay = groupBy(said, ({ localOn }) => localOn);
  return daysUpTo(today, PAIN_DAYS).map((day) => worst((ofDay.get(day) ?? []).map(({ pain }) => pain)));
}

/** What became of each of the last seven days, by what was prescribed on it. */
function weekOf(cards: Cards, patientId: string, today: LocalDay) {
  const versions = (cards.versions.get(patientId) ?? []).map((version) => ({
    ...version,
    prescriptions: cards.prescriptions.get(version.versionId) ?? [],
  }));
  const logs = groupBy(cards.logs.get(patientId) ?? [], ({ localOn }) => localOn);
  return daysUpTo(today, WEEK_DAYS).map((day) => {
    return { day, state: dayState({ day, today, planned: plannedThen(versions, day), logs: logs.get(day) ?? [] }) };
  });
}

/** What a card says of one person, with the reasons why somebody must look. */
function cardOf(cards: Cards, ranked: Ranked, atMs: number) {
  const { timeZone, patientId } = ranked;
  const today = localDay(atMs, timeZone);
  // Of two open hand problems the earlier one stands on the card.
  const shown = cards.people.get(patientId)?.[0];
  const pain = painLine(cards, patientId, today);
  const since = shown?.surgeryOn ?? shown?.injuryOn;
  return {
    ...ranked,
    phone: shown?.phone ?? null,
    condition: shown?.condition ?? '',
    side: shown?.side ?? ('both' as const),
    weeks: since ? Math.floor(daysBetween(since, today) / 7) : null,
    pain,
    worstPain7Days: worst(pain.slice(-WEEK_DAYS)),
    week: weekOf(cards, patientId, today),
    nextVisit: cards.visits.get(patientId)?.[0] ?? null,
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
  const [clinic, reach] = yield* together(findClinic(d, { clinicId }), reachOf(d, { clinicId, userId, nowMs }));
  const settings = clinicSettingsSchema.parse(clinic?.settings);
  const cursor = query.cursor ?? null;
  const atMs = cursor?.atMs ?? nowMs;
  const people = yield* rankCaseload(d, reach, { settings, atMs });
  const isFound = finderOf(query.search);
  const found = people.filter(({ name }) => isFound(name));
  const { page, nextCursor } = pageByNeed(found, { atMs, cursor, limit: PAGE });
  const cards = byPatient(yield* readDetails(d, clinicId, page, atMs));
  return {
    rows: page.map((ranked) => cardOf(cards, ranked, atMs)),
    counts: countNeeds(people),
    found: found.length,
    nextCursor,
  };
}
