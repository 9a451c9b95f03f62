import { type DetectableChange, type MeasureSpec, PLAIN } from './spec';

const strokeOf = (value: number, hand: 'affected' | 'other'): DetectableChange => ({
  what: 'detectable',
  amount: { value },
  population: 'stroke',
  hand,
  source: 'chen_2009',
  verified: true,
});

/**
 * Smallest real difference after a stroke 2.9 kg (affected hand) and 4.7 kg (other), Chen 2009, doi 10.1177/1545968308331146.
 * What matters to people: 5.0 to 6.5 kg in reviews (Bohannon 2019, PMC6348186), 6.5 kg after a fracture of the distal radius
 * (Kim 2014, doi 10.1007/s11999-014-3666-y), 0.84 kg of the affected side in arthritis of the thumb base (Bobos 2020).
 */
const GRIP_CHANGES: readonly DetectableChange[] = [
  strokeOf(2.9, 'affected'),
  strokeOf(4.7, 'other'),
  {
    what: 'important',
    amount: { value: 6.5 },
    population: 'hand_conditions',
    source: 'bohannon_2019',
    verified: true,
  },
  { what: 'important', amount: { value: 6.5 }, population: 'wrist_fracture', source: 'kim_2014', verified: true },
  {
    what: 'important',
    amount: { value: 0.84 },
    population: 'thumb_osteoarthritis',
    hand: 'affected',
    source: 'bobos_2020',
    verified: true,
  },
];

/** Three trials; the mean is reported (ASHT 2015), the maximum is kept beside it. */
const THREE_TRIALS = { usual: 3, statistics: ['mean', 'max'] } as const;

const pinch = {
  ...PLAIN,
  group: 'strength',
  unit: 'kgf',
  decimals: 1,
  methods: ['pinch_gauge', 'sensor', 'stated'],
  required: ['side'],
  optional: ['device', 'posture'],
  bounds: { min: 0, max: 60 },
  trials: THREE_TRIALS,
  better: 'more',
} as const satisfies Partial<MeasureSpec>;

/**
 * Grip as the American Society of Hand Therapists (2015) measures it: chair without arm rests, feet flat, elbow 90°, forearm
 * neutral, wrist 15–30° back, second handle, squeeze 3 s, rest 15 s, three trials. Palmar and key pinch: smallest real
 * difference after a stroke 1.2 and 1.4 kg (affected hand, Chen 2009). For tip pinch none was found.
 */
export const STRENGTH: readonly MeasureSpec[] = [
  {
    ...pinch,
    kind: 'grip',
    methods: ['dynamometer', 'sensor', 'stated'],
    optional: ['device', 'posture', 'handle'],
    bounds: { min: 0, max: 150 },
    changes: GRIP_CHANGES,
    norms: ['mathiowetz_grip', 'tomkinson_grip'],
  },
  { ...pinch, kind: 'pinch_tip', norms: ['mathiowetz_tip'] },
  { ...pinch, kind: 'pinch_key', changes: [strokeOf(1.4, 'affected')], norms: ['mathiowetz_key'] },
  { ...pinch, kind: 'pinch_palmar', changes: [strokeOf(1.2, 'affected')], norms: ['mathiowetz_palmar'] },
];
