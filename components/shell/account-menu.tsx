'use client';

import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { type MouseEvent, useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { goToSignIn, signOut } from '#client/people/sign-in';
import { initialsOf } from '#domain/people/initials';
import { AppearanceChoice } from './appearance';
import { SignOutEverywhere } from './sign-out-everywhere';

type AccountMenuProps = {
  name: string;
  consentsHref?: string | null;
  messagesHref?: string | null;
  reachHref?: string | null;
};

/** The page that a link leads to may have this same menu: it does not stay open over it. */
function close({ currentTarget }: MouseEvent<HTMLElement>) {
  currentTarget.closest('details')?.removeAttribute('open');
}

/** Who is signed in, and the ways out. Native disclosure: it opens by tap, key and without scripts. */
export function AccountMenu({ name, consentsHref = null, messagesHref = null, reachHref = null }: AccountMenuProps) {
  const t = useTranslations('account');
  const p = useTranslations('accountPage');
  const [isUnreachable, setIsUnreachable] = useState(false);
  return (
    <details className="relative self-center">
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 rounded-m px-2 font-semibold">
        <span className="ava mira" aria-hidden="true">
          {initialsOf(name)}
        </span>
        {/* Where there is no room the initials stand for it: a row that wraps would move the page when its font comes. */}
        <bdi className="line-clamp-2 max-[26rem]:sr-only">{name}</bdi>
        <ChevronDown size={18} aria-hidden="true" />
      </summary>
      <div className="card absolute end-0 z-20 max-sm:fixed max-sm:inset-x-4 grid w-80 max-sm:w-auto gap-3 p-4 shadow-(--shadow-1)">
        <AppearanceChoice />
        {messagesHref ? (
          <Link className="btn quiet" href={messagesHref} prefetch={false} onClick={close}>
            {t('messages')}
          </Link>
        ) : null}
        {reachHref ? (
          <Link className="btn quiet" href={reachHref} prefetch={false} onClick={close}>
            {t('reach')}
          </Link>
        ) : null}
        {consentsHref ? (
          <Link className="btn quiet" href={consentsHref} prefetch={false} onClick={close}>
            {t('consents')}
          </Link>
        ) : null}
        <Link className="btn quiet" href="/account" prefetch={false} onClick={close}>
          {p('title')}
        </Link>
        <button
          type="button"
          className="btn quiet"
          onClick={() => signOut().then(goToSignIn, () => setIsUnreachable(true))}
        >
          {t('signOut')}
        </button>
        <p role="alert" className="empty:hidden">
          {isUnreachable ? t('signOutUnreachable') : ''}
        </p>
        <SignOutEverywhere />
      </div>
    </details>
  );
}
