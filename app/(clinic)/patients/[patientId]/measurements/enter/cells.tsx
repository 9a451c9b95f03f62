'use client';

import { useTranslations } from '#client/device/words/translations';
import { StopOnPain } from '#components/record/stop-on-pain';
import { specOf } from '#domain/record/catalogue';
import { type JointPart, jointsOfPart } from '#domain/record/entry';
import { manualMotionsOf } from '#domain/record/measure';
import { percentOfOtherHand } from '#domain/record/series';
import { CellDoubt, CellFields, type CellProps, CellResult, trialsOf } from './cell-input';
import type { FormCell } from './use-entry';

type CellsProps = Omit<CellProps, 'cell' | 'name'> & { patientId: string; onStop(): void };

/** Both hands of a test beside each other: their trials by Tab, what is made of them, and how one is to the other. */
export function HandCells(props: CellsProps) {
  const t = useTranslations('measures');
  const { entry, patientId, onStop, ...shared } = props;
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        {entry.cells.map((cell) => {
          const name = t('enter.cell', { side: cell.of.side ?? 'none' });
          const isStrength = specOf(cell.of.kind).group === 'strength';
          return (
            <fieldset key={cell.key} className="grid min-w-0 content-start gap-2 rounded-m bg-sunken p-3">
              <legend className="float-start flex items-center gap-2 font-bold">
                {cell.of.side ? <span className="lr">{t(`side.${cell.of.side}`)}</span> : t('sideName.none')}
              </legend>
              {cell.isForbidden ? null : (
                <>
                  <div
                    className={
                      trialsOf(cell) > 1
                        ? 'clear-both grid grid-cols-[repeat(auto-fit,minmax(56px,1fr))] gap-2'
                        : 'clear-both grid gap-2'
                    }
                  >
                    <CellFields {...shared} entry={entry} cell={cell} name={name} />
                  </div>
                  <CellResult cell={cell} words={props.words} />
                  <CellDoubt {...shared} entry={entry} cell={cell} name={name} />
                  {isStrength ? (
                    <Stop patientId={patientId} cell={cell} name={name} entry={entry} onStop={onStop} />
                  ) : null}
                </>
              )}
            </fieldset>
          );
        })}
      </div>
      <OtherHand cells={entry.cells} />
    </div>
  );
}

/** The weaker hand in percent of the other, as one types. */
function OtherHand({ cells }: { cells: readonly FormCell[] }) {
  const t = useTranslations('measures.enter');
  const [left, right] = cells;
  if (!left || !right || specOf(left.of.kind).group !== 'strength') return null;
  const [l, r] = [left, right].map(({ read }) => (read.state === 'measured' ? read.measure.value : null));
  if (l == null || r == null) return null;
  const isLeft = l <= r;
  const percent = isLeft ? percentOfOtherHand(l, r) : percentOfOtherHand(r, l);
  return percent === null ? null : (
    <p role="status" className="change-words font-bold">
      {t('otherPercent', { side: isLeft ? 'left' : 'right', percent })}
    </p>
  );
}

/** All joints of a part, of both hands: each motion active and passive, with what was understood beside the field. */
export function JointCells({ part, ...props }: CellsProps & { part: JointPart }) {
  const t = useTranslations('measures');
  const { entry, patientId, onStop, ...shared } = props;
  const of = (side: 'left' | 'right', joint: string, activity: string, motion: string) =>
    entry.cells.find(
      (cell) =>
        cell.of.side === side && cell.of.joint === joint && cell.of.activity === activity && cell.of.motion === motion,
    );
  return (
    <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
      {(['left', 'right'] as const).map((side) => (
        <fieldset key={side} className="grid min-w-0 content-start gap-3 rounded-m bg-sunken p-3">
          <legend className="float-start">
            <span className="lr">{t(`side.${side}`)}</span>
          </legend>
          <div className="clear-both grid gap-3">
            {jointsOfPart(part).flatMap((joint) =>
              manualMotionsOf(joint).map((motion) => (
                <div
                  key={`${joint} ${motion}`}
                  className="grid grid-cols-2 items-start gap-x-3 gap-y-1 sm:grid-cols-[minmax(0,1.2fr)_1fr_1fr]"
                >
                  <span className="col-span-2 font-semibold sm:col-span-1 sm:pt-3">
                    {`${t(`jointName.${joint}`)}, ${props.words.motion({ joint, motion })}`}
                  </span>
                  {(['active', 'passive'] as const).map((activity) => {
                    const cell = of(side, joint, activity, motion);
                    if (!cell) return null;
                    const name = t('enter.jointCell', {
                      side,
                      joint: t(`jointName.${joint}`),
                      motion: props.words.motion({ joint, motion }),
                      activity: t(`activity.${activity}`),
                    });
                    return (
                      <div key={activity} className="grid gap-1">
                        <span className="small muted" aria-hidden="true">
                          {t(`enter.${activity}`)}
                        </span>
                        {cell.isForbidden ? (
                          <span className="small muted">{'–'}</span>
                        ) : (
                          <>
                            <CellFields {...shared} entry={entry} cell={cell} name={name} />
                            <CellResult cell={cell} words={props.words} isQuiet />
                            {activity === 'passive' && cell.read.state === 'measured' ? (
                              <Stop patientId={patientId} cell={cell} name={name} entry={entry} onStop={onStop} />
                            ) : null}
                          </>
                        )}
                      </div>
                    );
                  })}
                </div>
              )),
            )}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

type StopProps = { patientId: string; cell: FormCell; name: string; entry: CellsProps['entry']; onStop(): void };

function Stop({ patientId, cell, name, entry, onStop }: StopProps) {
  return (
    <StopOnPain
      patientId={patientId}
      subjectId={cell.read.state === 'measured' ? cell.id : null}
      name={name}
      field={cell.key}
      isStopped={cell.typed.stoppedFor !== null}
      onAsked={onStop}
      onStopped={() => entry.change(cell.key, { stoppedFor: 'pain' })}
    />
  );
}
