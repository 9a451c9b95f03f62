'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useLoaded } from '#client/api/use-loaded';
import { useSaved } from '#client/device/saved/use-saved';
import { useTranslations } from '#client/device/words/translations';
import { TextArea } from '#components/form/field';
import { SavedState } from '#components/form/saved-text';
import { useDraftNote } from '../use-draft-note';
import type { Focus } from './focus';
import { PlanTab } from './plan-tab';
import type { RecordedRoom } from './props';

const TABS = ['plan', 'logs', 'checkIn'] as const;
type Tab = (typeof TABS)[number];

const asItIs = (text: string) => text;

/** Fetched with the first tab that looks back. */
const history = () => import('./panel-history');

type PanelProps = {
  room: RecordedRoom;
  programs: Outputs['programs']['ofPatient'];
  focus: Focus | null;
  onFocus(lineageId: string): void;
  /** What asks for an answer now stands above everything else. */
  children: ReactNode;
};

export function SidePanel({ room, programs, focus, onFocus, children }: PanelProps) {
  const t = useTranslations('visit.panel');
  const id = useId();
  const [tab, setTab] = useState<Tab>('plan');
  const past = useLoaded(tab === 'plan' ? null : history);
  const { visit } = room.liveVisit.room;
  return (
    <aside
      className="grid min-h-0 content-start gap-4 overflow-y-auto border-dark-line md:col-span-2 lg:col-span-1 lg:border-s lg:ps-4"
      aria-label={t('label')}
    >
      {children}
      <div role="tablist" aria-label={t('label')} className="flex gap-1 border-b-2 border-dark-line">
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-${one}`}
            aria-selected={tab === one}
            aria-controls={`${id}-panel`}
            className="room-tab"
            onClick={() => setTab(one)}
          >
            {t(one)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} className="grid content-start gap-3">
        {tab === 'plan' ? <PlanTab visit={visit} programs={programs} focus={focus} onFocus={onFocus} /> : null}
        {past && tab === 'logs' ? (
          <past.PanelLogs patientId={visit.patientId} timeZone={visit.patientTimeZone} />
        ) : null}
        {past && tab === 'checkIn' ? <past.PanelCheckIn patientId={visit.patientId} /> : null}
      </div>
      {room.record ? <KeptWords record={room.record} room={room} /> : null}
    </aside>
  );
}

/** Both are kept while they are written; the note is signed after the visit, or never. */
function KeptWords({ record, room }: { record: Outputs['visitRecord']['get']; room: RecordedRoom }) {
  const t = useTranslations('visit.panel');
  const trpc = useTRPC();
  const { visit } = room.liveVisit.room;
  const visitId = visit.id;
  const name = visit.patientName;
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: trpc.visitRecord.get.queryKey({ visitId }) });
  const saveSummary = useMutation(
    trpc.visitRecord.saveSummary.mutationOptions({ scope: { id: `words-${visitId}` }, onSuccess }),
  );
  const note = useDraftNote({ visitId, notes: record.notes, onSaved: onSuccess });
  const summary = useSaved<string>({
    name: `summary ${visitId}`,
    stored: { value: record.summary ?? '', revision: record.summaryRevision },
    save: (text, revision) => saveSummary.mutateAsync({ visitId, summary: text, revision }),
    readAgain: () => void onSuccess(),
  });
  return (
    <>
      <TextArea
        label={t('note')}
        hint={t('noteHint')}
        rows={4}
        maxLength={8000}
        value={note.value}
        onChange={(event) => note.change(event.target.value)}
      />
      <SavedState saved={note} show={asItIs} />
      <TextArea
        label={t('summary', { name })}
        hint={t('summaryHint', { name })}
        rows={3}
        maxLength={4000}
        value={summary.value}
        onChange={(event) => summary.change(event.target.value)}
      />
      <SavedState saved={summary} show={asItIs} />
    </>
  );
}
