'use client';

import { useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import type { Assessment, Field } from '#client/record/use-assessment';
import { Segments } from '#components/form/field';
import type { Joint } from '#domain/annotation/mark';
import type { Digit } from '#domain/input/fields';
import { type Cell, cellKey } from '#domain/record/assessment';
import { changeOf, detectableChangeFor } from '#domain/record/changes';
import { JOINT_PARTS, type JointPart, jointsOfPart } from '#domain/record/entry';
import { isStraightening, type JointReading, jointsOfTotal, totalMotion } from '#domain/record/joints';
import { type MeasuredMotion, manualMotionsOf } from '#domain/record/measure';
import { FieldInputs } from './field-input';
import { FingerPicture } from './finger-picture';
import type { PartProps } from './part-props';
import { RowsOf } from './rows-card';

type Hand = 'left' | 'right';

/** The cells of one part of a hand: each joint both ways, active and passive. */
function cellsOfPart(part: JointPart, side: Hand): Cell[] {
  const digit: Digit | null = part === 'wrist' || part === 'forearm' ? null : part;
  return jointsOfPart(part).flatMap((joint) =>
    (['active', 'passive'] as const).flatMap((activity) =>
      manualMotionsOf(joint).map((motion) => ({
        kind: 'joint' as const,
        side,
        digit,
        joint,
        motion,
        activity,
        site: null,
      })),
    ),
  );
}

/** Joint motion: a part of the hand is chosen, then its joints are typed along as on a paper form. */
export function MotionCard(props: PartProps) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  const { assessment } = props;
  const { side: affected } = assessment.data.episode;
  const [side, setSide] = useState<Hand>(affected === 'right' ? 'right' : 'left');
  const [part, setPart] = useState<JointPart>('index');
  const section = assessment.sections.find(({ id }) => id === 'motion');
  const others = section?.cells.filter(({ kind }) => kind !== 'joint') ?? [];
  return (
    <section id="part-motion" className="card grid grid-cols-1 gap-4 p-4 sm:p-5" aria-labelledby="motion">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="motion" className="section-title">
          {t('part.motion')}
        </h2>
        <p className="muted small">{t('goniometer')}</p>
      </div>
      <div className="flex flex-wrap gap-4">
        <Segments
          legend={t('hand')}
          name="motion-side"
          value={side}
          choices={(['left', 'right'] as const).map((value) => ({ value, label: m(`side.${value}`) }))}
          onChange={setSide}
        />
        <fieldset className="field min-w-0">
          <legend className="label mb-1.5">{t('which')}</legend>
          <div className="flex flex-wrap gap-2">
            {JOINT_PARTS.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={part === one}
                className="choice-chip"
                onClick={() => setPart(one)}
              >
                {m(`part.${one}`)}
                {answered(assessment, one, side) ? <span aria-hidden="true">{' ·'}</span> : null}
              </button>
            ))}
          </div>
        </fieldset>
      </div>
      <JointTable key={`${side} ${part}`} {...props} side={side} part={part} />
      <RowsOf {...props} cells={others} />
    </section>
  );
}

const answered = (assessment: Assessment, part: JointPart, side: Hand) =>
  cellsOfPart(part, side).some((cell) => assessment.fieldOf(cell).entry !== null);

const HINGE: readonly MeasuredMotion[] = ['extension', 'flexion'];

/** As on a paper form: straight and bent, by itself and by the examiner's hand; what else the joint does after that. */
function columnsOf(joint: Joint): { activity: 'active' | 'passive'; motion: MeasuredMotion }[] {
  const motions = manualMotionsOf(joint);
  const [first, rest] = [
    HINGE.filter((motion) => motions.includes(motion)),
    motions.filter((motion) => !HINGE.includes(motion)),
  ];
  return [first, rest].flatMap((group) =>
    (['active', 'passive'] as const).flatMap((activity) => group.map((motion) => ({ activity, motion }))),
  );
}

type TableProps = PartProps & { side: Hand; part: JointPart };

