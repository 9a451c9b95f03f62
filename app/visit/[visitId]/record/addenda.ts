'use client';

import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { type Facts, useCueWords, useMarkWords, useTime } from './words';

/** A line of what came late, and when it came; epoch ms. */
type Arrived = { at: number; line: string };

/** What came after the record was closed, in the reader's words and in the order in which it came; each with who and when. */
export function useAddenda({ room, record, addenda }: Omit<Facts, 'marks'>): string[] {
  const t = useTranslations('visit.record');
  const words = useMarkWords(room, record);
  const drawn = useDrawnLate({ room, record, addenda });
  const rest = useOthers({ room, record });
  const measures = addenda.marks.some(({ entry }) => words.measured(entry) !== null);
  const stills = record.addenda.stills.map(({ addendumAt, addedByName }, index) => ({
    at: addendumAt ?? 0,
    name: addedByName,
    number: String(record.stills.length + index + 1),
  }));
  const arrivedAt = useArrivedAt(room);
  const pictures = stills.map(({ at, name, number }) => ({
    at,
    line: t('stillLate', { number, name, time: arrivedAt(at) }),
  }));
  const lines = [...drawn, ...pictures, ...rest].sort((a, b) => a.at - b.at).map(({ line }) => line);
  return measures ? [...lines, words.estimate] : lines;
}

/** It may be weeks after the visit. */
function useArrivedAt(room: Facts['room']): (at: number) => string {
  const when = useWhen(room.visit.timeZone);
  return (at) => when(at, 'dated');
}

function useDrawnLate({ room, record, addenda }: Omit<Facts, 'marks'>): Arrived[] {
  const t = useTranslations('visit.record');
  const words = useMarkWords(room, record);
  const arrivedAt = useArrivedAt(room);
  const marks = addenda.marks.map(({ entry, receivedAt }) => {
    const what = [words.named(entry), words.measured(entry)].filter(Boolean).join(': ');
    return { at: receivedAt, line: t('arrived', { what, time: arrivedAt(receivedAt) }) };
  });
  const removals = addenda.removals.map(({ entry, author, receivedAt }) => ({
    at: receivedAt,
    line: t('removedAfterwards', {
      what: words.named(entry),
      name: words.nameOf(author.authorId),
      time: arrivedAt(receivedAt),
    }),
  }));
  return [...marks, ...removals];
}

function useOthers({ room, record }: Pick<Facts, 'room' | 'record'>): Arrived[] {
  const t = useTranslations('visit.record');
  const cueWords = useCueWords();
  const { nameOf } = useMarkWords(room, record);
  const time = useTime(room);
  const arrivedAt = useArrivedAt(room);
  const by = (name: string, at: number, what: string): Arrived => ({
    at,
    line: t('addedBy', { what, name, time: arrivedAt(at) }),
  });
  const { cues, hurts, others } = record.addenda;
  // Of what was written several times, the last; the others are in an export.
  const last = new Map(others.filter(({ kind }) => kind === 'summary').map((one) => [one.userId, one.id]));
  return [
    ...cues.flatMap((cue) => {
      const what = cueWords(cue);
      return what ? [by(cue.startedByName, cue.addendumAt ?? 0, what)] : [];
    }),
    ...hurts.map(({ at, participantId, addedAt }) => ({
      at: addedAt,
      line: t('hurtLate', { name: nameOf(participantId ?? ''), at: time(at), time: arrivedAt(addedAt) }),
    })),
    ...others.flatMap(({ id, userId, kind, text, pattern, result, byName, addedAt }) => {
      if (kind === 'summary') return last.get(userId) === id ? [by(byName, addedAt, text ?? '')] : [];
      const what = pattern && cueWords({ pattern, result });
      return what ? [by(byName, addedAt, t('stoppedLate', { what }))] : [];
    }),
  ];
}
