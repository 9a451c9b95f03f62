import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listDiscarded, listExpiredMedia } from '#db/queries/check-in/keeping';
import { listAudit } from '#db/queries/clinic/audit';
import { listReadings } from '#db/queries/clinic/readings';
import { findDue, listUnplanned } from '#db/queries/contact/deliveries';
import { listSubscriptions } from '#db/queries/contact/push';
import { listDueReminders } from '#db/queries/contact/reminders';
import { findStanding } from '#db/queries/people/access';
import { countQueue } from '#db/queries/people/caseload';
import { findOpenPatientInvite } from '#db/queries/people/invites';
import { listRanked, listRankedCheckIns, listRankedVisits, listWorstPain } from '#db/queries/people/need-facts';
import { findAffiliations } from '#db/queries/people/sessions';
import { listLogPage, listLogs, listPractices, listRemovals } from '#db/queries/practice/logs';
import { listInForceSince } from '#db/queries/program/in-force';
import { listVersionsOfSource } from '#db/queries/program/programs';
import { claimNext, listQueue } from '#db/queries/review/queue';
import { listVisitsAround } from '#db/queries/visit/calendar';
import { listPatientVisits, listWaiting } from '#db/queries/visit/visits';
import { DAY_MS } from '#domain/time/duration';
import { type Body, type Db, isTogether } from './body';
import { makeClinicOfSize } from './factories/clinic-of-size';
import { MADE_AT } from './factories/people';
import { copyTemplate } from './factories/test-database';
import { withPostgres } from './migrate';
import { type Database, openDatabase, sqliteFile } from './open';
import { reachOf } from './reach';
import { seedLibrary } from './seed/library';

const state: { database?: Database; drop?: () => Promise<void> } = {};
beforeAll(async () => {
  const { url, drop } = await copyTemplate(inject('template'));
  state.database = openDatabase(url);
  state.drop = drop;
  // Enough rows that an engine that keeps statistics has a choice.
  await state.database.write((d) => seedLibrary(d, { nowMs: MADE_AT }));
  const clinic = await makeClinicOfSize(state.database, 30);
  Object.assign(account, { clinicId: clinic.clinicId, userId: clinic.of20 });
  Object.assign(reach, await state.database.read((d) => reachOf(d, account)));
  Object.assign(scope, { clinicId: clinic.clinicId, patientId: clinic.patients[0]?.patientId });
  if (state.database.engine === 'postgres') await withPostgres(url, (client) => client.query('analyze'));
});
afterAll(async () => {
  await state.database?.close();
  await state.drop?.();
});

type Asked = { sql: string; params: unknown[] };

/** What a body asks the database, one statement after the other; it is told what `answers` says, else of no rows. */
function statementsOf(d: Db, body: (d: Db) => Body<unknown>, answers: readonly unknown[][]): Asked[] {
  const asked: Asked[] = [];
  const running = body(d);
  let next = running.next();
  while (!next.done) {
    const steps = isTogether(next.value) ? next.value.together : [next.value];
    const found = steps.map((step) => {
      asked.push((step as unknown as { toSQL(): Asked }).toSQL());
      return answers[asked.length - 1] ?? [];
    });
    next = running.next(isTogether(next.value) ? found : found[0]);
  }
  return asked;
}

async function plansOf(asked: readonly Asked[]): Promise<string> {
  const url = state.database?.url ?? '';
  const plans: string[] = [];
  if (state.database?.engine === 'sqlite') {
    const connection = new Sqlite(sqliteFile(url), { readonly: true });
    for (const { sql, params } of asked)
      for (const row of connection.prepare(`explain query plan ${sql}`).all(...params) as { detail: string }[])
        plans.push(row.detail);
    connection.close();
    return plans.join('\n');
  }
  await withPostgres(url, async (client) => {
    // A small table is read as a whole whatever indexes it has; without that choice the best of them shows.
    await client.query('set enable_seqscan = off');
    for (const { sql, params } of asked) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, params);
      plans.push(...rows.map((row) => row['QUERY PLAN']));
    }
  });
  return plans.join('\n');
}

const scope = { clinicId: 'c', patientId: 'p' };
const account = { clinicId: 'c', userId: 'u', nowMs: MADE_AT };
const reach = { clinicId: 'c', membershipIds: ['m'], nowMs: MADE_AT };
const place = { at: MADE_AT - DAY_MS, id: 'x' };
// After all there is: the clinic's visits before it are too many to walk over.
const newest = { at: MADE_AT + 30 * DAY_MS, id: 'x' };
const after = { queueRank: 1, dueAt: MADE_AT, id: 'x' };
const lease = { leaseToken: 't', leaseUntil: MADE_AT };
const claimer = () => ({ ...account, pinnedMs: MADE_AT, routineMs: MADE_AT, lease });
const inForce = { clinicId: 'c', patientIds: ['p'], sinceOn: '2026-11-18' };
const sinceMs = MADE_AT - 8 * DAY_MS;
const worst = () => ({ ...reach, from: 4, sinceMs, fromOn: '2026-11-18', timeZones: null });
const byName = () => ({ clinicId: scope.clinicId, own: null, filter: { person: 'ana' }, after: null, limit: 50 });

