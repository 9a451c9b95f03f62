'use client';

import { useId } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { ManySegments, Segments, SelectField, TextField } from '#components/form/field';
import { FINGERS } from '#domain/input/fields';
import { isFromStraight } from '#domain/record/limit-words';
import { isFingerJoint, MOTIONS_OF_JOINT, RESTRICTED_JOINTS } from '#domain/record/restriction';
import type { LimitGap, TypedRestriction } from '#domain/record/typed-restriction';

type FieldsProps = {
  typed: TypedRestriction;
  onChange(more: Partial<TypedRestriction>): void;
  problemIn(gap: LimitGap): string | null;
};

/** What the chosen kind asks for; most ask for nothing. */
export function LimitFields(props: FieldsProps) {
  const t = useTranslations('restrictions');
  const { typed, onChange, problemIn } = props;
  switch (typed.kind) {
    case 'load':
      return <LoadLimit {...props} />;
    case 'motion':
      return <MotionLimit {...props} />;
    case 'splint':
      return (
        <TextField
          label={t('splintWhen')}
          name="when"
          maxLength={200}
          value={typed.when}
          problem={problemIn('when')}
          onChange={(event) => onChange({ when: event.target.value })}
        />
      );
    case 'other':
      return (
        <TextField
          label={t('text')}
          name="text"
          maxLength={300}
          value={typed.text}
          problem={problemIn('text')}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      );
    default:
      return null;
  }
}

function LoadLimit({ typed, onChange, problemIn }: FieldsProps) {
  const t = useTranslations('restrictions');
  const name = useId();
  return (
    <>
      <Segments
        legend={t('how')}
        name={name}
        value={typed.isUpTo ? 'upTo' : 'none'}
        choices={[
          { value: 'none', label: t('noLoadAtAll') },
          { value: 'upTo', label: t('loadTo') },
        ]}
        onChange={(value) => onChange({ isUpTo: value === 'upTo' })}
      />
      {typed.isUpTo ? (
        <TextField
          label={t('maxKgf')}
          name="maxKgf"
          inputMode="decimal"
          maxLength={20}
          value={typed.kgf}
          problem={problemIn('maxKgf')}
          onChange={(event) => onChange({ kgf: event.target.value })}
        />
      ) : null}
    </>
  );
}

function MotionLimit({ typed, onChange, problemIn }: FieldsProps) {
  const t = useTranslations('restrictions');
  const m = useTranslations('limit');
  const d = useTranslations('digits');
  const name = useId();
  const { joint, motion, isUpTo } = typed;
  return (
    <>
      <SelectField
        label={t('joint')}
        value={joint}
        onChange={({ target: { value } }) => {
          const next = RESTRICTED_JOINTS.find((one) => one === value) ?? joint;
          const isThere = motion !== null && MOTIONS_OF_JOINT[next].includes(motion);
          onChange({ joint: next, motion: isThere ? motion : null, isUpTo: isThere && isUpTo });
        }}
      >
        {RESTRICTED_JOINTS.map((one) => (
          <option key={one} value={one}>
            {m(`jointName.${one}`)}
          </option>
        ))}
      </SelectField>
      {isFingerJoint(joint) ? (
        <ManySegments
          legend={t('fingers')}
          none={t('allFingers')}
          values={typed.digits}
          choices={FINGERS.map((value) => ({ value, label: d(value) }))}
          onChange={(digits) => onChange({ digits })}
        />
      ) : null}
      <SelectField
        label={t('motion')}
        value={motion ?? ''}
        onChange={({ target: { value } }) => {
          const next = MOTIONS_OF_JOINT[joint].find((one) => one === value) ?? null;
          onChange({ motion: next, isUpTo: next !== null && isUpTo });
        }}
      >
        <option value="">{t('anyMotion')}</option>
        {MOTIONS_OF_JOINT[joint].map((one) => (
          <option key={one} value={one}>
            {m(`motionName.${one}`)}
          </option>
        ))}
      </SelectField>
      <Segments
        legend={t('activity')}
        name={`${name}-activity`}
        value={typed.activity}
        choices={(['both', 'active', 'passive'] as const).map((value) => ({ value, label: t(`activityOf.${value}`) }))}
        onChange={(activity) => onChange({ activity })}
      />
      {motion === null ? null : (
        <Segments
          legend={t('how')}
          name={`${name}-how`}
          value={isUpTo ? 'upTo' : 'none'}
          choices={[
            { value: 'none', label: t('notAtAll') },
            { value: 'upTo', label: t('toDegrees') },
          ]}
          onChange={(value) => onChange({ isUpTo: value === 'upTo' })}
        />
      )}
      {isUpTo && motion !== null ? (
        <TextField
          label={isFromStraight({ joint, motion }) ? t('maxStraight') : t('maxDegrees')}
          hint={isFromStraight({ joint, motion }) ? t('maxStraightHint') : ''}
          name="maxDegrees"
          maxLength={8}
          value={typed.degrees}
          problem={problemIn('maxDegrees')}
          onChange={(event) => onChange({ degrees: event.target.value })}
        />
      ) : null}
    </>
  );
}
