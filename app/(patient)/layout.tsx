import type { ReactNode } from 'react';
import { DeviceClipUploads } from '#components/shell/clip-uploads';
import { PatientShell } from '#components/shell/patient';
import { Providers } from '#components/shell/providers';
import { requirePatient } from '../_server/caller';

/** The shell only. Each page below asks for itself who may see it. */
export default async function PatientLayout({ children }: { children: ReactNode }) {
  const { userId, name } = await requirePatient();
  return (
    <Providers userId={userId}>
      <DeviceClipUploads userId={userId}>
        <PatientShell name={name} userId={userId}>
          {children}
        </PatientShell>
      </DeviceClipUploads>
    </Providers>
  );
}
