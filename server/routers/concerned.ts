import 'server-only';
import type { LiveTopic } from '#domain/input/live-event';

/** Lists that somebody new, somebody gone, or somebody's other reach changes. */
const LISTS_OF_PATIENTS = ['caseload.mine', 'patients.mine', 'patients.roster', 'patients.withoutTeam', 'records.list'];
const VISITS = [
  'visits.room',
  'visits.mine',
  'visits.ofPatient',
  'visits.schedulePage',
  'visits.overlaps',
  'visits.seriesPreview',
  'visits.waitingNow',
  'visits.calendar',
  ...['appointments.mine', 'appointments.freeTimes', 'appointments.requests'],
];
const CHECK_INS = ['checkIns.get', 'checkIns.mine', 'checkIns.ofPatient'];
const QUEUE = ['reviews.queue', 'caseload.counts', 'caseload.mine'];
const PROGRAMS = [
  ...['programs.get', 'programs.ofPatient', 'practice.dayPack'],
  // What a program breaks is read beside what it must not do.
  ...['restrictions.pinned', 'restrictions.past'],
];
const LOGS = ['logs.ofPatient', 'logs.trends'];
const FLAGS = ['flags.open', 'flags.caution'];
const MEASURES = ['assessments.get', 'assessments.ofPatient', 'record.measures', 'record.testFacts'];
const INBOX = ['messages.inbox', 'messages.waiting'];
const MESSAGES = ['messages.mine', 'messages.thread', 'messages.teamSide', 'barriers.ofPatient', ...INBOX];

/**
 * Which queries an event of a topic makes old: the server says it with the event, and a page reads those again that it
 * shows. A test fails for a query that is neither here nor on its list of those that nothing tells of.
 */
export const QUERIES_OF: Readonly<Record<LiveTopic, readonly string[]>> = {
  visit: [...VISITS, 'visitRecord.get', 'annotations.drawing', 'caseload.mine', 'practice.dayPack'],
  // Drawing has a cursor of its own.
  visit_ink: [],
  check_in: [...CHECK_INS, ...QUEUE, ...FLAGS],
  queue: QUEUE,
  program: [...PROGRAMS, ...LOGS, ...CHECK_INS, 'visitRecord.get', 'caseload.mine'],
  log: [...LOGS, 'practice.dayPack', 'checkIns.get', 'caseload.mine'],
  // What a flag stopped, the patient's own day shows.
  flag: [
    ...FLAGS,
    'record.testFacts',
    'practice.dayPack',
    'visitRecord.get',
    'caseload.mine',
    'messages.mine',
    'messages.thread',
  ],
  notice: ['notices.list', 'emergency.unreviewed', 'audit.head', 'practice.dayPack'],
  patient: [
    ...LISTS_OF_PATIENTS,
    ...VISITS,
    ...CHECK_INS,
    ...QUEUE,
    ...PROGRAMS,
    ...LOGS,
    ...MESSAGES,
    ...MEASURES,
    ...['patients.get', 'patients.myConsents', 'patients.consentNeeded', 'records.get', ...FLAGS],
    ...['staff.patientsOf', 'visitRecord.get', 'emergency.running', 'emergency.unreviewed'],
  ],
  media: [
    ...['messages.mine', 'messages.thread'],
    ...CHECK_INS,
    'media.progress',
    'visitRecord.get',
    'exercises.get',
    'exercises.list',
    'practice.dayPack',
  ],
  exercise: ['exercises.get', 'exercises.list', ...PROGRAMS],
  measure: [...MEASURES, 'caseload.mine'],
  message: [...MESSAGES],
  session: [],
};
