import { describe, expect, it } from 'vitest';
import type { ToldEvent } from '#domain/input/live-event';
import { isConcerned } from './concerned';

const query = (path: string, input?: unknown, data?: unknown) => ({
  queryKey: [path.split('.'), ...(input ? [{ input, type: 'query' }] : [])],
  state: { data },
});
const told = (over: Partial<ToldEvent>): ToldEvent => ({
  topic: 'log',
  id: 'ana',
  patientId: 'ana',
  queries: ['logs.ofPatient', 'checkIns.get', 'caseload.mine', 'visits.room'],
  ...over,
});

describe('an event concerns', () => {
  it.each([
    ['a query that it names, of the same patient', query('logs.ofPatient', { patientId: 'ana' }), {}, true],
    ['and not of another', query('logs.ofPatient', { patientId: 'henry' }), {}, false],
    ['no query that it does not name', query('programs.get', { programId: 'p' }), {}, false],
    ['a list of many patients', query('caseload.mine'), {}, true],
    ['what is about nobody in particular', query('logs.ofPatient', { patientId: 'henry' }), { patientId: null }, true],
    ['an answer about the same patient', query('checkIns.get', { checkInId: 'c' }, { patientId: 'ana' }), {}, true],
    ['and not about another', query('checkIns.get', { checkInId: 'c' }, { patientId: 'henry' }), {}, false],
    ['a visit of the patient', query('visits.room', { visitId: 'v' }, { visit: { patientId: 'ana' } }), {}, true],
    ['and not another’s', query('visits.room', { visitId: 'v' }, { visit: { patientId: 'henry' } }), {}, false],
    ['the visit that it is about', query('visits.room', { visitId: 'v' }), { topic: 'visit', id: 'v' }, true],
    ['and no other visit', query('visits.room', { visitId: 'v' }), { topic: 'visit', id: 'w' }, false],
    ['no other check-in', query('checkIns.get', { checkInId: 'c' }), { topic: 'check_in', id: 'd' }, false],
    ['no other thread', query('logs.ofPatient', { episodeId: 'e' }), { topic: 'message', id: 'f' }, false],
    ['everything, where something may be missing', query('account.me'), { queries: null }, true],
  ] as const)('%s', (_, one, over, expected) => {
    expect(isConcerned(one, told(over as Partial<ToldEvent>))).toBe(expected);
  });
});
