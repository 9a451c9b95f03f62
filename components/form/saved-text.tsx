'use client';

import type { Saved } from '#client/device/saved/use-saved';
import { useTranslations } from '#client/device/words/translations';
import { useReasonWords } from './field';

type SavedTextProps<T> = {
  saved: Saved<T>;
  /** How what another window wrote is read. */
  show(value: T): string;
};

/** Where a text is that is kept while it is written; and, where two windows wrote, both of them to choose from. */
export function SavedState<T>({ saved, show }: SavedTextProps<T>) {
  const t = useTranslations('savedText');
  const why = useReasonWords();
  const { isUnsaved, isSaving, hasSaved, problem } = saved.state;
  if (saved.newer !== null) return <TwoTexts saved={saved} text={show(saved.newer)} />;
  const isTrouble = isUnsaved && problem !== null;
  return (
    <>
      <p role="status" className="muted small">
        {isTrouble ? t('waits') : isSaving ? t('saving') : !isUnsaved && hasSaved ? t('saved') : ''}
      </p>
      {isTrouble ? (
        <p role="alert" className="problem">
          {why(problem)}
        </p>
      ) : null}
    </>
  );
}

function TwoTexts<T>({ saved, text }: { saved: Saved<T>; text: string }) {
  const t = useTranslations('savedText.two');
  return (
    <section role="alert" className="card grid gap-3 border-[1.5px] border-care p-4" aria-label={t('title')}>
      <h3 className="section-title">{t('title')}</h3>
      <p>{t('lead')}</p>
      <blockquote className="note max-h-48 overflow-y-auto whitespace-pre-line">
        {text === '' ? t('empty') : text}
      </blockquote>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn quiet min-h-12" onClick={saved.keepMine}>
          {t('mine')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={saved.takeTheirs}>
          {t('theirs')}
        </button>
      </div>
    </section>
  );
}
