import { type MeasureSpec, PLAIN } from './spec';

/**
 * Joint motion in degrees, signed as `goniometry.ts` says. Goniometers differ by up to about 10° between readings, so less
 * than that is not a change of one joint; 20° of a total is this house's default. Kapandji: one step. A picture is not
 * better than a goniometer (2-D estimate, ±10° or worse off a strict side view): the same 10° is used for both.
 */
export const MOTION: readonly MeasureSpec[] = [
  {
    ...PLAIN,
    kind: 'joint',
    group: 'motion',
    unit: 'deg',
    methods: ['goniometer', 'visual', 'stated'],
    required: ['side', 'joint', 'motion', 'activity'],
    optional: ['digit', 'device'],
    bounds: { min: -90, max: 180 },
    changes: [
      { what: 'detectable', amount: { value: 10 }, population: 'any', source: 'goniometer_error', verified: true },
    ],
  },
  {
    ...PLAIN,
    kind: 'total_motion',
    group: 'motion',
    unit: 'deg',
    methods: ['goniometer', 'visual', 'stated'],
    required: ['side', 'digit', 'activity'],
    optional: ['device'],
    bounds: { min: 0, max: 400 },
    better: 'more',
    changes: [
      { what: 'detectable', amount: { value: 20 }, population: 'any', source: 'house_default', verified: false },
    ],
  },
  {
    ...PLAIN,
    kind: 'kapandji',
    group: 'motion',
    unit: 'score',
    methods: ['observed', 'stated'],
    required: ['side'],
    bounds: { min: 0, max: 10 },
    better: 'more',
    changes: [
      {
        what: 'detectable',
        amount: { value: 1 },
        population: 'any',
        inclusive: true,
        source: 'house_default',
        verified: false,
      },
    ],
  },
  {
    ...PLAIN,
    kind: 'fingertip_to_palm',
    group: 'motion',
    unit: 'cm',
    decimals: 1,
    methods: ['tape', 'visual', 'stated'],
    required: ['side', 'digit'],
    optional: ['activity'],
    bounds: { min: 0, max: 25 },
    better: 'less',
  },
];
