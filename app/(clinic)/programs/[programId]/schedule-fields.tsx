'use client';

import { dequal } from 'dequal/lite';
import { useWallClock } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { ManySegments, SelectField, TextField } from '#components/form/field';
import { Stepper } from '#components/form/stepper';
import { ScheduleText } from '#components/program/schedule-text';
import { plannedAs, SCHEDULE_WAYS, type Schedule, type ScheduleWay, scheduleWay } from '#domain/program/schedule';

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const HALF_HOURS = Array.from({ length: 48 }, (_, index) => index * 30);

type Change<S extends Schedule = Schedule> = { schedule: S; onChange(schedule: Schedule): void };
type PerDay = Extract<Schedule, { kind: 'per_day' }>;
type EveryDays = Extract<Schedule, { kind: 'every_days' }>;
type EveryHours = Extract<Schedule, { kind: 'every_hours' }>;

/** When an exercise is due: first the way to plan, then what this way needs. */
export function ScheduleFields({
  schedule,
  before,
  today,
  onChange,
}: Change & { before: Schedule | null; today: string }) {
  const t = useTranslations('programEditor');
  const way = scheduleWay(schedule);
  const changed = before !== null && !dequal(before, schedule);
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,8rem),1fr))] gap-4 md:grid-cols-3">
        <SelectField
          label={t('days')}
          value={way}
          onChange={({ target }) => onChange(plannedAs(target.value as ScheduleWay, schedule, today))}
        >
          {SCHEDULE_WAYS.map((one) => (
            <option key={one} value={one}>
              {t(`ways.${one}`)}
            </option>
          ))}
        </SelectField>
        {schedule.kind === 'per_day' ? <Times schedule={schedule} onChange={onChange} /> : null}
        {schedule.kind === 'every_days' ? <EveryDaysFields schedule={schedule} onChange={onChange} /> : null}
        {schedule.kind === 'every_hours' ? <EveryHoursFields schedule={schedule} onChange={onChange} /> : null}
      </div>
      {schedule.kind === 'per_day' && way === 'weekdays' ? <Weekdays schedule={schedule} onChange={onChange} /> : null}
      {before && changed ? (
        <p className="small text-action-ink">
          {t('wasBefore')} <ScheduleText schedule={before} />
        </p>
      ) : null}
    </div>
  );
}

function Times({ schedule, onChange }: Change<PerDay>) {
  const t = useTranslations('programEditor');
  return (
    <Stepper
      label={t('times')}
      value={schedule.times}
      min={1}
      max={12}
      onChange={(times) => onChange({ ...schedule, times })}
    />
  );
}

/** All seven is every day; the last one chosen stays, since a plan without a day is none. */
function Weekdays({ schedule, onChange }: Change<PerDay>) {
  const t = useTranslations('programEditor');
  const s = useTranslations('schedule.weekday');
  const chosen = schedule.days ?? [];
  return (
    <ManySegments
      legend={t('weekdays')}
      none=""
      values={WEEKDAYS.filter((day) => chosen.includes(Number(day)))}
      choices={WEEKDAYS.map((value) => ({ value, label: s(value) }))}
      onChange={(days) => {
        if (days.length > 0) onChange({ ...schedule, days: days.map(Number) });
      }}
    />
  );
}

function EveryDaysFields({ schedule, onChange }: Change<EveryDays>) {
  const t = useTranslations('programEditor');
  return (
    <>
      <Stepper
        label={t('everyDays')}
        value={schedule.days}
        min={2}
        max={14}
        onChange={(days) => onChange({ ...schedule, days })}
      />
      <TextField
        label={t('anchorOn')}
        type="date"
        value={schedule.anchorOn}
        required
        onChange={({ target }) => {
          if (target.value) onChange({ ...schedule, anchorOn: target.value });
        }}
      />
    </>
  );
}

function EveryHoursFields({ schedule, onChange }: Change<EveryHours>) {
  const t = useTranslations('programEditor');
  const { fromMinute, untilMinute } = schedule;
  return (
    <>
      <Stepper
        label={t('everyHours')}
        value={schedule.hours}
        min={1}
        max={12}
        onChange={(hours) => onChange({ ...schedule, hours })}
      />
      <TimeOfDay
        label={t('fromMinute')}
        value={fromMinute}
        fits={(minute) => minute <= untilMinute}
        onChange={(minute) => onChange({ ...schedule, fromMinute: minute })}
      />
      <TimeOfDay
        label={t('untilMinute')}
        value={untilMinute}
        fits={(minute) => minute >= fromMinute}
        onChange={(minute) => onChange({ ...schedule, untilMinute: minute })}
      />
    </>
  );
}

/** Half hours that fit, and the time that stands there already. */
function TimeOfDay({
  label,
  value,
  fits,
  onChange,
}: {
  label: string;
  value: number;
  fits(minute: number): boolean;
  onChange(minute: number): void;
}) {
  const timeOf = useWallClock();
  const offered = [...new Set([...HALF_HOURS.filter(fits), value])].toSorted((a, b) => a - b);
  return (
    <SelectField label={label} value={value} onChange={({ target }) => onChange(Number(target.value))}>
      {offered.map((minute) => (
        <option key={minute} value={minute}>
          {timeOf(minute)}
        </option>
      ))}
    </SelectField>
  );
}
