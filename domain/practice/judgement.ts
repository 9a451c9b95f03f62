import { baselinePain, type PainBefore } from './log';
import { type PainAnswer, type PainPolicy, painZone, type RedFlag, type Zone } from './pain-policy';

/** What a clinic's rules and a person's earlier answers say; the same rows on the phone and at the clinic. */
export type PainHistory = { policy: PainPolicy; painsBefore: readonly PainBefore[] };

/** What somebody said. Pain 0–10, null = not answered; `atMs`: when the sitting began, or when it was said without one. */
export type Said = {
  pain: number | null;
  redFlags: readonly RedFlag[];
  prescriptionLimit: number | null;
  atMs: number;
};

/**
 * The one judgement of an answer, on the phone and at the clinic: the policy over the person's usual pain as it was
 * strictly before the sitting. What is said in a sitting is never part of what it is compared with.
 */
export function judgePain({ atMs, ...said }: Said, { policy, painsBefore }: PainHistory): PainAnswer {
  return painZone({ ...said, baseline: baselinePain(painsBefore, atMs), policy });
}

const WORSE: readonly Zone[] = ['none', 'green', 'amber', 'red', 'urgent'];

/** The worse of two zones; "not answered" is less than any answer. */
export function worseZone(a: Zone, b: Zone): Zone {
  return WORSE.indexOf(a) >= WORSE.indexOf(b) ? a : b;
}

/** A log whose pain was judged. Pain 0–10, null = not answered; `usualPain`: the baseline of before its sitting. */
type Judged = { pain: number | null; dose: { painLimit: number | null }; usualPain: number | null };

/** What newly said pain of an older log means, by the rules of now; null where it is the pain that was said before. */
export function judgeCorrection(policy: PainPolicy, log: Judged, pain: number | null): PainAnswer | null {
  if (pain === log.pain) return null;
  const { painLimit: prescriptionLimit } = log.dose;
  return painZone({ pain, redFlags: [], prescriptionLimit, baseline: log.usualPain, policy });
}
