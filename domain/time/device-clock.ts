import * as z from 'zod/mini';
import { MINUTE_MS } from './duration';

/**
 * How far a device's clock may be off before its times are put right, and marked. Below it lie the delays of a line; what
 * lies ahead by less is taken as said on arrival.
 */
export const CLOCK_SLACK_MS = 2 * MINUTE_MS;

/** Under which header a request says what the device's own clock reads, in epoch ms. */
export const DEVICE_TIME_HEADER = 'x-regrasp-device-time';

/** Of a clock that is wrong: the years 0001 to 9999. */
const FIRST_MS = -62_135_596_800_000;
const LAST_MS = 253_402_300_799_999;

/** Milliseconds since the epoch as a device says them: its clock may be years off, and what it reports is taken all the same. */
export const deviceMsSchema = z.int().check(z.minimum(FIRST_MS), z.maximum(LAST_MS));

/**
 * What a device added to its own clock in the times of one report. `isMeasured`: against the server's clock while its page
 * stood, and the device's clock has not jumped since; else it is what was measured before.
 */
export const deviceClockSchema = z.object({
  offsetMs: z.int().check(z.minimum(FIRST_MS - LAST_MS), z.maximum(LAST_MS - FIRST_MS)),
  isMeasured: z.boolean(),
});
export type DeviceClock = z.infer<typeof deviceClockSchema>;

/** `at`: what is used, epoch ms. `deviceAt`: what the device's clock had said, where that was wrong; else null. */
export type Righted = { at: number; deviceAt: number | null };

type Report = {
  /** All times of the report, as they came; at least one. */
  times: readonly number[];
  /** What its device added to them; undefined from devices that do not say. */
  clock: DeviceClock | undefined;
  /** Server's clock − device's clock when the report was sent; null where the request did not say. */
  sendingOffsetMs: number | null;
  /** Nothing can have been said before: the record did not exist. */
  sinceMs: number;
  nowMs: number;
};

/**
 * Puts the times of one report right, all by the same amount, so that what lies between them stays. By the offset that was
 * measured when they were made, else by that of the moment of sending; where both put them into the future or before the
 * record began, the latest of them becomes the time of receipt.
 */
export function rightClock(report: Report): (time: number) => Righted {
  const { times, clock, sendingOffsetMs, sinceMs, nowMs } = report;
  const added = clock?.offsetMs ?? 0;
  const raw = times.map((time) => time - added);
  const isPossible = (offsetMs: number) =>
    raw.every((time) => time + offsetMs >= sinceMs - CLOCK_SLACK_MS && time + offsetMs <= nowMs + CLOCK_SLACK_MS);
  const sending = sendingOffsetMs === null ? [] : [worthwhile(sendingOffsetMs)];
  const offsets = clock?.isMeasured ? [added, ...sending] : [...sending, added];
  const offsetMs = offsets.find(isPossible) ?? nowMs - Math.max(...raw);
  return (time) => {
    const said = time - added;
    const at = Math.min(Math.max(said + offsetMs, Math.min(sinceMs, nowMs)), nowMs);
    return { at, deviceAt: Math.abs(at - said) > CLOCK_SLACK_MS ? said : null };
  };
}

/** An offset that the line alone may have made is none. */
export function worthwhile(offsetMs: number): number {
  return Math.abs(offsetMs) > CLOCK_SLACK_MS ? Math.round(offsetMs) : 0;
}
