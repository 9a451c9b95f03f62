'use client';

import { useFormatter } from 'next-intl';
import type { Outputs } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import type { DrawingAddenda } from '#domain/annotation/addenda';
import { goniometer, plainReading } from '#domain/annotation/goniometry';
import { isMeasurement } from '#domain/annotation/mark';
import type { CommittedMark } from '#domain/annotation/state';

export type VisitRecordData = Outputs['visitRecord']['get'];

/** `marks`: of the record, less what came after it was closed. */
export type Facts = {
  room: VisitRoom;
  record: VisitRecordData;
  marks: readonly CommittedMark[];
  addenda: DrawingAddenda;
};

export function useTime(room: VisitRoom): (at: number) => string {
  const when = useWhen(room.visit.timeZone);
  return (at) => when(at, 'time');
}

/** One mark in words: the line that names it, and what it measures; null where it measures nothing. */
export function useMarkWords(room: VisitRoom, record: VisitRecordData) {
  const t = useTranslations('visit.record');
  const a = useTranslations('annotation');
  const time = useTime(room);
  const nameOf = (id: string) => room.roster.find((person) => person.id === id)?.name ?? '';
  const stills = [...record.stills, ...record.addenda.stills];
  const stillOf = ({ anchor }: CommittedMark['mark']) =>
    anchor.kind === 'still' ? stills.findIndex(({ id }) => id === anchor.stillId) + 1 : 0;
  const named = ({ mark, author, tMs }: CommittedMark) =>
    t('mark', {
      kind: mark.kind,
      author: nameOf(author.authorId),
      time: time(tMs),
      measured: isMeasurement(mark) ? 'yes' : 'no',
      still: stillOf(mark),
    });
  const measured = ({ mark }: CommittedMark): string | null => {
    const reading = isMeasurement(mark) ? goniometer({ ...mark, measurement: mark.measurement }) : null;
    if (!reading || !isMeasurement(mark)) return null;
    const { joint, motion, digit, side } = mark.measurement;
    const still = stillOf(mark);
    const { valueDegrees } = reading;
    const of = { joint, digit: digit ?? 'none', side };
    const words =
      room.role === 'patient'
        ? a('measuredPlain', { ...of, ...plainReading(mark.measurement, valueDegrees) })
        : a('measured', { ...of, motion, degrees: Math.round(valueDegrees) });
    return still > 0 ? `${words}, ${t('onStill', { number: String(still) })}` : words;
  };
  return { named, measured, nameOf, estimate: t(room.role === 'patient' ? 'estimatePlain' : 'estimate') };
}

type Counted = Pick<VisitRecordData['cues'][number], 'pattern' | 'result'>;

/** What a count came to; null where nothing is known of it. */
export function useCueWords(): (cue: Counted) => string | null {
  const t = useTranslations('visit.cue');
  const format = useFormatter();
  return ({ pattern, result }) => {
    if (!result) return null;
    const { repetitions, fullHolds, holdSeconds } = result;
    const words = t('held', { kind: pattern.kind, repetitions, holds: fullHolds });
    if (pattern.kind !== 'hold' || holdSeconds.length === 0) return words;
    const each = holdSeconds.map((seconds) => format.number(seconds, { maximumFractionDigits: 1 })).join(', ');
    return `${words} (${t('heldEach', { seconds: each })})`;
  };
}

type Note = VisitRecordData['notes'][number];

/** The first signature closes the record: any other note follows it. */
export function isLateNote({ id }: Pick<Note, 'id'>, notes: readonly Note[]): boolean {
  const signed = notes.filter(({ signedAt }) => signedAt !== null);
  const [first] = [...signed].sort((a, b) => (a.signedAt ?? 0) - (b.signedAt ?? 0));
  return first !== undefined && first.id !== id;
}
