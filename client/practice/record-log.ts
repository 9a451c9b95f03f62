import { v7 as uuidv7 } from 'uuid';
import type { Outbox } from '#client/device/outbox';
import type { DayPack, PackPrescription } from '#domain/practice/day-pack';
import { type Log, type LogSet, logFromPrescription, type SkipReason } from '#domain/practice/log';
import { type PainAnswer, painZone } from '#domain/practice/pain-policy';
import { localDay } from '#domain/time/local-day';

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
};

/** Resolves when it is stored on this device, not when it is sent, with what the pain means by the clinic's policy. */
export async function recordLog(
  outbox: Outbox,
  pack: DayPack,
  performance: Performance,
  answers: Answers,
): Promise<PainAnswer> {
  const { prescription, slot, source, startedAt, endedAt, painBefore } = performance;
  const { timeZone } = pack.patient;
  const practiceId = uuidv7();
  const made = logFromPrescription({
    id: uuidv7(),
    practiceId,
    prescription,
    performedAt: endedAt,
    performedTimeZone: timeZone,
    source,
  });
  const log: Log = {
    ...made,
    state: answers.state,
    reason: answers.state === 'done' ? null : answers.reason,
    pain: answers.pain,
    comment: answers.comment === '' ? null : answers.comment,
    sets: answers.state === 'skipped' ? [] : (answers.sets ?? made.sets),
  };
  const practice = {
    id: practiceId,
    localOn: localDay(endedAt, timeZone),
    slot,
    startedAt,
    endedAt,
    painBefore,
    painAfter: answers.pain,
    effort: answers.effort,
    device: null,
  };
  const opId = uuidv7();
  await outbox.add('log', opId, { opId, practice, logs: [log] });
  return painZone({
    pain: answers.pain,
    baseline: pack.baselinePain,
    redFlags: [],
    prescriptionLimit: prescription.dose.painLimit,
    policy: pack.painPolicy,
  });
}
