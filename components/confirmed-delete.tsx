'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';

type ConfirmedDeleteProps = {
  label: string;
  /** Names what goes, where several of them stand on a page. */
  named?: string;
  /** What is lost, asked before it is. */
  question: string;
  disabled?: boolean;
  onDelete(): void;
};

/** Deletes in two steps where nothing brings it back; the second step begins at "Keep". */
export function ConfirmedDelete({ label, named, question, disabled = false, onDelete }: ConfirmedDeleteProps) {
  const t = useTranslations('confirmDelete');
  const [asked, setAsked] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (asked) keep.current?.focus();
    else if (wasAsked.current) first.current?.focus();
    wasAsked.current = asked;
  }, [asked]);
  if (!asked) {
    return (
      <button
        ref={first}
        type="button"
        className="btn plain min-h-12"
        aria-label={named}
        disabled={disabled}
        onClick={() => setAsked(true)}
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
        <button ref={keep} type="button" className="btn quiet min-h-12" onClick={() => setAsked(false)}>
          {t('keep')}
        </button>
        <button type="button" className="btn stop min-h-12" onClick={onDelete}>
          {t('delete')}
        </button>
      </div>
    </fieldset>
  );
}
