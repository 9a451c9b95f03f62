import 'server-only';
import { type Body, type Db, together } from '#db/body';
import {
  listPrescribed,
  listRanked,
  listRankedCheckIns,
  listRankedFlags,
  listRankedVisits,
  listWorstPain,
} from '#db/queries/people/need-facts';
import { listAssessmentsDue } from '#db/queries/record/assessments';
import { type Reach, WIDE_FROM } from '#db/reach';
import type { ClinicSettings } from '#domain/clinic/settings';
import { groupBy } from '#domain/input/group';
import { type Attention, type AttentionFacts, attention, REASSESS_SOON_DAYS } from '#domain/people/attention';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { addDays, daysBetween, type LocalDay, localDay } from '#domain/time/local-day';

/** Days over which the worst pain counts, today among them. */
export const WEEK_DAYS = 7;
/** The first instant of a day anywhere: it begins fourteen hours before it begins in UTC. */
const beginOf = (day: LocalDay) => Date.parse(`${day}T00:00:00Z`) - 14 * HOUR_MS;
/** A visit that began a little while ago is still the next one. */
export const VISIT_GRACE_MS = HOUR_MS;

/** A patient of the caseload with the reasons why somebody must look. */
export type Ranked = Attention & { name: string; timeZone: string; lastLogAtMs: number | null };

type Asked = { settings: ClinicSettings; atMs: number };
type Dated = { patientId: string; at: number | null };
type Person = ReturnType<typeof listRanked> extends Body<(infer T)[]> ? T : never;

const byPatient = (rows: readonly Dated[]) => new Map(rows.map(({ patientId, at }) => [patientId, at]));

/** The time zones of these people by the day that it is there: one group, or two around a midnight. */
function zonesByDay(people: readonly Person[], atMs: number): Map<LocalDay, string[]> {
  const groups = new Map<LocalDay, string[]>();
  for (const timeZone of new Set(people.map((person) => person.timeZone))) {
    const today = localDay(atMs, timeZone);
    groups.set(today, [...(groups.get(today) ?? []), timeZone]);
  }
  return groups;
}

/** The worst pain of each patient over the last days, where it is a reason to look. */
function* readPain(d: Db, reach: Reach, people: readonly Person[], { settings, atMs }: Asked) {
  const worst = new Map<string, number>();
  const zones = zonesByDay(people, atMs);
  for (const [today, timeZones] of zones) {
    const fromOn = addDays(today, 1 - WEEK_DAYS);
    const rows = yield* listWorstPain(d, {
      ...reach,
      from: settings.painPolicy.amberFrom,
      sinceMs: beginOf(fromOn),
      fromOn,
      timeZones: zones.size === 1 ? null : timeZones,
    });
    for (const { patientId, pain } of rows)
      if (pain !== null) worst.set(patientId, Math.max(pain, worst.get(patientId) ?? 0));
  }
  return worst;
}

function* readFacts(d: Db, own: Reach, asked: Asked) {
  const [people, prescribed] = yield* together(listRanked(d, own), listPrescribed(d, own));
  const reach = { ...own, isWide: people.length >= WIDE_FROM };
  const [flags, checkIns, visits, pain, assessed] = yield* together(
    listRankedFlags(d, reach),
    listRankedCheckIns(d, reach),
    listRankedVisits(d, { ...reach, fromMs: asked.atMs - VISIT_GRACE_MS }),
    readPain(d, reach, people, asked),
    listAssessmentsDue(d, { ...reach, untilOn: dayAhead(asked.atMs) }),
  );
  return {
    people,
    flags: groupBy(flags, ({ patientId }) => patientId),
    checkIns: byPatient(checkIns),
    visits: byPatient(visits),
    prescribed: new Set(prescribed.map(({ patientId }) => patientId)),
    pain,
    assessed: new Map(assessed.map(({ patientId, dueOn }) => [patientId, dueOn])),
  };
}

type Facts = ReturnType<typeof readFacts> extends Body<infer T> ? T : never;

/** The latest day that may be soon anywhere. */
const dayAhead = (atMs: number): LocalDay => localDay(atMs + (REASSESS_SOON_DAYS + 1) * DAY_MS, 'UTC');

function factsOf(facts: Facts, { patientId, userId, lastLogAtMs, timeZone }: Person, atMs: number): AttentionFacts {
  const dueOn = facts.assessed.get(patientId) ?? null;
  const dueAtMs = facts.checkIns.get(patientId) ?? null;
  return {
    patientId,
    openFlags: facts.flags.get(patientId) ?? [],
    waitingCheckIn: dueAtMs === null ? null : { dueAtMs },
    lastLogAtMs,
    worstPain7Days: facts.pain.get(patientId) ?? null,
    nextVisitAtMs: facts.visits.get(patientId) ?? null,
    reassessInDays: dueOn === null ? null : daysBetween(localDay(atMs, timeZone), dueOn),
    hasProgram: facts.prescribed.has(patientId),
    joined: userId !== null,
  };
}

/** Everybody on the caseload with their reasons, in no order: a few small rows each, however long their records are. */
export function* rankCaseload(d: Db, reach: Reach, asked: Asked): Body<Ranked[]> {
  const { settings, atMs } = asked;
  const facts = yield* readFacts(d, reach, asked);
  const { painPolicy: policy, noLogDays } = settings;
  return facts.people.map((person) => {
    const { patientId, name, timeZone, lastLogAtMs } = person;
    const { urgency, reasons } = attention({ facts: factsOf(facts, person, atMs), policy, nowMs: atMs, noLogDays });
    return { patientId, urgency, reasons, name, timeZone, lastLogAtMs };
  });
}
