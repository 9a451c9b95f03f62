'use client';

import { Check } from 'lucide-react';
import { useTranslations } from '#client/device/words/translations';
import type { Assessment } from '#client/record/use-assessment';
import { cellKey, type Progress, progressOf, type Section } from '#domain/record/assessment';

/** The parts and how far each is: a paper form's first page. */
export function PartsNav({ assessment }: { assessment: Assessment }) {
  const t = useTranslations('assessment');
  const { sections, fieldOf } = assessment;
  return (
    <nav aria-label={t('parts')} className="min-w-0 lg:col-span-2 xl:sticky xl:top-4 xl:col-span-1">
      <ol className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,9.5rem),1fr))] gap-x-3 gap-y-1 xl:grid-cols-1">
        {sections.map((section) => (
          <li key={section.id}>
            <PartLink section={section} progress={progressOf(section, entriesOf(section, fieldOf))} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** What stands in the cells of a part. */
export function entriesOf({ cells }: Section, fieldOf: Assessment['fieldOf']) {
  return new Map(cells.map((cell) => [cellKey(cell), fieldOf(cell).entry]));
}

function PartLink({ section: { id }, progress: { asked, answered } }: { section: Section; progress: Progress }) {
  const t = useTranslations('assessment');
  const state = answered === 0 ? 'none' : answered >= asked ? 'all' : 'some';
  return (
    <a href={`#part-${id}`} className="flex min-h-12 items-center gap-3 rounded-m py-1">
      <span aria-hidden="true" className={`part-mark ${state}`}>
        {state === 'all' ? <Check size={16} /> : null}
      </span>
      <span className="grid min-w-0">
        <span className="font-bold">{t(`part.${id}`)}</span>
        <span className="small muted">{t(`progress.${state}`, { answered, asked })}</span>
      </span>
    </a>
  );
}
