'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { TypedText } from '#client/device/typed-text';
import { useTranslations } from '#client/device/words/translations';
import { useIdle } from '#client/people/use-idle';
import { leaveScreen } from '#client/shell/leave-screen';
import { SignInForm } from '#components/people/sign-in-form';
import { Logo } from './logo';

/**
 * Takes the record from the screen when a login has ended, for want of use or by any other way: a panel to sign in over
 * nothing. The same person finds the page again with what was typed on it; another one begins at the first page.
 */
export function IdleGuard({ onEnded }: { onEnded(ended: boolean): void }) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const [typed] = useState(() => new TypedText());
  useEffect(() => typed.watch(), [typed]);
  const onEnd = useCallback(() => {
    typed.keep();
    void queryClient.cancelQueries();
    queryClient.clear();
  }, [typed, queryClient]);
  const { idle, stay, resume } = useIdle(onEnd);
  const isEnded = idle.phase === 'ended';
  const wasEnded = useRef(false);
  // Before the next picture: the record is never beside the panel.
  useLayoutEffect(() => onEnded(isEnded), [isEnded, onEnded]);
  const t = useTranslations('idle');
  useEffect(() => {
    if (isEnded) {
      wasEnded.current = true;
      return leaveScreen(queryClient, t('ended'));
    }
    if (!wasEnded.current) return;
    wasEnded.current = false;
    router.refresh();
    return typed.putBack();
  }, [isEnded, queryClient, router, typed, t]);
  if (isEnded) return <SignInAgain onSignedIn={resume} />;
  return idle.phase === 'warned' ? <IdleWarning leftMs={idle.leftMs} onStay={stay} /> : null;
}

/** Two minutes before the end. It is spoken when it opens and once a half minute, not every second. */
function IdleWarning({ leftMs, onStay }: { leftMs: number; onStay(): void }) {
  const t = useTranslations('idle');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      className="grid w-full max-w-[440px] gap-4"
      aria-labelledby="idle-title"
      aria-describedby="idle-text"
      onClose={onStay}
    >
      <h2 id="idle-title" className="page-title">
        {t('title')}
      </h2>
      <p id="idle-text">{t('text')}</p>
      <p className="text-[1.5rem] font-extrabold tabular-nums" aria-hidden="true">
        {t('left', { seconds })}
      </p>
      <p className="vh" role="status">
        {t('spoken', { seconds: Math.ceil(seconds / 30) * 30 })}
      </p>
      {/* biome-ignore lint/a11y/noAutofocus: the dialog has one answer, and a press of a key is to give it */}
      <button type="button" className="btn primary xl min-h-12" autoFocus onClick={() => dialog.current?.close()}>
        {t('here')}
      </button>
    </dialog>
  );
}

function SignInAgain({ onSignedIn }: { onSignedIn(): Promise<void> }) {
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
