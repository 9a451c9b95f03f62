'use client';

import { useFormatter } from 'next-intl';
import { useSay } from '#client/device/say';
import { useWallClock } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { type Schedule, scheduleSentence, scheduleWay } from '#domain/program/schedule';

const ISO_WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** When something is practised, in words. */
export function useScheduleWords(): (schedule: Schedule) => string {
  const t = useTranslations('schedule');
  const say = useSay();
  const format = useFormatter();
  const timeOf = useWallClock();
  return (schedule) => {
    const parts = [say(scheduleSentence(schedule))];
    if (schedule.kind === 'per_day' && scheduleWay(schedule) === 'weekdays') {
      const days = ISO_WEEKDAYS.filter((day) => schedule.days?.includes(day));
      parts.push(format.list(days.map((day) => t(`short.${day}`))));
    }
    if (schedule.kind === 'every_hours')
      parts.push(t('between', { from: timeOf(schedule.fromMinute), until: timeOf(schedule.untilMinute) }));
    return parts.join(', ');
  };
}

export function ScheduleText({ schedule }: { schedule: Schedule }) {
  return useScheduleWords()(schedule);
}
