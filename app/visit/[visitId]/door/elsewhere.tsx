'use client';

import { useState } from 'react';
import { problemOf } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import type { LiveVisit } from '#client/visit/use-live-visit';
import { Problem } from '#components/form/field';
import { Logo } from '#components/shell/logo';
import { CallInstead } from '../call-instead';

/** The person went on in another window: this one is silent, and can be taken back. */
export function Elsewhere({ liveVisit }: { liveVisit: LiveVisit }) {
  const t = useTranslations('visit');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function goOn() {
    setBusy(true);
    try {
      await liveVisit.visitLine.ask({ locationText: null, presentOthers: null });
    } catch (error) {
      setProblem(problemOf(error).reason);
      setBusy(false);
    }
  }
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[560px] content-center gap-6 px-4 py-8">
      <Logo />
      <div role="status" className="grid gap-2">
        <h1 className="page-title">{t('elsewhere.title')}</h1>
        <p>{t('elsewhere.lead')}</p>
      </div>
      <button type="button" className="btn primary xl" aria-busy={busy} onClick={() => void goOn()}>
        {t('elsewhere.goOnHere')}
      </button>
      <Problem reason={problem} />
      <CallInstead room={liveVisit.room} />
    </main>
  );
}
