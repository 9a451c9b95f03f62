import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';

export default async function NotFound() {
  // Rendered per request, so that its scripts carry the nonce.
  await connection();
  const t = await getTranslations('error');
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[560px] content-center gap-4 px-4">
      <h1 className="page-title">{t('notFoundTitle')}</h1>
      <p>{t('notFoundLead')}</p>
      <a className="btn primary w-fit" href="/sign-in">
        {t('home')}
      </a>
    </main>
  );
}
