import * as z from 'zod/mini';
import { idSchema, lineSchema, proseSchema } from '#domain/input/fields';
import { hasField, siteOf, specOf } from './catalogue';
import type { MeasureField, MeasureSpec } from './catalogue/spec';
import { isMotionOf, seriesFieldsSchema, valueOfTrials } from './measure';

/** At most as many trials as the Southampton protocol has: the best of six. */
export const TRIALS_MAX = 6;

/** How far a value may be from that of its trials: less than what is stored. */
const VALUE_TOLERANCE = 0.0015;

const finite = z.number().check(z.refine((value) => Number.isFinite(value)));

const measureShape = z.object({
  ...seriesFieldsSchema.shape,
  id: idSchema,
  device: z.nullable(lineSchema(60)),
  /** Raw, in the stored unit, in the order in which they were made. */
  trials: z.nullable(z.array(finite).check(z.minLength(1), z.maxLength(TRIALS_MAX))),
  value: z.nullable(finite),
  choice: z.nullable(z.string().check(z.maxLength(40))),
  note: z.nullable(proseSchema(1000)),
  stoppedFor: z.nullable(z.enum(['pain'])),
});

/** One measure as it is entered, in the stored unit. */
export type MeasureInput = z.infer<typeof measureShape>;

/** What is wrong with a measure: the field it is of, and a key of `measures.problem`. */
const measurableSchema = z.enum([
  'field_missing',
  'field_not_of_kind',
  'method_not_of_kind',
  'no_such_joint',
  'site_unknown',
  'digit_of_site',
  'value_or_choice',
  'choice_unknown',
  'out_of_bounds',
  'whole_number',
  'statistic_missing',
  'trials_not_of_kind',
  'value_not_of_trials',
]);
export type MeasureProblem = { readonly field: keyof MeasureInput; readonly code: z.infer<typeof measurableSchema> };

const FIELDS: readonly MeasureField[] = ['side', 'digit', 'joint', 'motion', 'activity', 'device', 'posture', 'handle'];

function problemsOfFields(measure: MeasureInput, spec: MeasureSpec): MeasureProblem[] {
  return FIELDS.flatMap((field): MeasureProblem[] => {
    const isSaid = measure[field] !== null;
    if (isSaid && !hasField(spec.kind, field)) return [{ field, code: 'field_not_of_kind' }];
    return !isSaid && spec.required.includes(field) ? [{ field, code: 'field_missing' }] : [];
  });
}

function problemsOfPlace(measure: MeasureInput, spec: MeasureSpec): MeasureProblem[] {
  const { kind, joint, digit, motion, site } = measure;
  if (joint && motion && !isMotionOf(joint, digit, motion)) return [{ field: 'joint', code: 'no_such_joint' }];
  if (kind === 'fingertip_to_palm' && digit === 'thumb') return [{ field: 'digit', code: 'no_such_joint' }];
  if (spec.sites.length === 0) return site === null ? [] : [{ field: 'site', code: 'field_not_of_kind' }];
  const place = siteOf(kind, site);
  if (!place) return [{ field: 'site', code: site === null ? 'field_missing' : 'site_unknown' }];
  return place.ofDigit === (digit !== null) || !hasField(kind, 'digit')
    ? []
    : [{ field: 'digit', code: 'digit_of_site' }];
}

function problemOfNumber(value: number, field: 'value' | 'trials', spec: MeasureSpec): MeasureProblem[] {
  const { bounds, decimals, unit } = spec;
  if (!bounds || value < bounds.min || value > bounds.max) return [{ field, code: 'out_of_bounds' }];
  // Degrees and percents are read to the whole, and a mean of two is none of them.
  const isCounted = decimals === 0 && unit !== 'deg' && unit !== 'percent' && unit !== 'mm';
  return isCounted && !Number.isInteger(value) ? [{ field, code: 'whole_number' }] : [];
}

function problemsOfTrials({ trials, value, statistic }: MeasureInput, spec: MeasureSpec): MeasureProblem[] {
  if (trials === null) return [];
  if (!spec.trials) return [{ field: 'trials', code: 'trials_not_of_kind' }];
  if (statistic === null) return [{ field: 'statistic', code: 'statistic_missing' }];
  const wrong = trials.flatMap((trial) => problemOfNumber(trial, 'trials', spec)).slice(0, 1);
  const made = valueOfTrials(trials, statistic);
  const isOfThem = made !== null && value !== null && Math.abs(made - value) < VALUE_TOLERANCE;
  return isOfThem ? wrong : [...wrong, { field: 'value', code: 'value_not_of_trials' }];
}

function problemsOfValue(measure: MeasureInput, spec: MeasureSpec): MeasureProblem[] {
  const { value, choice, statistic } = measure;
  if ((value === null) === (choice === null)) return [{ field: 'value', code: 'value_or_choice' }];
  if (choice !== null) return spec.choices.includes(choice) ? [] : [{ field: 'choice', code: 'choice_unknown' }];
  if (value !== null && spec.unit === null) return [{ field: 'value', code: 'field_not_of_kind' }];
  const isOfKind = statistic === null || (spec.trials?.statistics.includes(statistic) ?? false);
  return [
    ...(isOfKind ? [] : [{ field: 'statistic', code: 'field_not_of_kind' } as const]),
    ...(value === null ? [] : problemOfNumber(value, 'value', spec)),
  ];
}

/** Everything that is wrong with a measure of whole shape; empty where it can be. */
export function problemsOf(measure: MeasureInput): MeasureProblem[] {
  const spec = specOf(measure.kind);
  return [
    ...(spec.methods.includes(measure.method) ? [] : [{ field: 'method', code: 'method_not_of_kind' } as const]),
    ...problemsOfFields(measure, spec),
    ...problemsOfPlace(measure, spec),
    ...problemsOfValue(measure, spec),
    ...problemsOfTrials(measure, spec),
  ];
}

/**
 * One measure as a form, a tablet or an assessment sends it: only what its kind has, of a joint that exists, inside what is
 * possible, the value being that of its trials (three decimals). Each issue has a code of `measurableSchema` as its message.
 */
export const measureInputSchema = measureShape.check((payload) => {
  for (const { field, code } of problemsOf(payload.value))
    payload.issues.push({ code: 'custom', message: code, path: [field], input: payload.value });
});
