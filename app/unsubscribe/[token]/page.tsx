import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Logo } from '#components/shell/logo';
import { readUnsubscribeToken } from '#server/contact/links';
import { getProcess } from '#server/runtime/process';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('unsubscribe'))('title'), robots: { index: false } };
}

/** Says what the link turns off; the button does it. A plain form: it works where no script runs. */
export default async function UnsubscribePage({ params, searchParams }: PageProps<'/unsubscribe/[token]'>) {
  const { token } = await params;
  const isDone = (await searchParams).done !== undefined;
  const read = readUnsubscribeToken(getProcess().env.REGRASP_SECRET, token);
  const t = await getTranslations('unsubscribe');
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[520px] content-start gap-5 px-4 py-6">
      <Logo />
      <h1 className="page-title">{t(read ? 'title' : 'gone')}</h1>
      {read ? (
        <>
          {isDone ? <p role="status">{t('done')}</p> : <p>{t('lead')}</p>}
          <ul className="list-disc ps-6">
            {read.groups.map((group) => (
              <li key={group}>{t(`group.${group}`)}</li>
            ))}
          </ul>
          {isDone ? null : (
            <form method="post" action={`/api/unsubscribe/${token}`}>
              <button type="submit" className="btn primary min-h-12 w-full">
                {t('stop')}
              </button>
            </form>
          )}
          <p className="muted">{t('onAgain')}</p>
        </>
      ) : (
        <p>{t('goneLead')}</p>
      )}
      <a className="btn quiet min-h-12" href="/sign-in">
        {t('signIn')}
      </a>
    </main>
  );
}
