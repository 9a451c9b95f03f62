import { type DetectableChange, type MeasureSpec, PLAIN, type Site } from './spec';

const sites = (...ids: string[]): readonly Site[] => ids.map((id) => ({ id, ofDigit: false }));

/** Numeric rating of pain: two points or more (0–10). */
const TWO_POINTS: readonly DetectableChange[] = [
  {
    what: 'important',
    amount: { value: 2 },
    population: 'pain',
    inclusive: true,
    source: 'nprs',
    verified: true,
  },
];

const pain = {
  ...PLAIN,
  group: 'pain_findings',
  unit: 'score',
  methods: ['said', 'stated'],
  optional: ['side'],
  bounds: { min: 0, max: 10 },
  better: 'less',
  changes: TWO_POINTS,
} as const satisfies Partial<MeasureSpec>;

const found = {
  ...PLAIN,
  group: 'pain_findings',
  unit: null,
  methods: ['observed', 'said', 'stated'],
  required: ['side'],
} as const satisfies Partial<MeasureSpec>;

const HOW_MUCH = ['none', 'slight', 'clear'] as const;

/** Pain in numbers, and what is found in words. A finding that nobody gave is not `none`. */
export const FINDINGS: readonly MeasureSpec[] = [
  { ...pain, kind: 'pain_now' },
  { ...pain, kind: 'pain_worst' },
  { ...pain, kind: 'pain_average' },
  { ...found, kind: 'stiffness', sites: sites('fingers', 'thumb', 'wrist'), choices: HOW_MUCH },
  { ...found, kind: 'tremor', sites: sites('rest', 'held_out', 'moving'), choices: HOW_MUCH },
  { ...found, kind: 'finger_independence', required: ['side', 'digit'], choices: ['isolated', 'follows', 'none'] },
  {
    ...found,
    kind: 'coordination',
    sites: sites('finger_to_nose', 'alternating', 'opposition'),
    choices: ['even', 'slow', 'uneven', 'not_possible'],
  },
  {
    ...found,
    kind: 'skin',
    choices: ['as_usual', 'dry', 'moist', 'red', 'pale', 'shiny', 'blistered'],
  },
  { ...found, kind: 'wound', choices: ['closed', 'dry', 'weeping', 'open', 'signs_of_infection'] },
  { ...found, kind: 'scar', choices: ['soft', 'firm', 'raised', 'tethered', 'tender'] },
  {
    ...found,
    kind: 'assistance',
    required: [],
    optional: ['side'],
    sites: sites(
      'eat',
      'cut_food',
      'drink',
      'button',
      'laces',
      'wash',
      'write',
      'phone',
      'key',
      'door_knob',
      'jar',
      'carry',
      'cook',
      'drive',
    ),
    choices: ['independent', 'adapted', 'some_help', 'full_help'],
  },
];
