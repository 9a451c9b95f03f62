'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';

/** Who made a link by which this account's password could be set: the owner must hear of one they did not ask for. */
export function PasswordLinks() {
  const t = useTranslations('accountPage');
  const when = useWhen(null);
  const { data: links = [] } = useQuery(useTRPC().account.passwordLinks.queryOptions());
  if (links.length === 0) return null;
  return (
    <section className="grid grid-cols-1 gap-3" aria-labelledby="password-links">
      <h2 id="password-links" className="section-title">
        {t('passwordLinks')}
      </h2>
      <ul className="card divide-y divide-line" aria-labelledby="password-links">
        {links.map(({ id, createdAt, createdByName, state }) => (
          <li key={id} className="px-4 py-3">
            <strong className="block">{t(`passwordLink.${state}`)}</strong>
            <span className="muted small">
              {t('passwordLinkBy', {
                name: createdByName ?? t('whoRunsIt'),
                when: when(createdAt, 'long'),
              })}
            </span>
          </li>
        ))}
      </ul>
      <p className="muted">{t('passwordLinksHint')}</p>
    </section>
  );
}
