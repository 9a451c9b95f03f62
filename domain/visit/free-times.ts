import { MINUTE_MS } from '#domain/time/duration';
import { clipped, merged, type Span, without } from '#domain/time/spans';

/** Visits begin at full quarters of an hour; every zone of today shows those as such. */
export const STEP_MINUTES = 15;
const STEP_MS = STEP_MINUTES * MINUTE_MS;

/** What takes somebody's time: a visit from its start, and for others' choice so many minutes more. */
export type Taken = { startsAt: number; durationMinutes: number; bufferMinutes: number };

type Wanted = {
  /** When the clinician holds visits, in order and apart. */
  working: readonly Span[];
  clinician: readonly Taken[];
  /** Where else the patient is; their own need no pause between. */
  patient: readonly Taken[];
  durationMinutes: number;
  /** The pause that the wanted visit needs after it. */
  bufferMinutes: number;
  /** Its start is to lie in this. */
  within: Span;
};

/**
 * Starts at which a visit of that length finds both free, epoch ms in order: it lies whole in the working hours, keeps the
 * pause after each other visit of the clinician, and leaves its own before the next.
 */
export function freeStarts(wanted: Wanted): number[] {
  const { working, clinician, patient, durationMinutes, bufferMinutes, within } = wanted;
  const lengthMs = durationMinutes * MINUTE_MS;
  const pauseMs = bufferMinutes * MINUTE_MS;
  // The pause before the next visit is time in which this one cannot be.
  const taken = [...clinician.map((one) => spanOf(one, pauseMs)), ...patient.map((one) => spanOf(one, 0, 0))];
  const free = without(merged(working), taken);
  return clipped(free, { from: within.from, until: within.until + lengthMs }).flatMap(({ from, until }) => {
    const starts: number[] = [];
    for (let at = Math.ceil(from / STEP_MS) * STEP_MS; at + lengthMs <= until && at < within.until; at += STEP_MS)
      starts.push(at);
    return starts;
  });
}

function spanOf({ startsAt, durationMinutes, bufferMinutes }: Taken, beforeMs: number, pause = bufferMinutes): Span {
  return { from: startsAt - beforeMs, until: startsAt + (durationMinutes + pause) * MINUTE_MS };
}
