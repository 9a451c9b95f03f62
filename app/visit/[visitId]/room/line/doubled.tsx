'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from '#client/device/words/translations';
import type { LiveVisit } from '#client/visit/use-live-visit';

/** The person is in this visit in another window too: asked before anything is sent from here, so that nobody hears them twice. */
export function Doubled({ visitLine }: Pick<LiveVisit, 'visitLine'>) {
  const t = useTranslations('visit.elsewhere');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="grid w-full max-w-[440px] gap-4"
      aria-labelledby="doubled"
      // There is nothing between going on here and leaving it to the other window.
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="doubled" className="section-title">
        {t('asked')}
      </h2>
      <p>{t('askedLead')}</p>
      <button type="button" className="btn primary xl" onClick={() => visitLine.goOnHere()}>
        {t('goOnHere')}
      </button>
      <button type="button" className="btn quiet xl" onClick={() => visitLine.leaveToOther()}>
        {t('goOnThere')}
      </button>
    </dialog>
  );
}
