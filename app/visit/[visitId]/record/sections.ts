'use client';

import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { useDoseWords } from '#components/program/dose-words';
import type { CommittedMark } from '#domain/annotation/state';
import { useAddenda } from './addenda';
import { type Facts, useCueWords, useMarkWords, useTime, type VisitRecordData } from './words';

/** One part of the record in words: shown as a list, copied as lines. */
type Section = { id: string; title: string; lines: string[] };
/** The whole record of a visit in the reader's words, the same on the page and in what is copied. */
export function useVisitSections({ room, record, marks, addenda }: Facts): Section[] {
  const t = useTranslations('visit.record');
  const people = usePeople(room);
  const drawn = useDrawn(room, record, marks);
  const cueWords = useCueWords();
  const counted = record.cues.flatMap((cue) => cueWords(cue) ?? []);
  const added = useAddenda({ room, record, addenda });
  const doses = useDoses(record);
  const time = useTime(room);
  const hurt = record.saidItHurtsAt.map(time);
  const sections: Section[] = [
    { id: 'who', title: t('who'), lines: people },
    {
      id: 'endedEmpty',
      title: '',
      lines: record.endedEmptyAt === null ? [] : [t('endedEmpty', { time: time(record.endedEmptyAt) })],
    },
    { id: 'hurt', title: '', lines: hurt.length > 0 ? [t('hurt', { times: hurt.join(', ') })] : [] },
    { id: 'measured', title: t('measurements'), lines: drawn.measured },
    { id: 'counted', title: t('cues'), lines: counted },
    { id: 'doses', title: t('doses'), lines: doses },
    { id: 'marks', title: t('marks', { count: drawn.marks.length }), lines: drawn.marks },
    { id: 'addenda', title: t('addenda'), lines: added },
  ];
  return sections.filter(({ id, lines }) => lines.length > 0 || id === 'marks');
}

function usePeople(room: VisitRoom): string[] {
  const t = useTranslations('visit.record');
  const time = useTime(room);
  return room.roster.map((person) =>
    [
      `${person.name} ${person.admittedAt ? t('from', { time: time(person.admittedAt) }) : t('notAdmitted')}`,
      person.locationText ?? '',
      person.presentOthers ? t('with', { people: person.presentOthers }) : '',
    ]
      .filter(Boolean)
      .join(', '),
  );
}

function useDrawn(room: VisitRoom, record: VisitRecordData, marks: readonly CommittedMark[]) {
  const words = useMarkWords(room, record);
  const measured = marks.flatMap((entry) => words.measured(entry) ?? []);
  return { marks: marks.map(words.named), measured: measured.length > 0 ? [...measured, words.estimate] : [] };
}

function useDoses({ prescribed }: VisitRecordData): string[] {
  const t = useTranslations('visit.record');
  const n = useTranslations('today');
  const doseWords = useDoseWords();
  return prescribed.flatMap(({ number, reason, changes }) => [
    reason ? t('version', { number: String(number), reason }) : t('versionPlain', { number: String(number) }),
    ...changes.map(({ name, side, before, after }) =>
      t('doseChange', {
        exercise: n('named', { exercise: name, side }),
        before: doseWords(before),
        after: doseWords(after),
      }),
    ),
  ]);
}
