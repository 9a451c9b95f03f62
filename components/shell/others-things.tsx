'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { deleteUnsentOf, keepForOwners, tidyForOwner, type Unsent } from '#client/shell/others';
import { ConfirmedDelete } from '#components/form/confirmed-delete';

/** Somebody else used this device before and not all of theirs was sent: what is to become of it, without showing it. */
export function OthersThings({ userId }: { userId: string }) {
  const t = useTranslations('othersThings');
  const [unsent, setUnsent] = useState<Unsent | null>(null);
  useEffect(() => {
    let current = true;
    tidyForOwner(userId).then(
      (found) => {
        if (current) setUnsent(found);
      },
      // A device that cannot read its stores shows nothing of them either.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [userId]);
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
