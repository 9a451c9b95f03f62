import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { logFromPrescription } from '#domain/practice/log';
import { DEFAULT_PAIN_POLICY } from '#domain/practice/pain-policy';
import { slotsOn } from '#domain/program/schedule';
import { MINUTE_MS } from '#domain/time/duration';
import { addDays, daysBetween, type LocalDay, localDay, localMinutes } from '#domain/time/local-day';
import { type Body, type Db, q } from '../body';
import { logSets, logs, practices } from '../schema/logs';
import type { MadePrescription, MadeProgram } from './program';

/** Numbers in [0,1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type LogSpec = {
  clinicId: string;
  patientId: string;
  userId: string;
  program: MadeProgram;
  timeZone: string;
  /** The days that are filled: from so many days ago until so many days ago. */
  fromDaysAgo: number;
  untilDaysAgo: number;
  nowMs: number;
  /** Nothing is logged from this instant on; null = until now. */
  endsAt?: number | null;
  /** Share of the sittings that are done, 0 to 1. */
  adherence: number;
  /** Pain at the first and the last day; what lies between wavers around the line. */
  painFrom: number;
  painTo: number;
  random: () => number;
};

/** The first sitting of a day that has no times of its own, and the span over which the others are spread. */
const MORNING_MINUTE = 8 * 60;
const DAYTIME_MINUTES = 12 * 60;

/** Red pain is a flag and an act, so it is never made by chance: a story that has it asks for it by `makeSitting`. */
const HIGHEST_BY_CHANCE = DEFAULT_PAIN_POLICY.redFrom - 1;

const whole = (pain: number, highest: number) => Math.min(highest, Math.max(0, Math.round(pain)));

/** The instant at which the wall clock there shows this minute of this day. */
export function instantOf(day: LocalDay, minute: number, timeZone: string): number {
  const guess = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const shown = daysBetween(day, localDay(guess, timeZone)) * 1440 + localMinutes(guess, timeZone);
  return guess - (shown - minute) * MINUTE_MS;
}

type Sitting = {
  prescription: MadePrescription;
  slot: number;
  performedAt: number;
  /** Null = not answered. */
  pain: number | null;
};

type Person = Pick<LogSpec, 'clinicId' | 'patientId' | 'userId' | 'timeZone' | 'random'>;

/** One sitting of one prescription, as a person would have logged it: the rows, not yet stored. */
function sittingOf(
  { clinicId, patientId, userId, timeZone, random }: Person,
  { prescription, slot, performedAt, pain }: Sitting,
) {
  const practiceId = uuidv7();
  const owned = { clinicId, patientId, localOn: localDay(performedAt, timeZone), receivedAt: performedAt + 2000 };
  const practice = {
    ...owned,
    id: practiceId,
    slot,
    startedAt: performedAt - 4 * MINUTE_MS,
    endedAt: performedAt,
    painBefore: pain === null ? null : whole(pain - 1, HIGHEST_BY_CHANCE),
    // Said once, with its only log, where it can be corrected.
    painAfter: null,
    effort: random() < 0.4 ? 2 + Math.round(random() * 3) : null,
  };
  const made = logFromPrescription({
    id: uuidv7(),
    practiceId,
    prescription,
    performedAt,
    performedTimeZone: timeZone,
    source: random() < 0.5 ? 'player' : 'quick',
  });
  const partly = random() < 0.12;
  const { sets, ...row } = made;
  const log = { ...row, ...owned, pain, enteredBy: userId, isCurrent: true };
  return {
    practice,
    log: partly ? { ...log, state: 'partial' as const, reason: 'tired' as const } : log,
    sets: sets.map((set, index) => ({
      ...set,
      reps: partly ? Math.max(1, Math.floor((set.reps ?? 2) / 2)) : set.reps,
      logId: made.id,
      setNumber: index + 1,
    })),
  };
}

/** Rows of one statement; both engines bound the number of values in one. */
const CHUNK = 300;

/** Months of sittings in few statements: one by one they would take a seed many seconds. */
function* insertSittings(d: Db, sittings: readonly ReturnType<typeof sittingOf>[]): Body<void> {
  for (let start = 0; start < sittings.length; start += CHUNK) {
    const some = sittings.slice(start, start + CHUNK);
    yield* q(d.insert(practices).values(some.map((one) => one.practice)));
    yield* q(d.insert(logs).values(some.map((one) => one.log)));
    const sets = some.flatMap((one) => one.sets);
    if (sets.length > 0) yield* q(d.insert(logSets).values(sets));
  }
}

/** One sitting at that instant. Returns the log's id. */
export function* makeSitting(d: Db, person: Person, sitting: Sitting): Body<string> {
  const made = sittingOf(person, sitting);
  yield* insertSittings(d, [made]);
  return made.log.id;
}

/** Weeks of logs as a person leaves them: most sittings, some partly, some not at all, pain on its way; none to come. */
export function* makeLogs(d: Db, spec: LogSpec): Body<void> {
  const { nowMs, endsAt = null, timeZone, fromDaysAgo, untilDaysAgo, adherence, painFrom, painTo, random } = spec;
  const today = localDay(nowMs, timeZone);
  const made: ReturnType<typeof sittingOf>[] = [];
  for (let ago = fromDaysAgo; ago >= untilDaysAgo; ago--) {
    const day = addDays(today, -ago);
    const share = fromDaysAgo === untilDaysAgo ? 1 : (fromDaysAgo - ago) / (fromDaysAgo - untilDaysAgo);
    for (const [place, prescription] of spec.program.prescriptions.entries()) {
      const slots = slotsOn(prescription.dose.schedule, day);
      const highest = Math.min(HIGHEST_BY_CHANCE, prescription.painLimit ?? HIGHEST_BY_CHANCE);
      for (const { slot, dueMinute } of slots) {
        if (random() > adherence) continue;
        const usual = dueMinute ?? MORNING_MINUTE + Math.floor(((slot - 1) * DAYTIME_MINUTES) / slots.length);
        const performedAt = instantOf(day, usual + place * 6 + Math.floor(random() * 40), timeZone);
        const wavering = painFrom + (painTo - painFrom) * share + (random() - 0.5) * 2;
        const pain = random() < 0.9 ? whole(wavering, highest) : null;
        if (performedAt < Math.min(nowMs, endsAt ?? nowMs))
          made.push(sittingOf(spec, { prescription, slot, performedAt, pain }));
      }
    }
  }
  yield* insertSittings(d, made);
}
