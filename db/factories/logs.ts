import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { addDays, daysBetween, type LocalDay, localDay, localMinutes } from '#domain/local-day';
import { type Log, logFromPrescription } from '#domain/log';
import { DEFAULT_PAIN_POLICY } from '#domain/pain-policy';
import { slotsOn } from '#domain/schedule';
import type { Body, Db } from '../body';
import { insertLog, insertPractice } from '../queries/logs';
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
  /** Share of the sittings that are done, 0 to 1. */
  adherence: number;
  /** Pain at the first and the last day; what lies between wavers around the line. */
  painFrom: number;
  painTo: number;
  random: () => number;
};

const MINUTE_MS = 60_000;
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

/** One sitting of one prescription on a day, as a person would have logged it. Returns the log's id. */
export function* makeSitting(
  d: Db,
  spec: Pick<LogSpec, 'clinicId' | 'patientId' | 'userId' | 'timeZone' | 'random'>,
  { prescription, slot, performedAt, pain }: Sitting,
): Body<string> {
  const { clinicId, patientId, userId, timeZone, random } = spec;
  const practiceId = uuidv7();
  const localOn = localDay(performedAt, timeZone);
  yield* insertPractice(d, {
    id: practiceId,
    clinicId,
    patientId,
    localOn,
    slot,
    startedAt: performedAt - 4 * 60_000,
    endedAt: performedAt,
    painBefore: pain === null ? null : whole(pain - 1, HIGHEST_BY_CHANCE),
    painAfter: pain,
    effort: random() < 0.4 ? 2 + Math.round(random() * 3) : null,
    receivedAt: performedAt + 2000,
  });
  const made = logFromPrescription({
    id: uuidv7(),
    practiceId,
    prescription,
    performedAt,
    performedTimeZone: timeZone,
    source: random() < 0.5 ? 'player' : 'quick',
  });
  const partial = random() < 0.12;
  const log: Log = partial
    ? {
        ...made,
        state: 'partial',
        reason: 'tired',
        sets: made.sets.map((set) => ({ ...set, reps: Math.max(1, Math.floor((set.reps ?? 2) / 2)) })),
      }
    : made;
  const { sets, ...row } = log;
  yield* insertLog(
    d,
    {
      ...row,
      clinicId,
      patientId,
      localOn,
      pain,
      receivedAt: performedAt + 2000,
      enteredBy: userId,
      isCurrent: true,
    },
    sets.map((set, index) => ({ ...set, setNumber: index + 1 })),
  );
  return log.id;
}

/** Weeks of logs as a person leaves them: most sittings, some partly, some not at all, pain on its way; none to come. */
export function* makeLogs(d: Db, spec: LogSpec): Body<void> {
  const { nowMs, timeZone, fromDaysAgo, untilDaysAgo, adherence, painFrom, painTo, random } = spec;
  const today = localDay(nowMs, timeZone);
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
        if (performedAt < nowMs) yield* makeSitting(d, spec, { prescription, slot, performedAt, pain });
      }
    }
  }
}
