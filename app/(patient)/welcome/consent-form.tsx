'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { PhoneLink } from '#components/form/phone-link';

/** Agreement in one act, stored point by point; saying no leads to the phone, not to a dead end. */
export function ConsentForm({ phone }: { phone: string }) {
  const t = useTranslations('consent');
  const trpc = useTRPC();
  const [declined, setDeclined] = useState(false);
  const agree = useMutation(
    trpc.patients.changeConsent.mutationOptions({ onSuccess: () => window.location.assign('/today') }),
  );
  return (
    <div className="grid gap-3">
      <Problem reason={agree.error ? problemOf(agree.error).reason : null} />
      <button
        type="button"
        className="btn primary xl"
        aria-busy={agree.isPending}
        onClick={() => agree.mutate({ kinds: ['telehealth', 'live_video', 'stills', 'clips'], given: true })}
      >
        {agree.isPending ? t('agreeing') : t('agree')}
      </button>
      <button type="button" className="btn quiet" onClick={() => setDeclined(true)}>
        {t('decline')}
      </button>
      {declined ? (
        <p role="status">
          {t.rich('declined', { phone, tel: (chunks) => <PhoneLink phone={phone}>{chunks}</PhoneLink> })}
        </p>
      ) : null}
    </div>
  );
}
