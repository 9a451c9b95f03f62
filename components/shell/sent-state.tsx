'use client';

import { CloudAlert, CloudCheck, CloudUpload } from 'lucide-react';
import { useState } from 'react';
import { useLoaded } from '#client/api/use-loaded';
import { useHydratedOutbox, useOutboxState } from '#client/device/account-outbox';
import { useTranslations } from '#client/device/words/translations';

const loadTray = () => import('./tray').then(({ Tray }) => Tray);

const ICONS = { parked: CloudAlert, page: CloudAlert, waiting: CloudUpload, sent: CloudCheck };

function PlaceOfSent({ words }: { words: string }) {
  return (
    <p className="invisible flex items-center gap-1.5 font-semibold" aria-hidden="true">
      <CloudCheck size={20} className="shrink-0" /> {words}
    </p>
  );
}

/**
 * One word about what this device still holds: all sent, some waiting, some given up, some that this page alone has. The
 * tray of what was not sent opens from it. `quiet` = nothing is said where there is nothing.
 */
export function SentState({ quiet = false }: { quiet?: boolean }) {
  const t = useTranslations('outbox');
  const outbox = useHydratedOutbox();
  const { isRead, waiting, parked, onPageOnly } = useOutboxState(outbox);
  const [isOpen, setOpen] = useState(false);
  const Tray = useLoaded(isOpen ? loadTray : null);
  // What stands beside it is not moved by the answer.
  if (!outbox || (!isRead && onPageOnly === 0)) return quiet ? null : <PlaceOfSent words={t('sent')} />;
  const state = onPageOnly > 0 ? 'page' : parked > 0 ? 'parked' : waiting > 0 ? 'waiting' : 'sent';
  if (quiet && state === 'sent' && !isOpen) return null;
  const Icon = ICONS[state];
  const words = t(state, { count: { page: onPageOnly, parked, waiting, sent: 0 }[state] });
  const isCare = state === 'parked' || state === 'page';
  return (
    <>
      <p role="status" className={`flex items-center font-semibold ${isCare ? 'text-care' : 'text-ink-2'}`}>
        {parked > 0 ? (
          <button type="button" className="flex min-h-12 items-center gap-1.5 text-start" onClick={() => setOpen(true)}>
            <Icon size={20} aria-hidden="true" /> {words}
          </button>
        ) : (
          <span className="flex items-center gap-1.5">
            <Icon size={20} aria-hidden="true" className="shrink-0" /> {words}
          </span>
        )}
      </p>
      {Tray && isOpen ? <Tray outbox={outbox} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
