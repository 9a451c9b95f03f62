import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';

type PublishProps = {
  /** Why the last try failed, or the claim is gone; a key of `failure.*`. */
  reason: string | null;
  /** Drawings that were not stored. */
  refused: number;
  /** Drawings are on their way. */
  isWaiting: boolean;
  /** Another window changed the answer, and nobody has decided yet. */
  isUndecided: boolean;
  /** It was pressed while something was lacking. */
  isPressed: boolean;
  ready: boolean;
  isPending: boolean;
  onSend(outcome: 'feedback' | 'redo'): void;
};

/** The two ways in which an answer goes out, and what stands in the way of both. */
export function PublishPart(props: PublishProps) {
  const { reason, refused, isWaiting, isUndecided, isPressed, ready, isPending, onSend } = props;
  const t = useTranslations('review');
  return (
    <>
      <div className="desk-publish">
        <Problem reason={reason} />
        {refused > 0 ? (
          <p role="alert" className="problem">
            {t('drawingsRefused', { count: refused })}
          </p>
        ) : null}
        {isWaiting ? (
          <p role={isPressed ? 'alert' : undefined} className={isPressed ? 'problem' : 'muted'}>
            {t('drawingsOnTheWay')}
          </p>
        ) : null}
        {isPressed && isUndecided ? (
          <p role="alert" className="problem">
            {t('decideNewer')}
          </p>
        ) : null}
        <button
          type="button"
          className="btn primary min-h-14"
          aria-disabled={!ready}
          aria-busy={isPending}
          onClick={() => onSend('feedback')}
        >
          {t(isPending ? 'publishing' : 'publish')}
        </button>
      </div>
      <button type="button" className="btn quiet" aria-disabled={!ready} onClick={() => onSend('redo')}>
        {t('redo')}
      </button>
    </>
  );
}
