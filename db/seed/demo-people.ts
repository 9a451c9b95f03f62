import type { PrescriptionSpec } from '../factories/program';

export type DemoPatient = {
  name: string;
  email: string | null;
  lead: 'mira' | 'jonas' | 'priya';
  condition: string;
  side: 'left' | 'right' | 'both';
  birthYear: number;
  injuryDaysAgo: number | null;
  surgeryDaysAgo: number | null;
  precautions: string;
  title: string;
  exercises: PrescriptionSpec[];
  /** Doses of the second version, by place; null = one version so far. */
  next: (PrescriptionSpec['dose'] | null)[] | null;
  weeks: number;
  adherence: number;
  pain: [number, number];
  /** The last log is this many days old. */
  silentDays: number;
  flag: { kind: string; severity: 'red' | 'urgent'; rule: string; hoursAgo: number } | null;
  /** Hours from now; negative = past. */
  visitsInHours: number[];
};

const glides = (dose = {}): PrescriptionSpec => ({ slug: 'tendon-glides', dose });
const fist = (dose = {}): PrescriptionSpec => ({ slug: 'full-fist-and-open', dose });
const longerHold = { holdSeconds: 5, tempo: { closeSeconds: 2, holdSeconds: 5, openSeconds: 2 } };

/** Invented people at different stages of common hand problems. */
export const DEMO_PATIENTS: readonly DemoPatient[] = [
  {
    name: 'Ana Duarte',
    email: 'ana@demo.regrasp.test',
    lead: 'mira',
    condition: 'Index finger fracture',
    side: 'right',
    birthYear: 1971,
    injuryDaysAgo: 63,
    surgeryDaysAgo: null,
    precautions: '',
    title: 'Bend and straighten',
    exercises: [fist(), glides(), { slug: 'middle-joint-block' }, { slug: 'beads-to-cup' }],
    next: [longerHold, null, null, null],
    weeks: 5,
    adherence: 0.86,
    pain: [5, 2],
    silentDays: 0,
    flag: null,
    visitsInHours: [-190, 2.5],
  },
  {
    name: 'Walter Lindqvist',
    email: 'walter@demo.regrasp.test',
    lead: 'mira',
    condition: 'Flexor tendon repair, ring finger',
    side: 'left',
    birthYear: 1958,
    injuryDaysAgo: 44,
    surgeryDaysAgo: 42,
    precautions: 'No resistance before 8 January. Splint at night.',
    title: 'After tendon repair',
    exercises: [glides({ painLimit: 3 }), { slug: 'hook-and-long' }],
    next: null,
    weeks: 3,
    adherence: 0.9,
    pain: [3, 4],
    silentDays: 0,
    flag: { kind: 'spreading_numbness', severity: 'urgent', rule: 'red_flag', hoursAgo: 3 },
    visitsInHours: [-70, 26],
  },
  {
    name: 'Soo-jin Park',
    email: 'soojin@demo.regrasp.test',
    lead: 'mira',
    condition: 'Thumb base arthritis',
    side: 'both',
    birthYear: 1963,
    injuryDaysAgo: null,
    surgeryDaysAgo: null,
    precautions: 'Joint protection; no forced end range of the thumb.',
    title: 'Thumb program',
    exercises: [{ slug: 'thumb-to-each-fingertip' }, { slug: 'cube-press-held' }, { slug: 'putty-squeeze' }],
    next: [null, null, { repsMin: 8, repsMax: 8 }],
    weeks: 4,
    adherence: 0.75,
    pain: [3, 6],
    silentDays: 0,
    flag: { kind: 'pain', severity: 'red', rule: 'red_from', hoursAgo: 15 },
    visitsInHours: [-300, 4],
  },
  {
    name: 'Henry Boateng',
    email: 'henry@demo.regrasp.test',
    lead: 'mira',
    condition: 'Stroke, weak left hand',
    side: 'left',
    birthYear: 1954,
    injuryDaysAgo: 98,
    surgeryDaysAgo: null,
    precautions: 'Tires quickly. Wife helps with set-up.',
    title: 'Open the hand',
    exercises: [fist({ repsMin: 6, repsMax: 6 }), { slug: 'mirror-practice' }, { slug: 'open-a-jar' }],
    next: null,
    weeks: 6,
    adherence: 0.7,
    pain: [2, 2],
    silentDays: 4,
    flag: null,
    visitsInHours: [-500],
  },
  {
    name: 'Callum Reid',
    email: 'callum@demo.regrasp.test',
    lead: 'jonas',
    condition: 'Rheumatoid arthritis',
    side: 'both',
    birthYear: 1979,
    injuryDaysAgo: 210,
    surgeryDaysAgo: null,
    precautions: 'No resistance on a red, hot or swollen joint.',
    title: 'Keep moving',
    exercises: [fist(), { slug: 'fingers-spread-and-close' }, { slug: 'warm-water-hand' }],
    next: [longerHold, null, null],
    weeks: 6,
    adherence: 0.8,
    pain: [4, 3],
    silentDays: 0,
    flag: null,
    visitsInHours: [-220, 50],
  },
  {
    name: 'Rosa Ibarra',
    email: 'rosa@demo.regrasp.test',
    lead: 'mira',
    condition: 'Dupuytren release',
    side: 'left',
    birthYear: 1960,
    injuryDaysAgo: null,
    surgeryDaysAgo: 21,
    precautions: 'Wound closed. Scar massage allowed.',
    title: 'Keep the finger straight',
    exercises: [{ slug: 'gentle-finger-stretch' }, glides()],
    next: null,
    weeks: 2,
    adherence: 0.92,
    pain: [4, 2],
    silentDays: 0,
    flag: null,
    visitsInHours: [1],
  },
  {
    name: 'Fatima Rahimi',
    email: 'fatima@demo.regrasp.test',
    lead: 'priya',
    condition: 'Distal radius fracture',
    side: 'left',
    birthYear: 1986,
    injuryDaysAgo: 57,
    surgeryDaysAgo: null,
    precautions: '',
    title: 'Wrist program',
    exercises: [{ slug: 'wrist-bend-and-straighten' }, { slug: 'palm-up-palm-down' }],
    next: [{ repsMin: 12, repsMax: 12 }, null],
    weeks: 4,
    adherence: 0.83,
    pain: [5, 3],
    silentDays: 1,
    flag: null,
    visitsInHours: [5],
  },
  {
    name: 'Nikhil Menon',
    email: null,
    lead: 'mira',
    condition: 'Ulnar nerve injury',
    side: 'right',
    birthYear: 1992,
    injuryDaysAgo: 140,
    surgeryDaysAgo: null,
    precautions: 'Numb little finger: nothing hot or sharp.',
    title: 'Sensation and pinch',
    exercises: [{ slug: 'texture-walk' }, { slug: 'putty-key-pinch' }],
    next: null,
    weeks: 0,
    adherence: 0,
    pain: [0, 0],
    silentDays: 0,
    flag: null,
    visitsInHours: [480],
  },
];
