'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { signOut } from '#client/sign-in';
import { useTRPC } from '#client/trpc';

const goToSignIn = () => window.location.assign('/sign-in');

/** Who is signed in, and the ways out. Native disclosure: it opens by tap, key and without scripts. */
export function AccountMenu({ name }: { name: string }) {
  const t = useTranslations('account');
  const trpc = useTRPC();
  const end = useMutation(trpc.account.endSessions.mutationOptions({ onSuccess: () => signOut().finally(goToSignIn) }));
  return (
    <details className="relative self-center">
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 rounded-m px-2 font-semibold">
        <span className="ava mira" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="max-sm:vh">{name}</span>
        <ChevronDown size={18} aria-hidden="true" />
      </summary>
      <div className="card absolute end-0 z-20 grid min-w-60 gap-2 p-3 shadow-(--shadow-1)">
        <button type="button" className="btn quiet" onClick={() => void signOut().then(goToSignIn)}>
          {t('signOut')}
        </button>
        <button type="button" className="btn quiet" aria-busy={end.isPending} onClick={() => end.mutate()}>
          {t('signOutEverywhere')}
        </button>
      </div>
    </details>
  );
}

function initials(name: string): string {
  const parts = name.split(/\s+/);
  return `${parts[0]?.[0] ?? ''}${parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : ''}`;
}
