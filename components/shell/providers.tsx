'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLiveUpdates } from '#client/api/live-updates';
import { createApiClient, createQueryClient, TRPCProvider } from '#client/api/trpc';
import { AccountContext, OutboxContext, useDeviceOutbox } from '#client/device/account-outbox';
import { useTurnedReads } from '#client/device/clock/use-clock-turn';
import { RenewedPage } from './renewed-page';

/** The API for every screen below, kept fresh by one live connection per page, and the account's queue of writes. */
export function Providers({
  children,
  live = true,
  userId = null,
}: {
  children: ReactNode;
  live?: boolean;
  userId?: string | null;
}) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() => createApiClient(userId));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {live ? <LiveUpdates account={userId ?? ''} /> : null}
        <RenewedPage />
        <DeviceOutbox userId={userId}>{children}</DeviceOutbox>
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function LiveUpdates({ account }: { account: string }) {
  useLiveUpdates(account);
  useTurnedReads();
  return null;
}

function DeviceOutbox({ userId, children }: { userId: string | null; children: ReactNode }) {
  return (
    <AccountContext value={userId}>
      <OutboxContext value={useDeviceOutbox(userId)}>{children}</OutboxContext>
    </AccountContext>
  );
}
