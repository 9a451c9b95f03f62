'use client';

import { useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { deleteUnsentOf, keepForOwners, type Unsent } from '#client/shell/others';
import { ConfirmedDelete } from '#components/form/confirmed-delete';

/** Somebody else used this device before and not all of theirs was sent: what is to become of it, without showing it. */
export function OthersThings({ found }: { found: Unsent }) {
  const t = useTranslations('othersThings');
  const [unsent, setUnsent] = useState<Unsent | null>(found);
  if (!unsent) return null;
  const { owners, entries, clips } = unsent;
  return (
    <section className="card mx-4 my-2 grid max-w-[760px] gap-3 p-4" aria-labelledby="others-things">
      <h2 id="others-things" className="section-title">
        {t('title')}
      </h2>
      <p>{t('what', { entries, clips, both: entries > 0 && clips > 0 ? 'yes' : 'no' })}</p>
      <p>{t('lead')}</p>
      <button
        type="button"
        className="btn primary min-h-12"
        onClick={() => {
          keepForOwners(owners);
          setUnsent(null);
        }}
      >
        {t('keep')}
      </button>
      <ConfirmedDelete
        label={t('delete')}
        question={t('deleteAsk')}
        onDelete={() => void deleteUnsentOf(owners).then(() => setUnsent(null))}
      />
    </section>
  );
}
