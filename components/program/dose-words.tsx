'use client';

import { useSay } from '#client/device/say';
import type { Dose } from '#domain/program/dose';
import { doseSentence, loadSentence } from '#domain/program/dose-words';
import { useScheduleWords } from './schedule-text';

/** A dose in words, whole: how much, with what load if any, and when. For whoever reads what was prescribed, or changed. */
export function useDoseWords(): (dose: Dose) => string {
  const say = useSay();
  const scheduleWords = useScheduleWords();
  return (dose) =>
    [
      say(doseSentence(dose)),
      ...(dose.load.kind === 'none' ? [] : [say(loadSentence(dose.load))]),
      scheduleWords(dose.schedule),
    ].join('. ');
}
