import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import type { Outbox } from '#client/device/outbox';
import type { PackPrescription } from '#domain/practice/day-pack';
import { judgePain } from '#domain/practice/judgement';
import { correctionOf, type Log, type LogSet, logFromPrescription, type SkipReason, SLIP } from '#domain/practice/log';
import type { PainAnswer } from '#domain/practice/pain-policy';
import { localDay } from '#domain/time/local-day';
import type { Day } from './day-pack';

export type Answers = {
  state: Log['state'];
  reason: SkipReason | null;
  pain: number | null;
  effort: number | null;
  comment: string;
  sets: LogSet[] | null;
};

type Performance = {
  prescription: PackPrescription;
  slot: number | null;
  source: Log['source'];
  startedAt: number;
  endedAt: number;
  painBefore: number | null;
  /** Made before, where something was said of it already. */
  logId?: string;
  /** The pain was said by "It hurts", with its flag and its stop: this log makes none of its own. */
  isSaid?: boolean;
};

export type Recorded = {
  opId: string;
  log: Log;
  /** When its sitting began: the usual pain is of before that. */
  startedAt: number;
  answer: PainAnswer;
  /** Resolves when it is on this device, not when it is sent; rejects where that cannot keep it. */
  stored: Promise<void>;
};

/** Puts a log in the queue; what its pain means by the clinic's policy is known at once. */
export function recordLog(
  outbox: Outbox,
  { pack, history }: Pick<Day, 'pack' | 'history'>,
  performance: Performance,
  answers: Answers,
): Recorded {
  const { prescription, slot, source, startedAt, endedAt, painBefore, logId = uuidv7(), isSaid = false } = performance;
  const { timeZone } = pack.patient;
  const practiceId = uuidv7();
  const made = logFromPrescription({
    id: logId,
    practiceId,
    prescription,
    performedAt: endedAt,
    performedTimeZone: timeZone,
    source,
  });
  const said = { pain: answers.pain, redFlags: [], prescriptionLimit: prescription.dose.painLimit, atMs: startedAt };
  const answer = judgePain(said, history);
  const log: Log = {
    ...made,
    state: answers.state,
    reason: answers.state === 'done' ? null : answers.reason,
    pain: answers.pain,
    comment: answers.comment === '' ? null : answers.comment,
    // Partly done without a number claims none.
    sets: answers.state === 'skipped' ? [] : (answers.sets ?? (answers.state === 'done' ? made.sets : [])),
    saidAt: deviceNow(),
    ...(isSaid ? {} : { shown: { zone: answer.zone, policyVersion: pack.painPolicy.version } }),
  };
  const practice = {
    id: practiceId,
    localOn: localDay(endedAt, timeZone),
    slot,
    startedAt,
    endedAt,
    painBefore,
    // It stands with the log alone, where it can be corrected.
    painAfter: null,
    effort: answers.effort,
    device: null,
  };
  const opId = uuidv7();
  const input = { opId, practice, logs: [log], clock: deviceClock() };
  // What was said by "It hurts" has left its screen; anything else stands in the sheet still.
  return { opId, log, startedAt, answer, stored: outbox.add('log', opId, input, { inForm: !isSaid }) };
}

/** It was a slip: the log stays, and one with the pain that was meant takes its place. */
export function takeBackPain(
  outbox: Outbox,
  { pack, history }: Pick<Day, 'pack' | 'history'>,
  { log, startedAt }: Pick<Recorded, 'log' | 'startedAt'>,
  { pain, prescriptionLimit }: { pain: number | null; prescriptionLimit: number | null },
): Recorded {
  const answer = judgePain({ pain, redFlags: [], prescriptionLimit, atMs: startedAt }, history);
  const shown = { zone: answer.zone, policyVersion: pack.painPolicy.version };
  const values = { pain, saidAt: deviceNow(), shown };
  const change = { id: uuidv7(), correctionReason: SLIP, source: log.source, values };
  const instead = correctionOf(log, change);
  const opId = uuidv7();
  return {
    opId,
    log: instead,
    startedAt,
    answer,
    stored: outbox.add('log', opId, { opId, practice: null, logs: [instead], clock: deviceClock() }),
  };
}
