import type { ReactNode } from 'react';
import { ClinicShell } from '#components/clinic-shell';
import { Providers } from '#components/providers';
import { requireStaff } from '../_server/caller';

/** The frame only. Each page below asks for itself who may see it. */
export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const { name, roles, userId } = await requireStaff();
  return (
    <Providers userId={userId}>
      <ClinicShell name={name} roles={roles} waiting={0}>
        {children}
      </ClinicShell>
    </Providers>
  );
}