describe('a question that is asked all the time walks over no table', () => {
  it.each<[string, string, (d: Db) => Body<unknown>, unknown[][]?]>([
    [
      'who may reach a patient',
      'care_team_patient',
      (d) => findStanding(d, { ...scope, ...account }),
      [[{ id: 'p', lockedAt: null }]],
    ],
    ['what news leaves', 'notices_unplanned', (d) => listUnplanned(d, { limit: 20 })],
    ['the next message', 'deliveries_due', (d) => findDue(d, { nowMs: MADE_AT, isUrgent: true, channel: 'email' })],
    ['the next reminder', 'reminders_due', (d) => listDueReminders(d, { nowMs: MADE_AT, limit: 50 })],
    ['whose device it is', 'push_subscriptions_(user|clinic)', (d) => listSubscriptions(d, account)],
    ['what an account is', 'patients_account', (d) => findAffiliations(d, { userId: 'u' })],
    ['a page of logs', 'logs_patient', (d) => listLogPage(d, { ...scope, before: place, limit: 50 })],
    ['the last logs', 'logs_patient', (d) => listLogs(d, { ...scope, sinceMs })],
    ['the last sittings', 'practices_patient', (d) => listPractices(d, { ...scope, sinceMs })],
    ['what was in force lately', 'programs_patient', (d) => listInForceSince(d, inForce), []],
    [
      'what was removed',
      'log_removals_patient',
      (d) => listRemovals(d, { ...scope, fromMs: sinceMs, before: null, limit: 9 }),
    ],
    ['the visits of a patient', 'visits_patient', (d) => listPatientVisits(d, { ...scope, before: newest, limit: 50 })],
    ['who waits at a door', 'visit_participants_waiting', (d) => listWaiting(d, { ...reach, sinceMs, limit: 20 })],
    ['the caseload’s last logs', '(sqlite_autoindex_last_logs_1|last_logs)', (d) => listRanked(d, reach)],
    ['the caseload’s pain of exercises', 'logs_painful(_since)?', (d) => listWorstPain(d, worst())],
    ['the caseload’s pain of sittings', 'practices_painful(_since)?', (d) => listWorstPain(d, worst())],
    ['the caseload’s check-ins', 'check_ins_(waiting|queue|assignee)', (d) => listRankedCheckIns(d, reach)],
    ['the review queue', 'check_ins_queue', (d) => listQueue(d, { ...reach, after: null, limit: 50 })],
    ['a later page of the queue', 'check_ins_queue', (d) => listQueue(d, { ...reach, after, limit: 50 })],
    ['the next check-in', 'check_ins_assignee', (d) => claimNext(d, claimer())],
    ['the next check-in of the pool', 'check_ins_queue', (d) => claimNext(d, claimer())],
    ['how many check-ins wait', 'check_ins_assignee', (d) => countQueue(d, account)],
    [
      'the caseload’s visits',
      'visits_(patient|clinic|clinician)',
      (d) => listRankedVisits(d, { ...reach, fromMs: MADE_AT }),
    ],
    [
      'what stands at the same time',
      'visits_(patient|clinician)',
      (d) => listVisitsAround(d, { ...scope, clinicianId: 'u', fromMs: MADE_AT, untilMs: MADE_AT + 1, limit: 20 }),
    ],
    [
      'what a review prescribed',
      'program_versions_source',
      (d) => listVersionsOfSource(d, { ...scope, source: 'review', sourceId: 'r' }),
    ],
    ['an open invitation', 'invites_patient', (d) => findOpenPatientInvite(d, { ...scope, nowMs: MADE_AT })],
    ['the trail', 'audit_events_recent', (d) => listAudit(d, { clinicId: scope.clinicId, before: place, limit: 50 })],
    [
      'what somebody read',
      'access_events_actor',
      (d) => listReadings(d, byName()),
      [[], [{ id: 'u', name: 'Ana' }], [], []],
    ],
    [
      'who read a record',
      'access_events_patient',
      (d) => listReadings(d, byName()),
      [[{ id: 'p', name: 'Ana', userId: 'u', accountName: 'Ana' }], [], []],
    ],
    ['media past their time', 'media_retained', (d) => listExpiredMedia(d, { nowMs: MADE_AT, limit: 500 })],
    ['media that nobody needs', 'media_discarded', (d) => listDiscarded(d, { limit: 500 })],
  ])('%s: %s', async (_what, index, body, answers = []) => {
    const asked = await (state.database as Database).read(function* (d): Body<Asked[]> {
      yield* [] as never[];
      return statementsOf(d, body, answers);
    });
    expect(asked.length).toBeGreaterThan(0);
    expect(await plansOf(asked)).toMatch(new RegExp(`INDEX ${index}\\b|(using|on) ${index}\\b`, 'i'));
  });
});
