import type { ReactNode } from 'react';
import { ClinicShell } from '#components/shell/clinic';
import { Providers } from '#components/shell/providers';
import { requireActor } from '../_server/caller';
import { WhileInUse } from '../_server/while-in-use';
import ClinicLayout from '../(clinic)/layout';
import PatientLayout from '../(patient)/layout';

/** One address for everyone: staff and patients each see it inside the shell they know. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const { roles, patientId, name, userId } = actor;
  if (roles.length === 0 && patientId) return <PatientLayout>{children}</PatientLayout>;
  const main = (
    <main className="mx-auto grid w-full max-w-[760px] grid-cols-1 content-start px-4 py-6 md:px-8">{children}</main>
  );
  if (roles.length > 0) return <ClinicLayout>{main}</ClinicLayout>;
  return (
    <Providers userId={userId}>
      <WhileInUse actor={actor}>
        <ClinicShell name={name} userId={userId} roles={roles}>
          {main}
        </ClinicShell>
      </WhileInUse>
    </Providers>
  );
}
