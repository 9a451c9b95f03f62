import * as z from 'zod/mini';
import { wholeNumber } from '#domain/input/fields';
import { daysBetween, type LocalDay, localDay, localDaySchema, localMinutes, weekday } from '#domain/time/local-day';

const LAST_MINUTE = 1439;

const weekdaysSchema = z.array(wholeNumber(1, 7)).check(
  z.minLength(1),
  z.maxLength(7),
  z.refine((days) => new Set(days).size === days.length),
);

const perDaySchema = z.object({
  v: z.literal(1),
  kind: z.literal('per_day'),
  /** Sittings a day. */
  times: wholeNumber(1, 12),
  /** ISO weekdays, 1 Monday … 7 Sunday; null = every day. */
  days: z.nullable(weekdaysSchema),
});
const everyHoursSchema = z
  .object({
    v: z.literal(1),
    kind: z.literal('every_hours'),
    hours: wholeNumber(1, 12),
    /** Minutes since local midnight; the last slot starts at or before `untilMinute`. */
    fromMinute: wholeNumber(0, LAST_MINUTE),
    untilMinute: wholeNumber(0, LAST_MINUTE),
  })
  .check(z.refine(({ fromMinute, untilMinute }) => fromMinute <= untilMinute, { path: ['untilMinute'] }));
const everyDaysSchema = z.object({
  v: z.literal(1),
  kind: z.literal('every_days'),
  days: wholeNumber(2, 14),
  /** Any day on which practice falls; it sets the beat in both directions. */
  anchorOn: localDaySchema,
});

/** When a prescription is practised: stored JSON, version 1. */
export const scheduleSchema = z.discriminatedUnion('kind', [perDaySchema, everyHoursSchema, everyDaysSchema]);
export type Schedule = z.infer<typeof scheduleSchema>;

/** The ways to plan that a prescriber chooses between; two of them are `per_day`. */
export const SCHEDULE_WAYS = ['daily', 'weekdays', 'every_days', 'every_hours'] as const;
export type ScheduleWay = (typeof SCHEDULE_WAYS)[number];

export function scheduleWay(schedule: Schedule): ScheduleWay {
  if (schedule.kind !== 'per_day') return schedule.kind;
  return schedule.days === null || schedule.days.length === 7 ? 'daily' : 'weekdays';
}

/**
 * A schedule planned another way, to begin with: three days a week, every other day from `today`, or every two hours
 * between 8 and 20 o'clock. Sittings a day stay where both ways have them. Defaults, not recommendations.
 */
export function plannedAs(way: ScheduleWay, before: Schedule, today: LocalDay): Schedule {
  const times = before.kind === 'per_day' ? before.times : 1;
  switch (way) {
    case 'daily':
      return { v: 1, kind: 'per_day', times, days: null };
    case 'weekdays':
      return { v: 1, kind: 'per_day', times, days: [1, 3, 5] };
    case 'every_days':
      return { v: 1, kind: 'every_days', days: 2, anchorOn: today };
    case 'every_hours':
      return { v: 1, kind: 'every_hours', hours: 2, fromMinute: 8 * 60, untilMinute: 20 * 60 };
  }
}

/** One planned sitting of a day, numbered from 1. `dueMinute`: wall-clock minutes since midnight; null = any time. */
export type Slot = { slot: number; dueMinute: number | null };

/** What a schedule needs to know of a prescription. Both days are included; null = open. */
export type ScheduledPrescription = {
  lineageId: string;
  schedule: Schedule;
  fromOn: LocalDay | null;
  untilOn: LocalDay | null;
};

/** What a schedule needs to know of a current (not superseded) log. `slot` null = not tied to a slot. */
export type DayLog = {
  lineageId: string;
  localOn: LocalDay;
  state: 'done' | 'partial' | 'skipped';
  slot: number | null;
  performedAt: number;
};

/** The slots of a day, in order; none on a rest day. Throws RangeError for a day that does not exist. */
export function slotsOn(schedule: Schedule, day: LocalDay): Slot[] {
  switch (schedule.kind) {
    case 'per_day':
      return schedule.days === null || schedule.days.includes(weekday(day)) ? untimed(schedule.times) : [];
    case 'every_days':
      return daysBetween(schedule.anchorOn, day) % schedule.days === 0 ? untimed(1) : [];
    case 'every_hours': {
      const { fromMinute, untilMinute, hours } = schedule;
      const count = Math.floor((untilMinute - fromMinute) / (hours * 60)) + 1;
      return Array.from({ length: count }, (_, i) => ({ slot: i + 1, dueMinute: fromMinute + i * hours * 60 }));
    }
  }
}