function JointTable({ side, part, ...props }: TableProps) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  const { assessment, words } = props;
  const fields = new Map(cellsOfPart(part, side).map((cell) => [cellKey(cell), assessment.fieldOf(cell)]));
  const joints = jointsOfPart(part);
  const fieldOf = (joint: string, activity: string, motion: string) =>
    [...fields.values()].find(
      ({ cell }) => cell.joint === joint && cell.activity === activity && cell.motion === motion,
    );
  return (
    <div className="grid grid-cols-1 items-center gap-5 xl:grid-cols-[180px_minmax(0,1fr)]">
      {part === 'wrist' || part === 'forearm' ? null : (
        <FingerPicture part={part} flexionOf={(joint) => fieldOf(joint, 'active', 'flexion')?.entry?.value ?? null} />
      )}
      <div className="grid min-w-0 gap-3">
        {joints.map((joint, row) => (
          <div
            key={joint}
            className="grid grid-cols-2 items-center gap-2 sm:grid-cols-[minmax(5.5rem,7rem)_repeat(4,minmax(0,1fr))]"
          >
            <span className="col-span-2 font-bold sm:col-span-1 sm:self-center">{m(`jointName.${joint}`)}</span>
            {columnsOf(joint).map(({ activity, motion }, column) => {
              const field = fieldOf(joint, activity, motion);
              if (!field) return null;
              const ofMotion = words.motion({ joint, motion });
              const name = m('enter.jointCell', {
                ...{ side, joint: m(`jointName.${joint}`), motion: ofMotion },
                activity: m(`activity.${activity}`),
              });
              const isHead = row === 0 || column >= 4 || !HINGE.includes(motion);
              return (
                <div
                  key={`${activity} ${motion}`}
                  className={`grid content-start gap-0.5 ${column === 4 ? 'sm:col-start-2' : ''}`}
                >
                  <span className={`small muted ${isHead ? '' : 'sm:hidden'}`} aria-hidden="true">
                    {`${m(`activity.${activity}`)}, ${ofMotion}`}
                  </span>
                  <FieldInputs assessment={assessment} field={field} name={name} />
                  {isStraightening(joint, motion) && field.entry?.value != null ? (
                    <span className="small">{words.value(field.of, { value: field.entry.value, choice: null })}</span>
                  ) : null}
                </div>
              );
            })}
          </div>
        ))}
        <MotionWords part={part} fields={[...fields.values()]} words={words} />
        <p className="muted small">{t('straightHint')}</p>
      </div>
    </div>
  );
}

/** Totals, and what changed since the last time in the same way, against the error of the method. */
function MotionWords({
  part,
  fields,
  words,
}: Pick<PartProps, 'words'> & { part: JointPart; fields: readonly Field[] }) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  const total = (activity: 'active' | 'passive') =>
    part === 'wrist' || part === 'forearm' ? null : totalOf(part, activity, fields);
  const [active, passive] = [total('active'), total('passive')];
  const changes = fields.flatMap((field) => {
    const { of, entry, last, cell } = field;
    if (entry?.value == null || last?.value == null) return [];
    const against = detectableChangeFor(of, { isAffected: true, isDominant: null, isSameExaminer: null });
    const change = changeOf(of, { first: last.value, last: entry.value }, against);
    if (change.way === 'same') return [];
    const error = change.error === null ? '' : words.amount(of.kind, change.error);
    return [
      t('jointChange', {
        joint: `${cell.joint ? m(`jointName.${cell.joint}`) : ''}, ${words.motion(cell)}`,
        change: words.change(of, { first: last.value, last: entry.value }, change),
        than: change.than,
        error,
      }),
    ];
  });
  if (active === null && passive === null && changes.length === 0) return null;
  return (
    <div role="status" className="change-words grid gap-1">
      {active === null ? null : <p>{t('total', { what: 'active', degrees: active })}</p>}
      {passive === null ? null : <p>{t('total', { what: 'passive', degrees: passive })}</p>}
      {changes.map((change) => (
        <p key={change}>{change}</p>
      ))}
    </div>
  );
}

function totalOf(digit: Digit, activity: 'active' | 'passive', fields: readonly Field[]): number | null {
  const readings = fields.flatMap(({ cell, entry }): JointReading[] => {
    const { joint, motion } = cell;
    const isOfTotal = joint !== null && jointsOfTotal(digit).includes(joint) && cell.activity === activity;
    if (!isOfTotal || entry?.value == null || (motion !== 'flexion' && motion !== 'extension')) return [];
    return [{ joint, digit, motion, activity, degrees: entry.value, at: 0, row: null }];
  });
  return totalMotion(readings)?.degrees ?? null;
}
