import { type LocalDay, localDay } from '#domain/time/local-day';
import type { DayPack, PackStop } from './day-pack';
import type { PainHistory } from './judgement';
import { worseZone } from './judgement';
import type { PainBefore } from './log';
import type { RedFlag, Zone } from './pain-policy';
import { endedByMorning, isSlipInTime, type MorningPain, type Stop, stopFor } from './stop';

/** One answer of this device that the day pack may not know of yet. `zone`: what the person was told that it means. */
export type Said = {
  /** The log, check or check-in that holds it. */
  sourceId: string;
  sourceKind: 'log' | 'symptom_check' | 'check_in';
  lineageId: string | null;
  zone: Zone;
  rule: string;
  pain: number | null;
  redFlags: readonly RedFlag[] | null;
  saidAt: number;
};

/** Said later of such an answer: the pain that was asked next, or that it was a slip. */
export type Amended = { sourceId: string; saidAt: number } & (
  | { kind: 'pain'; pain: number | null; zone: Zone }
  | { kind: 'slip' }
);

export type SaidHere = {
  said: readonly Said[];
  amended: readonly Amended[];
  painsBefore: readonly PainBefore[];
  mornings: readonly MorningPain[];
};

/** A stop as the screens show it. `isKnown`: the clinic has it; else it waits on this device. */
export type HeldStop = Stop & {
  sourceId: string;
  sourceKind: string;
  pain: number | null;
  redFlags: readonly RedFlag[] | null;
  isKnown: boolean;
};

type Pack = Pick<DayPack, 'stops' | 'mornings' | 'painsBefore' | 'painPolicy' | 'patient'>;

/** What people said of mornings, and the usual pain, by the pack and by this device. */
export function painHistoryOf(
  pack: Pack,
  here: Pick<SaidHere, 'painsBefore' | 'mornings'>,
): PainHistory & { mornings: MorningPain[] } {
  const { timeZone } = pack.patient;
  const painsBefore = [...pack.painsBefore, ...here.painsBefore];
  const sittings = painsBefore.map(({ startedAt, painBefore }) => ({
    localOn: localDay(startedAt, timeZone),
    saidAt: startedAt,
    pain: painBefore,
  }));
  return { policy: pack.painPolicy, painsBefore, mornings: [...sittings, ...pack.mornings, ...here.mornings] };
}

function amend(said: Said, amended: readonly Amended[]): Said {
  let known = said;
  for (const change of amended)
    if (change.sourceId === said.sourceId && change.kind === 'pain')
      known = { ...known, pain: change.pain, zone: worseZone(known.zone, change.zone) };
  return known;
}

const isTakenBack = ({ sourceId, saidAt }: Pick<HeldStop, 'sourceId' | 'saidAt'>, amended: readonly Amended[]) =>
  amended.some((one) => one.kind === 'slip' && one.sourceId === sourceId && isSlipInTime(saidAt, one.saidAt));

function ofPack(stop: PackStop): HeldStop {
  const { sourceId, sourceKind, lineageId, severity, rule, pain, redFlags, saidAt, saidOn } = stop;
  return { sourceId, sourceKind, lineageId, severity, rule, pain, redFlags, saidAt, saidOn, isKnown: true };
}

function ofDevice(said: Said, timeZone: string): HeldStop[] {
  const { sourceId, sourceKind, pain, redFlags, saidAt } = said;
  const stop = stopFor(said);
  const saidOn: LocalDay = localDay(saidAt, timeZone);
  return stop ? [{ ...stop, sourceId, sourceKind, pain, redFlags, saidAt, saidOn, isKnown: false }] : [];
}

/**
 * What is forbidden on this device now: what the clinic knows, and what was said here since, by the same function. What
 * was taken back in time, or ended by a settled morning, is not among it; what the clinic lifted neither.
 */
export function heldStops(pack: Pack, here: SaidHere): HeldStop[] {
  const history = painHistoryOf(pack, here);
  const known = new Map(pack.stops.map((stop) => [stop.sourceId, stop]));
  const further = here.amended.flatMap((change) => {
    const stop = known.get(change.sourceId);
    // The clinic has "It hurts", and the number that followed waits here still.
    if (!stop || stop.severity === 'urgent' || change.kind !== 'pain' || change.zone !== 'urgent') return [];
    return [{ ...ofPack(stop), lineageId: null, severity: 'urgent' as const, pain: change.pain, isKnown: false }];
  });
  const held = [
    ...pack.stops.filter((stop) => stop.liftedAt === null).map(ofPack),
    ...further,
    ...here.said
      .filter(({ sourceId }) => !known.has(sourceId))
      .flatMap((said) => ofDevice(amend(said, here.amended), pack.patient.timeZone)),
  ];
  return held.filter(
    (stop) => !isTakenBack(stop, here.amended) && endedByMorning(stop, history.mornings, history) === null,
  );
}

/** A red stop of an earlier day that a pain said this morning may end, where none was said yet today. */
export function asksForMorning(stops: readonly Stop[], mornings: readonly MorningPain[], today: LocalDay): boolean {
  const isAsked = stops.some(({ severity, saidOn }) => severity === 'red' && saidOn < today);
  return isAsked && !mornings.some(({ localOn, pain }) => localOn === today && pain !== null);
}
