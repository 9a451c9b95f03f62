import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Logo } from '#components/shell/logo';
import { Providers } from '#components/shell/providers';
import { Failure } from '#domain/input/failure';
import { isolated } from '#domain/input/isolated';
import { inviteTokenSchema } from '#domain/people/account';
import { pageCaller } from '../../_server/caller';
import { AcceptInviteForm } from './accept-invite-form';
import { NewPasswordForm } from './new-password-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('invite'))('title') };
}

async function findInvite(token: string) {
  if (!inviteTokenSchema.safeParse(token).success) return null;
  try {
    return await (await pageCaller()).invites.show({ token });
  } catch (error) {
    if (error instanceof Error && error.cause instanceof Failure) return null;
    throw error;
  }
}

export default async function InvitePage({ params }: PageProps<'/invite/[token]'>) {
  const { token } = await params;
  const invite = await findInvite(token);
  const t = await getTranslations('invite');
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[520px] content-start gap-5 px-4 py-6">
      <Logo />
      {invite?.kind === 'password' ? (
        <Providers live={false}>
          <h1 className="page-title">{t('newPasswordTitle', { name: isolated(invite.name) })}</h1>
          <p>{t('newPasswordLead', { clinic: isolated(invite.clinicName) })}</p>
          <NewPasswordForm token={token} />
        </Providers>
      ) : invite ? (
        <Providers live={false}>
          <h1 className="page-title">
            {t('welcome', { name: isolated(invite.name), clinic: isolated(invite.clinicName) })}
          </h1>
          <p>
            {invite.kind === 'patient'
              ? t('patientLead')
              : t('staffLead', { role: t(`role.${invite.role ?? 'clinician'}`) })}
          </p>
          <AcceptInviteForm
            token={token}
            name={invite.name}
            home={invite.kind === 'patient' ? '/welcome' : '/sign-in'}
          />
        </Providers>
      ) : (
        <>
          <h1 className="page-title">{t('gone')}</h1>
          <p>{t('goneLead')}</p>
          <a className="btn quiet" href="/sign-in">
            {t('signIn')}
          </a>
        </>
      )}
    </main>
  );
}