/** A prescription's slots of a day, none outside its own first and last day. */
export function prescribedSlots(prescription: ScheduledPrescription, day: LocalDay): Slot[] {
  const { fromOn, untilOn, schedule } = prescription;
  if ((fromOn !== null && day < fromOn) || (untilOn !== null && day > untilOn)) return [];
  return slotsOn(schedule, day);
}

type DueState = 'due' | 'later' | 'done' | 'rest_day';

/**
 * `slotsDone` counts sittings practised in full or in part, `slotsPartial` those of them in part, `slotsSkipped` those
 * answered with "skipped".
 * `done` means that nothing more is asked today, also when a slot was skipped or its time has gone by.
 */
export type Due = {
  lineageId: string;
  slotsTotal: number;
  slotsDone: number;
  slotsPartial: number;
  slotsSkipped: number;
  nextSlot: Slot | null;
  state: DueState;
};

/**
 * What is to be practised now, one answer per prescription in the order given. Logs of other days are ignored.
 * A timed slot is open until the next one falls due and is not made up afterwards: two doses in one sitting would
 * be more load than prescribed (default, not a recommendation).
 */
export function dueNow(input: {
  prescriptions: readonly ScheduledPrescription[];
  logsOfToday: readonly DayLog[];
  nowMs: number;
  timeZone: string;
}): Due[] {
  const today = localDay(input.nowMs, input.timeZone);
  const minute = localMinutes(input.nowMs, input.timeZone);
  return input.prescriptions.map((prescription) => {
    const { lineageId } = prescription;
    const slots = prescribedSlots(prescription, today);
    const logs = input.logsOfToday.filter((log) => log.lineageId === lineageId && log.localOn === today);
    const answers = answeredSlots(slots, logs, input.timeZone);
    const states = [...answers.values()];
    const slotsSkipped = states.filter((state) => state === 'skipped').length;
    const nextSlot = openSlots(slots, minute).find(({ slot }) => !answers.has(slot)) ?? null;
    return {
      lineageId,
      slotsTotal: slots.length,
      slotsDone: states.length - slotsSkipped,
      slotsPartial: states.filter((state) => state === 'partial').length,
      slotsSkipped,
      nextSlot,
      state: dueState(slots, nextSlot, minute),
    };
  });
}

function dueState(slots: Slot[], next: Slot | null, minute: number): DueState {
  if (slots.length === 0) return 'rest_day';
  if (next === null) return 'done';
  return next.dueMinute === null || next.dueMinute <= minute ? 'due' : 'later';
}

/** The slots whose time has not gone by: the one running now and those to come; untimed slots all stay open. */
function openSlots(slots: Slot[], minute: number): Slot[] {
  const isPast = slots.map(({ dueMinute }) => dueMinute !== null && dueMinute <= minute);
  return slots.slice(Math.max(isPast.lastIndexOf(true), 0));
}

type Answer = DayLog['state'];

const FULLNESS: Record<Answer, number> = { skipped: 0, partial: 1, done: 2 };

/** Two logs of one slot count once, as the fuller of the two. */
function fuller(a: Answer | undefined, b: Answer): Answer {
  return a !== undefined && FULLNESS[a] > FULLNESS[b] ? a : b;
}

/**
 * Which slots have an answer. Logs that name their slot come first; the others take the slot of their time or the next
 * free one, practice before "skipped", so that a skip never hides practice.
 */
function answeredSlots(slots: Slot[], logs: readonly DayLog[], timeZone: string): Map<number, Answer> {
  const answers = new Map<number, Answer>();
  const known = new Set(slots.map(({ slot }) => slot));
  const keep = (slot: number, state: Answer) => {
    answers.set(slot, fuller(answers.get(slot), state));
  };
  const free: DayLog[] = [];
  for (const log of logs) {
    if (log.slot !== null && known.has(log.slot)) keep(log.slot, log.state);
    else free.push(log);
  }
  // `toSorted` is missing on phones of before 2022.
  for (const log of [...free].sort((a, b) => FULLNESS[b.state] - FULLNESS[a.state])) {
    const open = openSlots(slots, localMinutes(log.performedAt, timeZone));
    const slot = open.find((candidate) => !answers.has(candidate.slot));
    if (slot) keep(slot.slot, log.state);
  }
  return answers;
}

function untimed(count: number): Slot[] {
  return Array.from({ length: count }, (_, i) => ({ slot: i + 1, dueMinute: null }));
}

