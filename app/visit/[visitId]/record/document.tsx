'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { EndedEmpty } from './ended-empty';
import { VisitNotes } from './notes';
import { useVisitSections } from './sections';
import { RecordStills } from './stills';
import { type Facts, isLateNote } from './words';

/** The visit's record: the clinician's words, who was there, pictures with their marks, and everything as text. */
export function VisitRecord({ room }: { room: VisitRoom }) {
  const trpc = useTRPC();
  const visitId = room.visit.id;
  const { data: drawing } = useQuery(trpc.annotations.drawing.queryOptions({ visitId }));
  const { data: record } = useQuery(trpc.visitRecord.get.queryOptions({ visitId }));
  if (!drawing || !record) return null;
  return <WholeRecord room={room} record={record} {...drawing} />;
}

/** What is told at the top of the page is told in the text alone. */
const isInTheList = ({ id }: { id: string }) => id !== 'endedEmpty';

function WholeRecord(facts: Facts) {
  const { room, record, marks, addenda } = facts;
  const t = useTranslations('visit.record');
  const sections = useVisitSections(facts);
  const { visit } = room;
  return (
    <div className="grid gap-5">
      <EndedEmpty room={room} record={record} />
      {record.summary ? (
        <section className="note whitespace-pre-line" aria-label={t('words', { name: visit.clinicianName })}>
          <strong className="block">{t('words', { name: visit.clinicianName })}</strong>
          {record.summary}
        </section>
      ) : null}
      <RecordStills room={room} label={t('stills')} stills={record.stills} firstNumber={1} marks={marks} />
      {sections.filter(isInTheList).map(({ id, title, lines }) => (
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
      <LateStills room={room} record={record} addenda={addenda} />
      {room.role === 'clinician' || record.notes.length > 0 ? <VisitNotes room={room} record={record} /> : null}
      <CopyButton {...facts} />
    </div>
  );
}

/** Pictures that came late or were drawn on late, with what came late alone: those of the record stay as they were. */
function LateStills({ room, record, addenda }: Omit<Facts, 'marks'>) {
  const t = useTranslations('visit.record');
  const marks = addenda.marks.filter(({ removed }) => !removed).map(({ entry }) => entry);
  const numbered = [...record.stills, ...record.addenda.stills].map((still, index) => ({ still, number: index + 1 }));
  const isLate = ({ still: { id, addendumAt } }: (typeof numbered)[number]) =>
    addendumAt !== null || marks.some(({ mark: { anchor } }) => anchor.kind === 'still' && anchor.stillId === id);
  return numbered.filter(isLate).map(({ still, number }) => {
    const label = t(still.addendumAt === null ? 'drawnOnLate' : 'addedStill', { number: String(number) });
    return (
      <div key={still.id} className="grid gap-2">
        <h2 className="section-title">{label}</h2>
        <RecordStills room={room} label={label} stills={[still]} firstNumber={number} marks={marks} />
      </div>
    );
  });
}

/** The same record as plain text, for a letter or another system. */
function CopyButton(facts: Facts) {
  const { room, record } = facts;
  const t = useTranslations('visit.record');
  const when = useWhen(room.visit.timeZone);
  const sections = useVisitSections(facts);
  const [copied, setCopied] = useState(false);
  const { visit } = room;
  const at = visit.openedAt ?? visit.startsAt;
  const date = when(at, 'long');
  const words = record.summary ? [t('words', { name: visit.clinicianName }), record.summary, ''] : [];
  const notes = record.notes
    .filter((note) => note.body.trim() !== '')
    .flatMap((note) => [t(isLateNote(note, record.notes) ? 'noteLate' : 'note'), note.body, '']);
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
