import type { ReactNode } from 'react';
import { ClinicShell } from '#components/clinic-shell';
import { Providers } from '#components/providers';
import { mayInClinic } from '#domain/access';
import { pageCaller, requireStaff } from '../_server/caller';

/** The frame only. Each page below asks for itself who may see it. */
export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const { name, roles, userId } = await requireStaff();
  const waiting = mayInClinic('review.read_queue', roles) ? (await (await pageCaller()).caseload.counts()).waiting : 0;
  return (
    <Providers userId={userId}>
      <ClinicShell name={name} roles={roles} waiting={waiting}>
        {children}
      </ClinicShell>
    </Providers>
  );
}
