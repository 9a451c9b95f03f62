import { type DetectableChange, type MeasureSpec, PLAIN, type Site } from './spec';

const onDigit = (id: string): Site => ({ id, ofDigit: true });
const onHand = (id: string): Site => ({ id, ofDigit: false });

/** Zones of skin: the two halves of a fingertip belong to two digital nerves. */
const ZONES: readonly Site[] = [
  onDigit('tip'),
  onDigit('tip_radial'),
  onDigit('tip_ulnar'),
  onDigit('middle_phalanx'),
  onDigit('proximal_phalanx'),
  onHand('palm_radial'),
  onHand('palm_ulnar'),
  onHand('dorsum_radial'),
  onHand('dorsum_ulnar'),
];

const GIRTHS: readonly Site[] = [
  onDigit('round_proximal_phalanx'),
  onDigit('round_pip'),
  onDigit('round_middle_phalanx'),
  onDigit('round_dip'),
  onHand('round_palm'),
  onHand('round_wrist'),
  onHand('round_forearm'),
];

const feeling = {
  ...PLAIN,
  group: 'size_feeling',
  required: ['side'],
  optional: ['digit', 'device'],
  sites: ZONES,
} as const satisfies Partial<MeasureSpec>;

/**
 * Multiple sclerosis: 20 % of the first time (MSOAC, PMC5405844); 19.4 % of the dominant and 29.1 % of the other hand
 * (Hervault 2017, PMID 28059944). After a stroke 32.8 s of the affected hand and 6.2 s of the other (Chen 2009): small changes
 * of a slow hand are none.
 */
const PEG_CHANGES: readonly DetectableChange[] = [
  {
    what: 'detectable',
    amount: { percent: 29.1 },
    population: 'multiple_sclerosis',
    dominance: 'other',
    source: 'hervault_2017',
    verified: true,
  },
  {
    what: 'detectable',
    amount: { percent: 19.4 },
    population: 'multiple_sclerosis',
    dominance: 'dominant',
    source: 'hervault_2017',
    verified: true,
  },
  { what: 'important', amount: { percent: 20 }, population: 'multiple_sclerosis', source: 'msoac', verified: true },
  {
    what: 'detectable',
    amount: { value: 32.8 },
    population: 'stroke',
    hand: 'affected',
    source: 'chen_2009',
    verified: true,
  },
  {
    what: 'detectable',
    amount: { value: 6.2 },
    population: 'stroke',
    hand: 'other',
    source: 'chen_2009',
    verified: true,
  },
];

const BLOCK_CHANGES: readonly DetectableChange[] = [
  {
    what: 'detectable',
    amount: { value: 5.5 },
    population: 'stroke',
    hand: 'affected',
    source: 'chen_2009',
    verified: true,
  },
  {
    what: 'detectable',
    amount: { value: 7.8 },
    population: 'stroke',
    hand: 'other',
    source: 'chen_2009',
    verified: true,
  },
];

/**
 * Figure of eight: standard error of measurement 0.41–0.47 cm by one person, 0.58 cm by two; 95 % detectable change computed
 * from them, 1.3 and 1.6 cm.
 */
const girthError = (value: number, examiner: 'same' | 'other'): DetectableChange => ({
  what: 'detectable',
  amount: { value },
  population: 'any',
  examiner,
  source: 'figure_of_eight_sem',
  verified: true,
});

/** Size, dexterity and feeling. For zones, girths and textures no detectable change was found in a source that was read. */
export const SIZE_FEELING: readonly MeasureSpec[] = [
  {
    ...PLAIN,
    kind: 'figure_of_eight',
    group: 'size_feeling',
    unit: 'cm',
    decimals: 1,
    methods: ['tape', 'stated'],
    required: ['side'],
    bounds: { min: 10, max: 100 },
    trials: { usual: 1, statistics: ['mean'] },
    better: 'less',
    changes: [girthError(1.6, 'other'), girthError(1.3, 'same')],
  },
  {
    ...PLAIN,
    kind: 'circumference',
    group: 'size_feeling',
    unit: 'cm',
    decimals: 1,
    methods: ['tape', 'stated'],
    required: ['side'],
    optional: ['digit'],
    sites: GIRTHS,
    bounds: { min: 1, max: 100 },
    trials: { usual: 1, statistics: ['mean'] },
    better: 'less',
  },
  {
    ...PLAIN,
    kind: 'nine_hole_peg',
    group: 'size_feeling',
    unit: 's',
    decimals: 1,
    methods: ['timer', 'stated'],
    required: ['side'],
    optional: ['device'],
    bounds: { min: 1, max: 1800 },
    trials: { usual: 1, statistics: ['mean'] },
    better: 'less',
    changes: PEG_CHANGES,
    norms: ['oxford_grice_peg'],
  },
  {
    ...PLAIN,
    kind: 'box_and_block',
    group: 'size_feeling',
    unit: 'blocks_min',
    methods: ['count', 'stated'],
    required: ['side'],
    optional: ['device'],
    bounds: { min: 0, max: 150 },
    better: 'more',
    changes: BLOCK_CHANGES,
    norms: ['mathiowetz_box_block'],
  },
  {
    ...feeling,
    kind: 'two_point_static',
    unit: 'mm',
    methods: ['disk', 'stated'],
    choices: ['not_felt'],
    bounds: { min: 1, max: 50 },
    better: 'less',
  },
  {
    ...feeling,
    kind: 'two_point_moving',
    unit: 'mm',
    methods: ['disk', 'stated'],
    choices: ['not_felt'],
    bounds: { min: 1, max: 50 },
    better: 'less',
  },
  {
    ...feeling,
    kind: 'monofilament',
    unit: null,
    methods: ['filament', 'stated'],
    // The lightest that is felt, as the filaments are marked: 2.83, 3.61, 4.31, 4.56, 6.65.
    choices: ['f283', 'f361', 'f431', 'f456', 'f665', 'not_felt'],
  },
  {
    ...feeling,
    kind: 'localisation',
    unit: 'percent',
    methods: ['count', 'stated'],
    bounds: { min: 0, max: 100 },
    better: 'more',
  },
  {
    ...feeling,
    kind: 'texture',
    unit: 'percent',
    methods: ['count', 'stated'],
    optional: ['digit'],
    sites: [],
    bounds: { min: 0, max: 100 },
    better: 'more',
  },
];
