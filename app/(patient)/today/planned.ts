import type { Day } from '#client/practice/day-pack';
import type { PackPrescription } from '#domain/practice/day-pack';
import type { HeldStop } from '#domain/practice/said';
import { stopOn } from '#domain/practice/stop';
import { isWaiting, restrictionsOn } from '#domain/practice/waiting';
import { inForceOn } from '#domain/program/in-force';
import { type Due, dayState, dueNow, plannedOn } from '#domain/program/schedule';
import { addDays, type LocalDay, localDay } from '#domain/time/local-day';

/** `waits`: it breaks what is restricted, and nobody at the clinic signed for it. */
export type Planned = { prescription: PackPrescription; due: Due; stop: HeldStop | null; waits: boolean };
export type FirstState = 'done' | 'partial';

function scheduled(day: Day) {
  return day.pack.prescriptions.map((one) => ({ ...one, schedule: one.dose.schedule }));
}

/** What is prescribed now, with what was logged of it today and what is stopped. */
export function planOf(day: Day, nowMs: number): Planned[] {
  const { timeZone } = day.pack.patient;
  const standing = restrictionsOn(day.pack.restrictions, localDay(nowMs, timeZone));
  const dues = dueNow({ prescriptions: scheduled(day), logsOfToday: day.logs, nowMs, timeZone });
  return day.pack.prescriptions.flatMap((prescription, index) => {
    const due = dues[index];
    const waits = isWaiting(prescription, standing);
    return due ? [{ prescription, due, stop: stopOn(prescription.lineageId, day.stops), waits }] : [];
  });
}

/** What became of each of the last seven days, by what was prescribed on it; packs of earlier builds know today's alone. */
export function weekOf(day: Day, today: LocalDay) {
  const { plans } = day.pack;
  return Array.from({ length: 7 }, (_, index) => {
    const date = addDays(today, index - 6);
    const then =
      plans.length === 0 ? scheduled(day) : inForceOn(plans, date).flatMap(({ prescriptions }) => prescriptions);
    return { day: date, state: dayState({ day: date, today, planned: plannedOn(then, date), logs: day.logs }) };
  });
}
