'use client';

import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Meanwhile } from './use-program-draft';

/** Somebody published or saved beside this window: what happened, and what to do with what stands here. */
export function ChangedMeanwhile({
  meanwhile,
  onKeep,
  onTake,
}: {
  meanwhile: Meanwhile;
  onKeep(): void;
  onTake(): void;
}) {
  const t = useTranslations('programEditor.meanwhile');
  const isVersion = meanwhile.kind === 'version';
  return (
    <section
      role="alert"
      className="card grid gap-3 border-[1.5px] border-care p-4 lg:col-span-3"
      aria-label={t('title')}
    >
      <h2 className="section-title">{t('title')}</h2>
      <What meanwhile={meanwhile} />
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn quiet min-h-12" onClick={onKeep}>
          {isVersion ? t('rebase', { number: meanwhile.number }) : t('replace')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={onTake}>
          {isVersion ? t('takeVersion', { number: meanwhile.number }) : t('takeDraft')}
        </button>
      </div>
    </section>
  );
}

function What({ meanwhile }: { meanwhile: Meanwhile }) {
  const t = useTranslations('programEditor.meanwhile');
  const whenOf = useWhen(null);
  const name = meanwhile.by ?? '';
  if (meanwhile.kind === 'version') {
    return (
      <>
        <p>{t('version', { name, number: meanwhile.number })}</p>
        {meanwhile.reason ? <p className="muted">{t('versionReason', { reason: meanwhile.reason })}</p> : null}
      </>
    );
  }
  const when = whenOf(meanwhile.seen.savedAt, 'dated');
  return <p>{meanwhile.isOwn ? t('own', { when }) : t('colleague', { name, when })}</p>;
}
