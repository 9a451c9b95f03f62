import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { addDays, localDay } from '#domain/local-day';
import { type Log, logFromPrescription } from '#domain/log';
import { slotsOn } from '#domain/schedule';
import type { Body, Db } from '../body';
import { insertLog, insertPractice } from '../queries/logs';
import type { MadeProgram } from './program';

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

const HOUR_MS = 3_600_000;
const clamp = (pain: number) => Math.min(10, Math.max(0, Math.round(pain)));

/** One sitting of one prescription on a day, as a person would have logged it. */
function* makeSitting(
  d: Db,
  spec: LogSpec,
  prescription: MadeProgram['prescriptions'][number],
  slot: number,
  performedAt: number,
  pain: number,
): Body<void> {
  const { clinicId, patientId, userId, program, timeZone, random } = spec;
  const practiceId = uuidv7();
  const localOn = localDay(performedAt, timeZone);
  const answered = random() < 0.9 ? pain : null;
  yield* insertPractice(d, {
    id: practiceId,
    clinicId,
    patientId,
    localOn,
    slot,
    startedAt: performedAt - 4 * 60_000,
    endedAt: performedAt,
    painBefore: answered === null ? null : clamp(pain - 1),
    painAfter: answered,
    effort: random() < 0.4 ? 2 + Math.round(random() * 3) : null,
    receivedAt: performedAt + 2000,
  });
  const made = logFromPrescription({
    id: uuidv7(),
    practiceId,
    prescription: { ...prescription, programVersionId: program.versionId },
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
      pain: answered,
      receivedAt: performedAt + 2000,
      enteredBy: userId,
      isCurrent: true,
    },
    sets.map((set, index) => ({ ...set, setNumber: index + 1 })),
  );
}

/** Weeks of logs as a person leaves them: most sittings, some partly, some not at all, pain on its way. */
export function* makeLogs(d: Db, spec: LogSpec): Body<void> {
  const { nowMs, timeZone, fromDaysAgo, untilDaysAgo, adherence, painFrom, painTo, random } = spec;
  const today = localDay(nowMs, timeZone);
  for (let ago = fromDaysAgo; ago >= untilDaysAgo; ago--) {
    const day = addDays(today, -ago);
    const share = fromDaysAgo === untilDaysAgo ? 1 : (fromDaysAgo - ago) / (fromDaysAgo - untilDaysAgo);
    for (const prescription of spec.program.prescriptions) {
      for (const { slot } of slotsOn(prescription.dose.schedule, day)) {
        if (random() > adherence) continue;
        const performedAt = nowMs - ago * 24 * HOUR_MS - (11 - slot * 3) * HOUR_MS - Math.round(random() * 40) * 60_000;
        const pain = clamp(painFrom + (painTo - painFrom) * share + (random() - 0.5) * 2);
        yield* makeSitting(d, spec, prescription, slot, performedAt, pain);
      }
    }
  }
}