/** How many sittings a plan asks of one prescription on one day. */
export type PlannedSittings = { lineageId: string; slots: number };

/** The plan of a day, without prescriptions that rest. Give it the versions that were in force on that day. */
export function plannedOn(prescriptions: readonly ScheduledPrescription[], day: LocalDay): PlannedSittings[] {
  return prescriptions
    .map((prescription) => ({ lineageId: prescription.lineageId, slots: prescribedSlots(prescription, day).length }))
    .filter(({ slots }) => slots > 0);
}

/** Sittings done and partly done, never more together than planned: extra ones do not pay for another day. */
function countSittings(slots: number, logs: readonly DayLog[]): { done: number; partial: number } {
  const bySlot = new Map<number, Answer>();
  const states: Answer[] = [];
  for (const { slot, state } of logs) {
    if (slot === null) states.push(state);
    else bySlot.set(slot, fuller(bySlot.get(slot), state));
  }
  states.push(...bySlot.values());
  const done = Math.min(slots, states.filter((state) => state === 'done').length);
  const partial = Math.min(slots - done, states.filter((state) => state === 'partial').length);
  return { done, partial };
}

export type DayState = 'done' | 'partly' | 'skipped' | 'none' | 'rest' | 'today' | 'to_come';

/**
 * The node of one day on the week's line. `none` = nothing logged (unknown, not a lapse); `today` stays until
 * everything planned is done; practice on a rest day shows as done.
 */
export function dayState(input: {
  day: LocalDay;
  today: LocalDay;
  planned: readonly PlannedSittings[];
  logs: readonly DayLog[];
}): DayState {
  const { day, today, planned } = input;
  const logs = input.logs.filter((log) => log.localOn === day);
  const practised = logs.some(({ state }) => state !== 'skipped');
  if (planned.length === 0) return practised ? 'done' : 'rest';
  const isDone = planned.every(({ lineageId, slots }) => countSittings(slots, of(logs, lineageId)).done === slots);
  if (isDone) return 'done';
  if (day > today) return 'to_come';
  if (day === today) return 'today';
  if (practised) return 'partly';
  return logs.length > 0 ? 'skipped' : 'none';
}

function of(logs: readonly DayLog[], lineageId: string): DayLog[] {
  return logs.filter((log) => log.lineageId === lineageId);
}

export type Adherence = {
  sittingsPlanned: number;
  sittingsDone: number;
  sittingsPartial: number;
  /** 0–100, rounded down; null when nothing was planned. */
  donePercent: number | null;
  partialPercent: number | null;
};

/**
 * Sittings done of those planned over a window of days in the patient's time zone (usually the last 7 or 28).
 * Capped at 100 % per prescription and day, partly done ones apart. A default of this
 * project, not a recommendation.
 * @public Soon shown in reports.
 */
export function adherence(window: {
  days: readonly { day: LocalDay; planned: readonly PlannedSittings[] }[];
  logs: readonly DayLog[];
}): Adherence {
  const total = { sittingsPlanned: 0, sittingsDone: 0, sittingsPartial: 0 };
  for (const { day, planned } of window.days) {
    const logs = window.logs.filter((log) => log.localOn === day);
    for (const { lineageId, slots } of planned) {
      const { done, partial } = countSittings(slots, of(logs, lineageId));
      total.sittingsPlanned += slots;
      total.sittingsDone += done;
      total.sittingsPartial += partial;
    }
  }
  const percent = (count: number) =>
    total.sittingsPlanned === 0 ? null : Math.floor((100 * count) / total.sittingsPlanned);
  return { ...total, donePercent: percent(total.sittingsDone), partialPercent: percent(total.sittingsPartial) };
}

export type ScheduleMessage = { key: `schedule.${string}`; values: Record<string, number> };

/** How often, for a sentence: a message key with counts, and minutes since midnight for hours. */
export function scheduleSentence(schedule: Schedule): ScheduleMessage {
  switch (schedule.kind) {
    case 'per_day':
      return schedule.days === null || schedule.days.length === 7
        ? { key: 'schedule.perDay', values: { times: schedule.times } }
        : { key: 'schedule.perDayOnDays', values: { times: schedule.times, daysPerWeek: schedule.days.length } };
    case 'every_days':
      return { key: 'schedule.everyDays', values: { days: schedule.days } };
    case 'every_hours': {
      const { hours, fromMinute, untilMinute } = schedule;
      return { key: 'schedule.everyHours', values: { hours, fromMinute, untilMinute } };
    }
  }
}
