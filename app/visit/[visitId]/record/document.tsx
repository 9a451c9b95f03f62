'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import type { VisitRoom } from '#client/visit/use-live-visit';
import type { CommittedMark } from '#domain/annotation/state';
import { VisitNotes } from './notes';
import { useVisitSections, type VisitRecordData } from './sections';
import { StartAnew } from './start-anew';
import { RecordStills } from './stills';

/** The visit's record: the clinician's words, who was there, pictures with their marks, and everything as text. */
export function VisitRecord({ room }: { room: VisitRoom }) {
  const trpc = useTRPC();
  const visitId = room.visit.id;
  const { data: drawing } = useQuery(trpc.annotations.drawing.queryOptions({ visitId }));
  const { data: record } = useQuery(trpc.visitRecord.get.queryOptions({ visitId }));
  if (!drawing || !record) return null;
  return <WholeRecord room={room} record={record} marks={drawing.marks} />;
}

type WholeProps = { room: VisitRoom; record: VisitRecordData; marks: readonly CommittedMark[] };

function WholeRecord({ room, record, marks }: WholeProps) {
  const t = useTranslations('visit.record');
  const sections = useVisitSections({ room, record, marks });
  const { visit } = room;
  return (
    <div className="grid gap-5">
      <StartAnew room={room} record={record} />
      {record.summary ? (
        <section className="note whitespace-pre-line" aria-label={t('words', { name: visit.clinicianName })}>
          <strong className="block">{t('words', { name: visit.clinicianName })}</strong>
          {record.summary}
        </section>
      ) : null}
      <RecordStills room={room} record={record} marks={marks} />
      {sections.map(({ id, title, lines }) => (
        <section key={id} className="card p-4" aria-labelledby={title ? id : undefined}>
          {title ? (
            <h2 id={id} className="section-title">
              {title}
            </h2>
          ) : null}
          <ul className="mt-2 grid gap-1" aria-label={id === 'marks' ? t('markList') : undefined}>
            {lines.map((line, index) => (
              // The lines of a finished visit never change their order.
              // biome-ignore lint/suspicious/noArrayIndexKey: two marks may read the same
              <li key={index}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
      {room.role === 'clinician' ? <VisitNotes room={room} record={record} /> : null}
      <CopyButton room={room} record={record} marks={marks} />
    </div>
  );
}

/** The same record as plain text, for a letter or another system. */
function CopyButton({ room, record, marks }: WholeProps) {
  const t = useTranslations('visit.record');
  const format = useFormatter();
  const sections = useVisitSections({ room, record, marks });
  const [copied, setCopied] = useState(false);
  const { visit } = room;
  const at = visit.openedAt ?? visit.startsAt;
  const date = format.dateTime(at, { dateStyle: 'long', timeStyle: 'short', timeZone: visit.timeZone });
  const words = record.summary ? [t('words', { name: visit.clinicianName }), record.summary, ''] : [];
  const notes = record.notes.filter((note) => note.body.trim() !== '').flatMap((note) => [t('note'), note.body, '']);
  const text = [
    t('heading', { name: visit.patientName, date }),
    '',
    ...words,
    ...sections.flatMap(({ title, lines }) => [...(title ? [title] : []), ...lines.map((line) => `- ${line}`), '']),
    ...notes,
  ]
    .join('\n')
    .trimEnd();
  return (
    <div>
      <button
        type="button"
        className="btn quiet w-fit"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {copied ? <Check size={20} aria-hidden="true" /> : <Copy size={20} aria-hidden="true" />}
        {t('copy')}
      </button>{' '}
      <span role="status">{copied ? t('copied') : ''}</span>
    </div>
  );
}
