'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { SignInForm } from '#components/people/sign-in-form';
import { Logo } from './logo';

/** Stands in the place of a page whose login has ended. */
export default function SignInAgain({ onSignedIn }: { onSignedIn(): Promise<void> }) {
  const t = useTranslations('idle');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh w-full max-w-[460px] content-center gap-5 px-4 py-6">
      <p className="flex items-center gap-2.5 text-[1.375rem] font-extrabold">
        <Logo /> {t('brand')}
      </p>
      <h1 ref={heading} tabIndex={-1} className="page-title">
        {t('ended')}
      </h1>
      <p>{t('endedText')}</p>
      <SignInForm onSignedIn={() => void onSignedIn()} />
    </main>
  );
}
