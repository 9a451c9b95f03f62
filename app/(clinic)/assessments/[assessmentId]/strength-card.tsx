'use client';

import { useTranslations } from '#client/device/words/translations';
import type { Field } from '#client/record/use-assessment';
import { SelectField, TextField } from '#components/form/field';
import { StopOnPain } from '#components/record/stop-on-pain';
import type { Cell } from '#domain/record/assessment';
import { specOf } from '#domain/record/catalogue';
import { changeOf, detectableChangeFor } from '#domain/record/changes';
import { type MeasureKind, postureSchema, valueOfTrials } from '#domain/record/measure';
import { percentOfOtherHand } from '#domain/record/series';
import { FieldInputs, OtherSaid } from './field-input';
import type { PartProps } from './part-props';

type Hand = 'left' | 'right';

/** Grip and pinches of both hands: three trials by Tab, their mean and best as one types, beside the other hand. */
export function StrengthCard(props: PartProps) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  const { assessment } = props;
  const section = assessment.sections.find(({ id }) => id === 'strength');
  const kinds = [...new Set(section?.cells.map(({ kind }) => kind) ?? [])];
  if (!section || kinds.length === 0) return null;
  const hands = [...new Set(section.cells.map(({ side }) => side))].filter((side): side is Hand => side !== null);
  return (
    <section id="part-strength" className="card grid grid-cols-1 gap-4 p-4 sm:p-5" aria-labelledby="strength">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h2 id="strength" className="section-title">
          {t('part.strength')}
        </h2>
        <Instruments {...props} />
      </div>
      <p className="muted small">{m('protocol.grip')}</p>
      <div className="grid grid-cols-1 gap-4 2xl:grid-cols-2">
        {hands.map((side, index) => (
          <HandTable key={side} {...props} side={side} kinds={kinds} isOther={index > 0} cells={section.cells} />
        ))}
      </div>
      {kinds.map((kind) => (
        <KindWords key={kind} {...props} kind={kind} hands={hands} cells={section.cells} />
      ))}
    </section>
  );
}

type HandTableProps = PartProps & {
  side: Hand;
  kinds: readonly MeasureKind[];
  cells: readonly Cell[];
  isOther: boolean;
};

