'use client';

import { LogIn } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { signedOut } from '#client/api/signed-out';
import { useTranslations } from '#client/device/words/translations';
import { forgetWhatWasRead } from '#client/people/forget';

/** Says that the login has ended; what waits on the device is kept. */
export function SignedOut() {
  const t = useTranslations('signedOut');
  const isOut = useSyncExternalStore(signedOut.subscribe, signedOut.snapshot, () => false);
  // Whatever ended it: who comes next at this device finds nothing of the record on it.
  useEffect(() => {
    if (isOut) void forgetWhatWasRead();
  }, [isOut]);
  return (
    <div role="alert" className="empty:hidden">
      {isOut ? (
        <div className="mx-4 my-2 flex flex-wrap items-center gap-3 rounded-2xl border-2 border-stop bg-stop-wash px-4 py-3 text-stop">
          <p className="min-w-[min(100%,12rem)] grow font-semibold">{t('text')}</p>
          {/* A page of its own, so that everything starts anew with the new login. */}
          <a className="btn primary min-h-12" href="/sign-in">
            <LogIn size={20} aria-hidden="true" /> {t('signIn')}
          </a>
        </div>
      ) : null}
    </div>
  );
}
