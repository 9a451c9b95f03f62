'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useTRPC } from '#client/trpc';
import type { VisitRoom } from '#client/visit-session';
import { isMeasurement, type MarkKind } from '#domain/annotation';
import { applyOperations, emptyAnnotations, visibleMarks } from '#domain/annotation-state';

/** The visit's record: who was there and when, and every mark that was kept. */
export function VisitRecord({ room }: { room: VisitRoom }) {
  const t = useTranslations('visit.record');
  const format = useFormatter();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.annotations.since.queryOptions({ visitId: room.visit.id, revision: 0 }));
  const nameOf = (id: string) => room.roster.find((person) => person.id === id)?.name ?? '';
  const marks = visibleMarks(applyOperations(emptyAnnotations, data?.operations ?? []));
  const time = (at: number | null) =>
    at === null ? '' : format.dateTime(at, { hour: 'numeric', minute: '2-digit', timeZone: room.visit.timeZone });
  return (
    <div className="grid gap-5">
      <section className="card p-4" aria-labelledby="who">
        <h2 id="who" className="section-title">
          {t('who')}
        </h2>
        <ul className="mt-2 grid gap-1">
          {room.roster.map((person) => (
            <li key={person.id}>
              <strong>{person.name}</strong>{' '}
              {person.admittedAt ? t('from', { time: time(person.admittedAt) }) : t('notAdmitted')}
              {person.locationText ? `, ${person.locationText}` : ''}
              {person.presentOthers ? `, ${t('with', { people: person.presentOthers })}` : ''}
            </li>
          ))}
        </ul>
      </section>
      <section className="card p-4" aria-labelledby="marks">
        <h2 id="marks" className="section-title">
          {t('marks', { count: marks.length })}
        </h2>
        <ul className="mt-2 grid gap-1" aria-label={t('markList')}>
          {marks.map(({ mark, author, tMs }) => (
            <li key={mark.markId}>
              {t('mark', {
                kind: mark.kind satisfies MarkKind,
                author: nameOf(author.authorId),
                time: time(tMs),
                measured: isMeasurement(mark) ? 'yes' : 'no',
              })}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
