import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { refusalOf } from '#client/people/sign-in-refusal';
import { AppearanceMenu } from '#components/shell/appearance';
import { DrawnHand } from '#components/shell/drawn-hand';
import { Logo } from '#components/shell/logo';
import { homeOf, pageContext } from '../_server/caller';
import { WayIn } from './way-in';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { actor } = await pageContext();
  if (actor) redirect(homeOf(actor));
  const t = await getTranslations('signIn');
  const { error } = await searchParams;
  return (
    <div data-density="patient" className="grid min-h-dvh grid-cols-[minmax(0,1fr)] lg:grid-cols-[1fr_604px] lg:gap-4">
      <main className="flex flex-col px-4 pb-10 lg:px-12">
        <header className="flex items-center">
          <a href="/" className="flex min-h-16 grow items-center gap-2.5 text-[1.375rem] font-extrabold no-underline">
            <Logo /> {t('brand')}
          </a>
          <AppearanceMenu />
        </header>
        <div className="mx-auto my-auto grid w-full max-w-[420px] gap-5 py-6">
          <h1 className="page-title text-[2.25rem]">{t('title')}</h1>
          <WayIn failed={typeof error === 'string' ? refusalOf(error) : null} />
        </div>
      </main>
      <aside className="next-block m-4 hidden overflow-hidden lg:block" aria-hidden="true">
        <p className="p-12 text-[3rem] font-extrabold leading-[1.12] tracking-tight">{t('promise')}</p>
        <DrawnHand className="absolute -bottom-10 left-1/2 w-[380px] -translate-x-1/3" />
      </aside>
    </div>
  );
}
