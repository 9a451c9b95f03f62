import type { ReactNode } from 'react';
import { DeviceClipUploads } from '#components/shell/clip-uploads';
import { EndedPage } from '#components/shell/ended-page';
import { PatientShell } from '#components/shell/patient';
import { Providers } from '#components/shell/providers';
import { requirePatient } from '../_server/caller';

/** The shell only. Each page below asks for itself who may see it. */
export default async function PatientLayout({ children }: { children: ReactNode }) {
  const { userId, name } = await requirePatient();
  return (
    <Providers userId={userId}>
      <DeviceClipUploads userId={userId}>
        <EndedPage>
          <PatientShell name={name} userId={userId}>
            {children}
          </PatientShell>
        </EndedPage>
      </DeviceClipUploads>
    </Providers>
  );
}
