import { getTranslations } from 'next-intl/server';
import { AppearanceMenu } from '#components/shell/appearance';
import { DrawnHand } from '#components/shell/drawn-hand';
import { Logo } from '#components/shell/logo';

const LOOP = ['prescribe', 'practise', 'show', 'draw', 'dose'] as const;

export default async function LandingPage() {
  const t = await getTranslations('landing');
  return (
    <div data-density="patient" className="mx-auto grid min-h-dvh max-w-[1200px] content-start px-4 lg:px-8">
      <header className="flex min-h-16 flex-wrap items-center gap-2.5">
        <Logo /> <span className="text-[1.375rem] font-extrabold">{t('brand')}</span>
        <span className="grow" />
        <AppearanceMenu />
        <a className="btn quiet" href="/sign-in">
          {t('signIn')}
        </a>
      </header>
      <main className="grid gap-8 pb-12">
        <section className="next-block grid lg:min-h-[440px] lg:grid-cols-[1.1fr_1fr]">
          <div className="grid content-center gap-5 p-6 lg:p-12">
            <h1 className="text-[2.5rem] font-extrabold leading-[1.08] tracking-tight lg:text-[3.5rem]">
              {t('headline')}
            </h1>
            <p className="max-w-[36ch] text-[1.25rem] text-on-block-2">{t('lead')}</p>
            <a className="btn primary xl w-fit" href="/sign-in">
              {t('signIn')}
            </a>
          </div>
          <div className="relative min-h-[340px] overflow-hidden">
            <DrawnHand className="absolute -bottom-8 left-1/2 w-[300px] -translate-x-[42%] lg:-bottom-14 lg:w-[420px]" />
          </div>
        </section>
        <section aria-labelledby="loop">
          <h2 id="loop" className="section-title">
            {t('loop.label')}
          </h2>
          <ol className="mt-4 grid gap-4 md:grid-cols-5">
            {LOOP.map((key, index) => (
              <li key={key} className="loop-node grid content-start gap-1 pt-8">
                <strong>{t('loop.step', { number: index + 1, name: t(`loop.${key}`) })}</strong>
                <span className="muted small">{t(`loop.${key}Lead`)}</span>
              </li>
            ))}
          </ol>
        </section>
        <footer className="muted small grid gap-1">
          <p>{t('open')}</p>
          <p>{t('disclaimer')}</p>
        </footer>
      </main>
    </div>
  );
}
