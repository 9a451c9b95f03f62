import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Logo } from '#components/shell/logo';
import { Providers } from '#components/shell/providers';
import { Confirm } from './confirm';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('changeEmail'))('confirmTitle') };
}

/** A look changes nothing: programs that read mail look at every link. */
export default async function EmailPage({ params }: PageProps<'/email/[token]'>) {
  const { token } = await params;
  const t = await getTranslations('changeEmail');
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[520px] content-start gap-5 px-4 py-6">
      <Logo />
      <Providers live={false}>
        <h1 className="page-title">{t('confirmTitle')}</h1>
        <p>{t('confirmLead')}</p>
        <Confirm token={token} />
      </Providers>
    </main>
  );
}
