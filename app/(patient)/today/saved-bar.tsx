'use client';

import { Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useTranslations } from '#client/device/words/translations';
import { keepCounted } from '#client/practice/counted';
import { removeLog } from '#client/practice/remove-log';
import { type SavedNow, showSaved, useSavedNow } from '#client/practice/saved-now';

/** How long one press takes back what was just saved; later it is removed in the history. */
const UNDO_MS = 10_000;

type SavedBarProps = { nameOf(lineageId: string): string; rowOf(lineageId: string): string; onUndone(): void };

/** Says that it was saved, and takes it back for ten seconds, longer while somebody is at it. */
export function SavedBar({ nameOf, rowOf, onUndone }: SavedBarProps) {
  const saved = useSavedNow();
  const [undone, setUndone] = useState<SavedNow | null>(null);
  const t = useTranslations('saved');
  const rowId = saved && !saved.mayUndo ? rowOf(saved.lineageId) : null;
  useEffect(() => {
    // Left and come back to later: that was said.
    if (saved && deviceNow() - saved.savedAt > UNDO_MS) showSaved(null);
  }, [saved]);
  useEffect(() => {
    if (rowId === null) return;
    document.getElementById(rowId)?.focus();
    const timer = setTimeout(() => showSaved(null), UNDO_MS);
    return () => clearTimeout(timer);
  }, [rowId]);
  const words = saved
    ? t('saved', { name: nameOf(saved.lineageId) })
    : undone
      ? t('undone', { name: nameOf(undone.lineageId) })
      : '';
  return (
    <>
      <p role="status" className="vh">
        {words}
      </p>
      {saved?.mayUndo ? (
        <Bar
          key={saved.logId}
          saved={saved}
          words={words}
          rowId={rowOf(saved.lineageId)}
          onUndone={() => {
            setUndone(saved);
            onUndone();
          }}
        />
      ) : undone ? (
        <p className="note" aria-hidden="true">
          {words}
        </p>
      ) : null}
    </>
  );
}

type BarProps = { saved: SavedNow; words: string; rowId: string; onUndone(): void };

function Bar({ saved, words, rowId, onUndone }: BarProps) {
  const t = useTranslations('saved');
  const outbox = useHydratedOutbox();
  const bar = useRef<HTMLElement>(null);
  const [isHeld, setIsHeld] = useState(false);
  const [problem, setProblem] = useState(false);
  const rest = () => document.getElementById(rowId)?.focus();

  useEffect(() => {
    // After the sheet has given the focus back.
    const frame = requestAnimationFrame(() => bar.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => {
      const isHere = bar.current?.contains(document.activeElement) ?? false;
      showSaved(null);
      if (isHere) document.getElementById(rowId)?.focus();
    }, UNDO_MS);
    return () => clearTimeout(timer);
  }, [isHeld, rowId]);

  async function undo() {
    if (!outbox) return;
    try {
      await removeLog(outbox, saved.logId, 'undone');
    } catch {
      return setProblem(true);
    }
    if (saved.counted) keepCounted(saved.counted);
    onUndone();
    showSaved(null);
    rest();
  }
  return (
    <section
      ref={bar}
      aria-label={words}
      tabIndex={-1}
      className="undo-bar on-dark"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
    >
      <p className="grow font-semibold" aria-hidden="true">
        {problem ? t('notUndone') : words}
      </p>
      <button
        type="button"
        className="btn quiet min-h-12"
        onFocus={() => setIsHeld(true)}
        onBlur={() => setIsHeld(false)}
        onClick={() => void undo()}
      >
        <Undo2 aria-hidden="true" /> {t('undo')}
      </button>
    </section>
  );
}
