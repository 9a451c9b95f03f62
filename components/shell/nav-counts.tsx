'use client';

import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { NavLink } from './nav-link';

export function WaitingCount() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.caseload.counts.queryOptions());
  const waiting = data?.waiting ?? 0;
  return waiting > 0 ? <span className="n">{waiting}</span> : null;
}

/** Patients who wrote and wait for this account. */
export function MessagesCount() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.messages.waiting.queryOptions());
  const waiting = data?.waiting ?? 0;
  return waiting > 0 ? <span className="n">{waiting}</span> : null;
}

/** The way to what happened to one's own work, with how much of it is new. */
export function NoticesLink() {
  const t = useTranslations('notices');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.notices.list.queryOptions());
  const unread = data?.unread ?? 0;
  return (
    <NavLink href="/notices" label={t('link', { count: unread })}>
      <Bell size={20} aria-hidden="true" />
      {unread > 0 ? <span className="n">{unread}</span> : null}
    </NavLink>
  );
}
