'use client';

import { useState } from 'react';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';

export function InviteLink({
  url,
  qrSvg,
  expiresAt,
  name,
  lead = 'lead',
}: {
  url: string;
  qrSvg: string;
  expiresAt: number;
  name: string;
  /** What the link does for the person: gives a login, or a new password. */
  lead?: 'lead' | 'passwordLead';
}) {
  const t = useTranslations('inviteLink');
  const when = useWhen(null);
  const [copied, setCopied] = useState(false);
  return (
    <div className="grid gap-3">
      <p className="small muted">
        {t(lead, {
          name,
          date: when(expiresAt, lead === 'lead' ? 'date' : 'dated'),
        })}
      </p>
      {/* biome-ignore lint/performance/noImgElement: a data address needs no optimizer */}
      <img
        className="w-48 rounded-s bg-white"
        alt={t('qr')}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(qrSvg)}`}
      />
      <label className="field">
        <span className="label">{t('link')}</span>
        <input className="input mono" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <button
        type="button"
        className="btn quiet w-fit"
        onClick={() => void navigator.clipboard.writeText(url).then(() => setCopied(true))}
      >
        {copied ? t('copied') : t('copy')}
      </button>
    </div>
  );
}
