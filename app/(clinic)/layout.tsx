import '@fontsource-variable/atkinson-hyperlegible-mono/index.css';
import type { ReactNode } from 'react';
import { ClinicShell } from '#components/shell/clinic';
import { DeviceClipUploads } from '#components/shell/clip-uploads';
import { Providers } from '#components/shell/providers';
import { mayInClinic } from '#domain/people/access';
import { requireStaff } from '../_server/caller';
import { Hydrate, prefetch } from '../_server/hydrate';
import { WhileInUse } from '../_server/while-in-use';

/** The shell only. Each page below asks for itself who may see it. */
export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const actor = await requireStaff();
  const { name, roles, userId } = actor;
  if (mayInClinic('review.read_queue', roles)) {
    await prefetch((trpc, load) => [
      load(trpc.caseload.counts.queryOptions()),
      load(trpc.messages.waiting.queryOptions()),
      load(trpc.notices.list.queryOptions()),
    ]);
  }
  return (
    <Providers userId={userId}>
      <WhileInUse actor={actor}>
        <Hydrate>
          <ClinicShell name={name} userId={userId} roles={roles}>
            <DeviceClipUploads userId={userId}>{children}</DeviceClipUploads>
          </ClinicShell>
        </Hydrate>
      </WhileInUse>
    </Providers>
  );
}
