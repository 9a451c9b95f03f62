'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useHydratedOutbox } from '#client/device-outbox';
import type { Outputs } from '#client/trpc';
import { AnswerGrid } from '#components/answer-grid';
import { TextField } from '#components/field';
import { Stepper } from '#components/stepper';
import { correctionOf, type Log, logSchema } from '#domain/log';

type Shown = Outputs['logs']['ofPatient']['logs'][number];

/** A correction is a new entry that says why; the old one stays with the clinic. */
export function CorrectLog({ log, name, onClose }: { log: Shown; name: string; onClose(): void }) {
  const t = useTranslations('progress');
  const s = useTranslations('logSheet');
  const outbox = useHydratedOutbox();
  const sheet = useRef<HTMLDialogElement>(null);
  const [pain, setPain] = useState<number | null | undefined>(log.pain);
  const [reps, setReps] = useState<number | null>(log.sets[0]?.reps ?? null);
  const [why, setWhy] = useState('');
  useEffect(() => sheet.current?.showModal(), []);

  async function save() {
    const parsed: Log = logSchema.parse(log);
    const sets = reps === null ? parsed.sets : parsed.sets.map((set) => ({ ...set, reps, countedBy: 'hand' as const }));
    const correction = correctionOf(parsed, {
      id: uuidv7(),
      correctionReason: why.trim(),
      source: parsed.source,
      values: { pain: pain ?? null, sets },
    });
    const opId = uuidv7();
    await outbox?.add('log', opId, { opId, practice: null, logs: [correction] });
    onClose();
  }

  return (
    <dialog
      ref={sheet}
      onClose={onClose}
      className="grid max-h-[94dvh] w-full gap-5 overflow-y-auto"
      aria-label={t('correct')}
    >
      <h2 className="text-[1.5rem] font-extrabold">{name}</h2>
      <AnswerGrid
        legend={s('pain')}
        name="pain"
        low={s('painLow')}
        high={s('painHigh')}
        value={pain}
        onChange={setPain}
      />
      {reps === null || log.state === 'skipped' ? null : (
        <Stepper label={s('reps')} value={reps} min={0} max={100} onChange={setReps} />
      )}
      <TextField
        label={t('why')}
        hint={t('whyHint')}
        value={why}
        maxLength={300}
        required
        onChange={(event) => setWhy(event.target.value)}
      />
      <button
        type="button"
        className="btn primary xl"
        aria-disabled={why.trim() === ''}
        onClick={() => void (why.trim() === '' ? undefined : save())}
      >
        {s('save')}
      </button>
      <button type="button" className="btn plain" onClick={onClose}>
        {s('cancel')}
      </button>
    </dialog>
  );
}
