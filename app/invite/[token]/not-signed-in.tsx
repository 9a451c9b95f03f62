'use client';

import { useTranslations } from '#client/device/words/translations';
import type { SignInRefusal } from '#client/people/sign-in-refusal';

export type NotSignedInBecause = SignInRefusal | 'unreachable';

/** What the link was for is done, and the browser is not signed in all the same: why, and where to go on. */
export function NotSignedIn({ done, because }: { done: 'accepted' | 'passwordSet'; because: NotSignedInBecause }) {
  const t = useTranslations('invite.notSignedIn');
  const s = useTranslations('signIn.problem');
  return (
    <div className="grid gap-4">
      <p role="alert">
        <strong className="block">{t(done)}</strong>
        {s(because)}
      </p>
      {/* Read anew: the page must ask the server who is signed in. */}
      <a className="btn quiet" href="/sign-in">
        {t('signIn')}
      </a>
    </div>
  );
}
