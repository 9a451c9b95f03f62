'use client';

import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { NotKept } from '#client/device/outbox';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import type { MessageClinic } from '#domain/contact/thread-view';
import { type Barrier, type BarrierOutcome, isKnownBarrier, type SayBarrier } from '#domain/practice/barriers';

type Hard = { code: Barrier['code']; words: string; suggestion: string };

/** What may be picked, in words: the clinic's own, or those of Regrasp. */
function useHard({ barriers }: MessageClinic): Hard[] {
  const t = useTranslations('barriers');
  return barriers.items.map(({ code, words, suggestion }) => ({
    code,
    words: words ?? (isKnownBarrier(code) ? t(`${code}.words`) : ''),
    suggestion: suggestion ?? (isKnownBarrier(code) ? t(`${code}.suggestion`) : ''),
  }));
}

type HardAtHomeProps = {
  episodeId: string;
  clinic: MessageClinic;
  /** The suggestion does not help: what is to be asked. */
  onAsk(words: string): void;
};

/** "What is hard at home?": a short list, for each what the clinic suggests first, and whether that helps. */
export function HardAtHome({ episodeId, clinic, onAsk }: HardAtHomeProps) {
  const t = useTranslations('messages.hard');
  const outbox = useHydratedOutbox();
  const items = useHard(clinic);
  const [picked, setPicked] = useState<Hard | null>(null);
  const [saved, setSaved] = useState<BarrierOutcome | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (items.length === 0) return null;

  async function say(hard: Hard, outcome: BarrierOutcome) {
    if (!outbox) return;
    const barrierId = uuidv7();
    const input: SayBarrier = { barrierId, episodeId, ...hard, outcome, saidAt: deviceNow(), clock: deviceClock() };
    try {
      await outbox.add('barrier', barrierId, input, { inForm: true });
      setPicked(null);
      setSaved(outcome);
      setProblem(null);
      if (outcome === 'asks') onAsk(hard.words);
    } catch (error) {
      setProblem(error instanceof NotKept && error.onPage ? 'page_only' : 'device_full');
    }
  }
  return (
    <details className="card">
      <summary className="flex min-h-14 cursor-pointer items-center px-4 py-3 font-semibold">{t('title')}</summary>
      <fieldset className="grid gap-1 px-4 pb-4">
        <legend className="vh">{t('title')}</legend>
        {items.map((hard) => (
          <div key={hard.code} className="grid gap-3">
            <label className="flex min-h-12 items-center gap-3 py-1">
              <input
                type="radio"
                name="hard"
                className="size-7 shrink-0 accent-action"
                checked={picked?.code === hard.code}
                onChange={() => {
                  setPicked(hard);
                  setSaved(null);
                }}
              />
              <span className="wrap-anywhere">{hard.words}</span>
            </label>
            {picked?.code === hard.code ? (
              <div className="note grid gap-3">
                <p className="wrap-anywhere">{hard.suggestion}</p>
                <button type="button" className="btn primary xl" onClick={() => say(hard, 'helps')}>
                  {t('helps')}
                </button>
                <button type="button" className="btn quiet xl" onClick={() => say(hard, 'asks')}>
                  {t('asks')}
                </button>
              </div>
            ) : null}
          </div>
        ))}
      </fieldset>
      <div className="px-4 pb-4 empty:hidden">
        <p role="status" className="empty:hidden">
          {saved ? t(`saved.${saved}`) : ''}
        </p>
        <Problem reason={problem} />
      </div>
    </details>
  );
}
