import 'server-only';
import type { PrescriptionSpec } from '../factories/program';
import type { DemoMessage } from './demo-messages';

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
  /** The versions after the first: what changed of each dose, by place, and why. */
  later: { doses: (PrescriptionSpec['dose'] | null)[]; reason: string }[];
  weeks: number;
  adherence: number;
  pain: [number, number];
  /** The last log is this many days old. */
  silentDays: number;
  flag: DemoFlag | null;
  checkIn: DemoCheckIn | null;
  /** Hours from now; negative = past. */
  visitsInHours: number[];
  /** What was written after the visits that are past. */
  visitSummary: string;
  messages?: readonly DemoMessage[];
};

/** What the evening before left to look at. With a pain, the log that said so is there too, of the exercise in that place. */
type DemoFlag = {
  kind: string;
  severity: 'red' | 'urgent';
  rule: string;
  minute: number;
  /** What its clinician did about it the same evening. */
  note: string | null;
} & ({ pain: number; place: number } | { pain: null });

/** What was shown, about the exercise in that place, and what became of it. */
type DemoCheckIn = {
  place: number;
  hoursAgo: number;
  question: string;
  pain: number | null;
  answer: { hoursAfter: number; outcome: 'feedback' | 'redo'; summary: string; errorTags: string[] } | null;
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
    later: [{ doses: [longerHold, null, null, null], reason: 'Two green sessions: longer hold' }],
    weeks: 5,
    adherence: 0.86,
    pain: [5, 2],
    silentDays: 0,
    flag: null,
    checkIn: {
      place: 1,
      hoursAgo: 44,
      question: 'Is my thumb in the way?',
      pain: 3,
      answer: {
        hoursAfter: 20,
        outcome: 'feedback',
        summary: 'Your thumb is fine where it is. Let the middle joint lead, and take two counts on the way in.',
        errorTags: ['big_knuckle_bends_in_hook'],
      },
    },
    visitsInHours: [-190, 2.5],
    visitSummary: 'Bends the middle joint further. Hold of 5 seconds agreed; watch the wrist.',
    messages: [
      {
        from: 'patient',
        hoursAgo: 27,
        place: 0,
        body: 'After this one my finger is a little puffy. Is that all right?',
      },
      { from: 'note', hoursAgo: 26, body: 'Measured 6.6 cm round the middle joint, 0.2 more than last week.' },
      {
        from: 'lead',
        hoursAgo: 20,
        body: 'Puffiness that is gone by breakfast is fine. Tell me if it is still there tomorrow.',
      },
      {
        from: 'patient',
        hoursAgo: 3,
        body: 'It is gone. May I practise at my sister’s over the weekend?',
        waits: true,
      },
    ],
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
    later: [],
    weeks: 3,
    adherence: 0.9,
    pain: [2, 3],
    silentDays: 0,
    flag: {
      kind: 'spreading_numbness',
      severity: 'urgent',
      rule: 'red_flag',
      minute: 20 * 60 + 12,
      note: 'Rang twice, no answer. Left word to ring the ward.',
      pain: null,
    },
    checkIn: { place: 1, hoursAgo: 0, question: 'My little finger feels numb since supper.', pain: null, answer: null },
    visitsInHours: [-70, 26],
    visitSummary: 'Splint fits. No load; glides twice a day.',
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
    later: [{ doses: [null, null, { repsMin: 8, repsMax: 8 }], reason: 'Soft putty was enough: fewer squeezes' }],
    weeks: 4,
    adherence: 0.75,
    pain: [3, 4],
    silentDays: 0,
    flag: { kind: 'pain', severity: 'red', rule: 'red_from', minute: 18 * 60 + 40, note: null, pain: 7, place: 2 },
    checkIn: {
      place: 2,
      hoursAgo: 92,
      question: 'Do I press with the right fingers?',
      pain: 4,
      answer: {
        hoursAfter: 18,
        outcome: 'redo',
        summary: 'I cannot see your little finger. Please film once more from the side, with the lamp in front of you.',
        errorTags: [],
      },
    },
    visitsInHours: [-300, 4],
    visitSummary: 'Putty only while pain stays under 4. Thumb web kept wide.',
    messages: [{ from: 'patient', hoursAgo: 30, body: 'Can I take the splint off to shower?', waits: true }],
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
    later: [],
    weeks: 6,
    adherence: 0.7,
    pain: [2, 2],
    silentDays: 4,
    flag: null,
    checkIn: null,
    visitsInHours: [-500],
    visitSummary: 'Opens the hand with help from the table edge. Wife will count.',
    messages: [
      { from: 'patient', hoursAgo: 52, body: 'My wife asks whether she may help the fingers open.' },
      { from: 'lead', hoursAgo: 48, body: 'Yes, slowly, and only as far as it opens without pain.' },
    ],
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
    later: [
      { doses: [longerHold, null, null], reason: 'Quiet joints for two weeks' },
      { doses: [null, { repsMin: 12, repsMax: 12 }, null], reason: 'Morning stiffness under 20 minutes' },
    ],
    weeks: 6,
    adherence: 0.8,
    pain: [4, 3],
    silentDays: 0,
    flag: null,
    checkIn: null,
    visitsInHours: [-220, 50],
    visitSummary: 'No hot joint today. Warm water before the morning round.',
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
    later: [],
    weeks: 2,
    adherence: 0.92,
    pain: [4, 2],
    silentDays: 0,
    flag: null,
    checkIn: { place: 0, hoursAgo: 5, question: 'Is this far enough for the second week?', pain: 2, answer: null },
    visitsInHours: [1],
    visitSummary: '',
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
    later: [{ doses: [{ repsMin: 12, repsMax: 12 }, null], reason: 'Bends further without swelling' }],
    weeks: 4,
    adherence: 0.83,
    pain: [5, 3],
    silentDays: 1,
    flag: null,
    checkIn: null,
    visitsInHours: [5],
    visitSummary: '',
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
    later: [],
    weeks: 0,
    adherence: 0,
    pain: [0, 0],
    silentDays: 0,
    flag: null,
    checkIn: null,
    visitsInHours: [480],
    visitSummary: '',
  },
];
