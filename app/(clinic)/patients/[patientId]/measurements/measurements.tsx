'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { isolated } from '#domain/input/isolated';
import { itemsOf } from '#domain/record/items';
import { seriesOf } from '#domain/record/series';
import { EpisodeFacts } from '../episode-row';
import { Assessments } from '../start-assessment';
import { RecordTabs } from '../tabs';
import { EnterMeasure } from './enter/enter';
import { MeasureList } from './measure-list';
import { MeasurePanel } from './measure-panel';
import type { Read, Reader } from './reader';

/** What was measured of a patient: a list at the side, one measure at a time, and the form for a new one. */
export function Measurements({ patientId }: { patientId: string }) {
  const t = useTranslations('measures');
  const trpc = useTRPC();
  const { data: record } = useSuspenseQuery(trpc.patients.get.queryOptions({ patientId }));
  const { data: read } = useSuspenseQuery(trpc.record.measures.queryOptions({ patientId }));
  const { data: units } = useSuspenseQuery(trpc.account.units.queryOptions());
  const { patient, episodes } = record;
  const [isEntering, setEntering] = useState(false);
  const [saved, setSaved] = useState(0);
  const opener = useOpener(isEntering);
  const reader: Reader = { patient, episodes, unit: units.force ?? 'kgf' };
  return (
    <main className="mx-auto grid w-full max-w-[1280px] grid-cols-1 content-start gap-5 px-4 py-6 md:px-8">
      <title>{`${t('title')}, ${isolated(patient.name)} · Regrasp`}</title>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="page-title wrap-anywhere">{patient.name}</h1>
          {episodes.map((episode) => (
            <EpisodeFacts key={episode.id} episode={episode} />
          ))}
        </div>
        {record.emergency || isEntering ? null : (
          <button ref={opener} type="button" className="btn primary min-h-12" onClick={() => setEntering(true)}>
            <Plus aria-hidden="true" size={19} /> {t('enter.open')}
          </button>
        )}
      </header>
      <RecordTabs patientId={patientId} />
      {record.emergency ? null : <Assessments reader={reader} />}
      <h2 className="vh">{t('title')}</h2>
      <p role="status" className={saved > 0 ? 'text-good' : 'vh'}>
        {saved > 0 ? t('enter.saved', { count: saved }) : ''}
      </p>
      {isEntering ? (
        <EnterMeasure
          reader={reader}
          measures={read.measures}
          onClose={(count) => {
            setEntering(false);
            setSaved(count);
          }}
        />
      ) : null}
      <Chosen read={read} reader={reader} mayWrite={record.emergency === null} />
    </main>
  );
}

/** The button that opened a form has the focus again when it is closed. */
function useOpener(isOpen: boolean) {
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return opener;
}

function Chosen({ read, reader, mayWrite }: { read: Read; reader: Reader; mayWrite: boolean }) {
  const t = useTranslations('measures');
  const items = useMemo(() => itemsOf(seriesOf(read.measures.filter(({ isVoid }) => !isVoid))), [read]);
  const [key, setKey] = useState<string | null>(null);
  const chosen = items.find((item) => item.key === key) ?? items[0];
  if (!chosen) return <p className="muted">{t('nothing')}</p>;
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[272px_minmax(0,1fr)]">
      <MeasureList items={items} chosen={chosen.key} unit={reader.unit} onChoose={setKey} />
      <MeasurePanel
        key={chosen.key}
        item={chosen}
        items={items}
        measures={read.measures}
        reader={reader}
        mayWrite={mayWrite}
      />
      {read.isWhole ? null : <p className="muted small">{t('notWhole')}</p>}
    </div>
  );
}