function HandTable({ side, kinds, cells, isOther, ...props }: HandTableProps) {
  const t = useTranslations('measures');
  const { assessment, words } = props;
  return (
    <fieldset className={`grid min-w-0 gap-3 rounded-m ${isOther ? 'bg-sunken p-3' : 'py-3'}`}>
      <legend className="float-start">
        <span className="lr">{t(`side.${side}`)}</span>
      </legend>
      <div className="clear-both grid gap-3">
        {kinds.map((kind) => {
          const cell = cells.find((one) => one.kind === kind && one.side === side);
          if (!cell) return null;
          const field = assessment.fieldOf(cell);
          const name = `${t(`kind.${kind}`)}, ${t(`sideName.${side}`)}`;
          return (
            <div
              key={kind}
              className="grid grid-cols-3 items-center gap-2 md:grid-cols-[minmax(6rem,8rem)_repeat(3,minmax(3.4rem,4.5rem))_minmax(6rem,1fr)_auto]"
            >
              <span className="col-span-3 font-bold md:col-span-1">{t(`kind.${kind}`)}</span>
              <FieldInputs assessment={assessment} field={field} name={name} />
              <span className="col-span-3 grid gap-0.5 md:col-span-1">
                <Made field={field} words={words} />
                <OtherSaid
                  field={field}
                  value={words.value(field.of, { value: meanOf(field.other?.entry ?? null), choice: null })}
                />
              </span>
              <div className={field.typed.stoppedFor ? 'col-span-full' : 'col-span-3 md:col-span-1'}>
                {field.isForbidden && field.typed.stoppedFor === null ? null : (
                  <StopOnPain
                    patientId={props.patientId}
                    subjectId={props.assessmentId}
                    name={name}
                    field={field.key}
                    isStopped={field.typed.stoppedFor !== null}
                    onStopped={() => assessment.change(field, { stoppedFor: 'pain' })}
                  />
                )}
              </div>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

type Trials = { trials: readonly (number | null)[] | null; value: number | null };

function meanOf(entry: Trials | null): number | null {
  const made = entry?.trials?.filter((trial) => trial !== null) ?? [];
  return made.length > 0 ? valueOfTrials(made, 'mean') : (entry?.value ?? null);
}

/** Mean and best of the trials so far; which are still open. */
function Made({ field, words }: Pick<PartProps, 'words'> & { field: Field }) {
  const t = useTranslations('assessment');
  const { entry, of, cell } = field;
  const made = entry?.trials?.filter((trial) => trial !== null) ?? [];
  const mean = meanOf(entry);
  if (mean === null) return <span className="small muted">{t('notMeasured')}</span>;
  const left = (specOf(cell.kind).trials?.usual ?? 1) - made.length;
  return (
    <span>
      <strong>{words.amount(of.kind, mean)}</strong>{' '}
      <span className="small muted">
        {left > 0 && entry?.stoppedFor === null
          ? t('trialsOpen', { left })
          : t('best', { best: words.amount(of.kind, Math.max(...made)) })}
      </span>
    </span>
  );
}

type KindWordsProps = PartProps & { kind: MeasureKind; hands: readonly Hand[]; cells: readonly Cell[] };

/** What a test says when both hands, or the last time, are there: never more than the figures say. */
function KindWords({ kind, hands, cells, assessment, words }: KindWordsProps) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  const [treated, other] = hands.map((side) => {
    const cell = cells.find((one) => one.kind === kind && one.side === side);
    return cell ? assessment.fieldOf(cell) : null;
  });
  const value = meanOf(treated?.entry ?? null);
  if (!treated || value === null) return null;
  const percent = percentOfOtherHand(value, meanOf(other?.entry ?? null));
  const last = treated.last?.value ?? null;
  const against = detectableChangeFor(treated.of, { isAffected: true, isDominant: null, isSameExaminer: null });
  const change = last === null ? null : changeOf(treated.of, { first: last, last: value }, against);
  const said = [
    percent === null ? '' : t('percent', { kind: m(`kind.${kind}`), percent }),
    change === null || last === null
      ? ''
      : t('sinceLast', {
          change: words.change(treated.of, { first: last, last: value }, change),
          than: change.than,
          error: change.error === null ? '' : words.amount(kind, change.error),
        }),
  ].filter(Boolean);
  if (said.length === 0) return null;
  return <p className="change-words">{said.join(' ')}</p>;
}

/** With what strength is measured, chosen once for both hands. */
function Instruments({ assessment, words }: PartProps) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  const grip = assessment.howOf('grip');
  const pinch = assessment.howOf('pinch_tip');
  const handles = [1, 2, 3, 4, 5];
  return (
    <details className="min-w-0">
      <summary className="btn quiet min-h-12 max-w-full whitespace-normal">
        {t('instruments', {
          grip: words.how({ ...grip, kind: 'grip', statistic: null } as Parameters<typeof words.how>[0], false),
          handle: grip.handle ?? 0,
        })}
      </summary>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('gripDevice')}
          maxLength={60}
          defaultValue={grip.device ?? ''}
          onBlur={({ target }) => assessment.chooseHow('grip', { ...grip, device: target.value.trim() || null })}
        />
        <SelectField
          label={m('enter.handle')}
          className="input min-h-12"
          value={String(grip.handle ?? '')}
          onChange={({ target }) =>
            assessment.chooseHow('grip', { ...grip, handle: target.value === '' ? null : Number(target.value) })
          }
        >
          <option value="">{m('enter.none')}</option>
          {handles.map((handle) => (
            <option key={handle} value={handle}>
              {m('enter.handleNumber', { number: handle })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={m('enter.posture')}
          className="input min-h-12"
          value={grip.posture ?? ''}
          onChange={({ target }) => {
            const posture = postureSchema.options.find((one) => one === target.value) ?? null;
            assessment.chooseHow('grip', { ...grip, posture });
          }}
        >
          <option value="">{m('enter.none')}</option>
          {postureSchema.options.map((posture) => (
            <option key={posture} value={posture}>
              {m(`posture.${posture}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('pinchDevice')}
          maxLength={60}
          defaultValue={pinch.device ?? ''}
          onBlur={({ target }) => assessment.chooseHow('pinch', { ...pinch, device: target.value.trim() || null })}
        />
      </div>
    </details>
  );
}
