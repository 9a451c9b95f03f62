import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import type { Outbox } from '#client/device/outbox';
import { judgePain } from '#domain/practice/judgement';
import type { PainAnswer, RedFlag } from '#domain/practice/pain-policy';
import type { AmendSymptoms, SaySymptoms } from '#domain/practice/symptom-check';
import type { Day } from './day-pack';

type Where = Pick<SaySymptoms, 'occasion' | 'place' | 'subjectId' | 'lineageId'>;
type What = { pain: number | null; redFlags: readonly RedFlag[] | null };
type Judging = Pick<Day, 'pack' | 'history'>;

/** What an answer means here; `lineageId` null = no exercise's own limit. */
export function meaningOf(
  { pack, history }: Judging,
  lineageId: string | null,
  { pain, redFlags }: What,
  atMs: number,
): PainAnswer {
  const prescription = pack.prescriptions.find((one) => one.lineageId === lineageId);
  return judgePain(
    { pain, redFlags: redFlags ?? [], prescriptionLimit: prescription?.dose.painLimit ?? null, atMs },
    history,
  );
}

export type SaidSymptoms = {
  opId: string;
  checkId: string;
  saidAt: number;
  answer: PainAnswer;
  /** Resolves when it is on this device; rejects where that cannot keep it. */
  stored: Promise<void>;
};

/** Says pain or symptoms outside of a log: what it means is known at once, before anything is stored. */
export function saySymptoms(outbox: Outbox, day: Judging, where: Where, what: What): SaidSymptoms {
  const [opId, checkId, saidAt] = [uuidv7(), uuidv7(), deviceNow()];
  const answer = meaningOf(day, where.lineageId, what, saidAt);
  const zone = where.occasion === 'it_hurts' && answer.zone !== 'urgent' ? ('red' as const) : answer.zone;
  const input: SaySymptoms = {
    opId,
    checkId,
    ...where,
    saidAt,
    clock: deviceClock(),
    pain: what.pain,
    redFlags: what.redFlags === null ? null : [...what.redFlags],
    shown: { zone, policyVersion: day.pack.painPolicy.version },
  };
  return { opId, checkId, saidAt, answer, stored: outbox.add('symptoms', opId, input) };
}

/** Adds the pain that was asked next, or says that it was a slip, with the pain that was meant instead. */
export function amendSymptoms(
  outbox: Outbox,
  day: Judging,
  { checkId, saidAt, lineageId }: Pick<SaidSymptoms, 'checkId' | 'saidAt'> & { lineageId: string | null },
  { kind, pain }: { kind: AmendSymptoms['change']['kind']; pain: number | null },
): { answer: PainAnswer; stored: Promise<void> } {
  const opId = uuidv7();
  const answer = meaningOf(day, lineageId, { pain, redFlags: null }, saidAt);
  const shown = { zone: answer.zone, policyVersion: day.pack.painPolicy.version };
  const input: AmendSymptoms = {
    opId,
    checkId,
    saidAt: deviceNow(),
    clock: deviceClock(),
    change: { kind, pain, shown },
  };
  return { answer, stored: outbox.add('symptoms_amended', opId, input) };
}
