'use client';

import { Trash2 } from 'lucide-react';
import { useSecondStep } from '#client/device/second-step';
import { useTranslations } from '#client/device/words/translations';

type ConfirmedDeleteProps = {
  label: string;
  /** Names what goes, where several of them stand on a page. */
  named?: string;
  question: string;
  /** What the second step says; left out = "Delete". */
  yes?: string;
  disabled?: boolean;
  onDelete(): void;
};

/** Deletes in two steps where nothing brings it back; the second step begins at "Keep". */
export function ConfirmedDelete({ label, named, question, yes, disabled = false, onDelete }: ConfirmedDeleteProps) {
  const t = useTranslations('confirmDelete');
  const { asked, ask, keep, first, keepButton } = useSecondStep();
  if (!asked) {
    return (
      <button
        ref={first}
        type="button"
        className="btn plain min-h-12"
        aria-label={named}
        disabled={disabled}
        onClick={ask}
      >
        <Trash2 aria-hidden="true" /> {label}
      </button>
    );
  }
  return (
    <fieldset className="card grid gap-3 p-4">
      <legend className="vh">{label}</legend>
      <p role="alert" className="font-bold">
        {question}
      </p>
      <div className="grid grid-cols-2 gap-3">
        <button ref={keepButton} type="button" className="btn quiet min-h-12" onClick={keep}>
          {t('keep')}
        </button>
        <button type="button" className="btn stop min-h-12" onClick={onDelete}>
          {yes ?? t('delete')}
        </button>
      </div>
    </fieldset>
  );
}
