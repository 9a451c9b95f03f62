'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Outputs } from '#client/api/trpc';
import { useSay } from '#client/device/say';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { goniometer } from '#domain/annotation/goniometry';
import { isMeasurement } from '#domain/annotation/mark';
import type { CommittedMark } from '#domain/annotation/state';
import { doseSentence } from '#domain/program/dose-words';

export type VisitRecordData = Outputs['visitRecord']['get'];
/** One part of the record in words: shown as a list, copied as lines. */
type Section = { id: string; title: string; lines: string[] };
type Facts = { room: VisitRoom; record: VisitRecordData; marks: readonly CommittedMark[] };

/** The whole record of a visit in the reader's words, the same on the page and in what is copied. */
export function useVisitSections({ room, record, marks }: Facts): Section[] {
  const t = useTranslations('visit.record');
  const people = usePeople(room);
  const drawn = useDrawn(room, record, marks);
  const counted = useCounted(record);
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
  ];
  return sections.filter(({ id, lines }) => lines.length > 0 || id === 'marks');
}

function useTime(room: VisitRoom): (at: number) => string {
  const format = useFormatter();
  return (at) => format.dateTime(at, { hour: 'numeric', minute: '2-digit', timeZone: room.visit.timeZone });
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
  const t = useTranslations('visit.record');
  const a = useTranslations('annotation');
  const time = useTime(room);
  const nameOf = (id: string) => room.roster.find((person) => person.id === id)?.name ?? '';
  const stillOf = ({ anchor }: CommittedMark['mark']) =>
    anchor.kind === 'still' ? record.stills.findIndex(({ id }) => id === anchor.stillId) + 1 : 0;
  const forPatient = room.role === 'patient';
  const measured = marks.flatMap(({ mark }) => {
    const reading = isMeasurement(mark) ? goniometer({ ...mark, measurement: mark.measurement }) : null;
    if (!reading || !isMeasurement(mark)) return [];
    const { joint, motion, digit, side } = mark.measurement;
    const still = stillOf(mark);
    const read = { joint, motion, digit: digit ?? 'none', side, degrees: Math.round(reading.valueDegrees) };
    const words = forPatient ? a('measuredPlain', read) : a('measured', read);
    return [still > 0 ? `${words}, ${t('onStill', { number: String(still) })}` : words];
  });
  const lines = marks.map(({ mark, author, tMs }) =>
    t('mark', {
      kind: mark.kind,
      author: nameOf(author.authorId),
      time: time(tMs),
      measured: isMeasurement(mark) ? 'yes' : 'no',
      still: stillOf(mark),
    }),
  );
  return {
    marks: lines,
    measured: measured.length > 0 ? [...measured, t(forPatient ? 'estimatePlain' : 'estimate')] : [],
  };
}

function useCounted({ cues }: VisitRecordData): string[] {
  const t = useTranslations('visit.cue');
  const format = useFormatter();
  return cues.flatMap(({ pattern, result }) => {
    if (!result) return [];
    const { repetitions, fullHolds, holdSeconds } = result;
    const words = t('held', { kind: pattern.kind, repetitions, holds: fullHolds });
    if (pattern.kind !== 'hold' || holdSeconds.length === 0) return [words];
    const each = holdSeconds.map((seconds) => format.number(seconds, { maximumFractionDigits: 1 })).join(', ');
    return [`${words} (${t('heldEach', { seconds: each })})`];
  });
}

function useDoses({ prescribed }: VisitRecordData): string[] {
  const t = useTranslations('visit.record');
  const n = useTranslations('today');
  const say = useSay();
  return prescribed.flatMap(({ number, reason, changes }) => [
    t('version', { number: String(number), reason }),
    ...changes.map(({ name, side, before, after }) =>
      t('doseChange', {
        exercise: n('named', { exercise: name, side }),
        before: say(doseSentence(before)),
        after: say(doseSentence(after)),
      }),
    ),
  ]);
}
