'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { openChannel } from '#client/api/channel';
import { signedOut } from '#client/api/signed-out';
import { useTRPCClient } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { ONE_BROWSER } from '#client/people/one-browser';
import { urgentWords } from '#client/practice/urgent-words';

const areUrgent = () => urgentWords.snapshot() > 0;

const loadLeaving = () => import('#client/shell/leave-screen');

/**
 * A page that leaves the screen when its login has ended, wherever that was. It is not shown again by the next answer that
 * is let through: by then another person may have signed in. Words that say to stop are read first.
 */
export function EndedPage({ children }: { children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  const api = useTRPCClient();
  useEffect(() => {
    let over = false;
    const end = () => {
      over = true;
      setIsOver(true);
    };
    const follow = () => signedOut.snapshot() && end();
    follow();
    const stop = signedOut.subscribe(follow);
    const channel = openChannel(ONE_BROWSER);
    channel.onmessage = ({ data }) => {
      if (data === 'signed-out') signedOut.set(true);
      if (data !== 'signed-in') return;
      if (over) window.location.reload();
      // The answer tells whether this page is still of whoever is signed in; without a line it is asked with the next.
      else void api.account.idle.query().catch(() => undefined);
    };
    return () => {
      stop();
      channel.close();
    };
  }, [api]);
  const isReading = useSyncExternalStore(urgentWords.subscribe, areUrgent, () => false);
  return isOver && !isReading ? <SignedOut /> : children;
}

/** Over nothing: what waits on the device is kept. */
function SignedOut() {
  const queryClient = useQueryClient();
  const t = useTranslations('signedOut');
  const heading = useRef<HTMLHeadingElement>(null);
  const title = t('title');
  useEffect(() => {
    heading.current?.focus();
    void loadLeaving().then(({ leaveScreen }) => leaveScreen(queryClient, title));
  }, [queryClient, title]);
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh w-full max-w-[460px] content-center gap-5 px-4 py-6">
      <h1 ref={heading} tabIndex={-1} className="page-title">
        {title}
      </h1>
      <p role="alert">{t('text')}</p>
      {/* A page of its own, so that everything starts anew with the new login. */}
      <a className="btn primary xl" href="/sign-in">
        {t('signIn')}
      </a>
    </main>
  );
}
