import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient } from '#db/factories/people';
import { insertAccess } from '#db/queries/clinic/audit';
import { insertCover } from '#db/queries/people/care-team';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
const AT = test.clock.nowMs;

/** Sixty reads of Ana's record by Jonas, an hour apart, one of Henry's by Mira, one look at a clip, one cover. */
beforeAll(async () => {
  cast = await makeCast(test.app);
  const { clinicId, ana, other, mira, colleague } = cast;
  await test.app.database.write(function* (d) {
    const read = (actorId: string, patientId: string, policy: string, nowMs: number) =>
      insertAccess(d, { id: uuidv7(), clinicId, actorId, sessionId: 's', policy, patientId, nowMs });
    for (let n = 1; n <= 60; n++) yield* read(colleague.userId, ana.patientId, 'patient.read', AT - n * HOUR_MS);
    yield* read(mira.userId, other.patientId, 'patient.read', AT - MINUTE_MS);
    yield* read(mira.userId, ana.patientId, 'media.read', AT - 2 * MINUTE_MS);
    yield* read(ana.userId ?? '', ana.patientId, 'program.read', AT - 3 * MINUTE_MS);
    const fromAt = AT - 4 * MINUTE_MS;
    const row = { id: uuidv7(), clinicId, patientId: ana.patientId, membershipId: colleague.membershipId };
    yield* insertCover(d, { ...row, part: 'cover', fromAt, toAt: AT + HOUR_MS });
  });
});

const admin = async () => (await test.as(cast.admin.userId)).audit;
const said = (rows: { actorName: string | null; patientName: string | null; kind: string }[]) =>
  rows.map(({ actorName, patientName, kind }) => `${actorName} ${patientName} ${kind}`);

describe('who read whose record', () => {
  it('is read page by page, newest first, each row once, covers among them', async () => {
    const seen: string[] = [];
    let cursor: { at: number; id: string } | null = null;
    do {
      const page: Awaited<ReturnType<Awaited<ReturnType<typeof admin>>['reads']>> = await (await admin()).reads({
        cursor,
      });
      if (seen.length === 0)
        expect(said(page.rows).slice(0, 4)).toEqual([
          'Mira Solberg Henry Boateng record',
          'Mira Solberg Ana Duarte media',
          'Ana Duarte Ana Duarte record',
          'Jonas Weber Ana Duarte cover',
        ]);
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(seen).toHaveLength(64);
    expect(new Set(seen).size).toBe(64);
  });

  it('is narrowed by person, kind and time', async () => {
    const { reads } = await admin();
    const rowsOf = async (filter: Parameters<typeof reads>[0]['filter']) => (await reads({ filter })).rows;
    expect(said(await rowsOf({ person: 'henry' }))).toEqual(['Mira Solberg Henry Boateng record']);
    expect(said(await rowsOf({ kind: 'cover' }))).toEqual(['Jonas Weber Ana Duarte cover']);
    expect(said(await rowsOf({ kind: 'media' }))).toEqual(['Mira Solberg Ana Duarte media']);
    expect(await rowsOf({ fromAt: AT - 5 * HOUR_MS, untilAt: AT - 2 * HOUR_MS })).toHaveLength(3);
    for (const person of ['%', '_', '\\', "' or 1=1 --"]) expect(await rowsOf({ person })).toEqual([]);
    expect(said(await rowsOf({ person: 'He\u0301NRY' }))).toEqual(['Mira Solberg Henry Boateng record']);
  });

  it('is narrowed by a name that very many have', async () => {
    const { clinicId } = cast;
    await test.app.database.write(function* (d) {
      for (let n = 0; n < 25; n++) yield* makePatient(d, { clinicId, name: `Henry ${n}`, login: null });
    });
    const { rows } = await (await admin()).reads({ filter: { person: 'henry' } });
    expect(said(rows)).toEqual(['Mira Solberg Henry Boateng record']);
    const covers = await (await admin()).reads({ filter: { person: 'jönas', kind: 'cover' } });
    expect(said(covers.rows)).toEqual(['Jonas Weber Ana Duarte cover']);
  });

  it('is taken out as a file, which the trail shows; a name is no formula in it', async () => {
    const { exportReads, changes } = await admin();
    const { csv, isWhole } = await exportReads({ kind: 'cover' });
    expect([csv, isWhole]).toEqual([
      `at,who,patient,kind,what,reason\r\n${new Date(AT - 4 * MINUTE_MS).toISOString()},Jonas Weber,Ana Duarte,cover,,\r\n`,
      true,
    ]);
    expect((await changes({}))[0]).toMatchObject({ act: 'audit.export', actorName: 'Ada Lind' });
  });

  it('is shown to the patient for the own record, without what they read themselves', async () => {
    const ana = (await test.as(cast.ana.userId)).audit;
    const { rows } = await ana.ofOwnRecord({});
    expect(said(rows).slice(0, 3)).toEqual([
      'Mira Solberg Ana Duarte media',
      'Jonas Weber Ana Duarte cover',
      'Jonas Weber Ana Duarte record',
    ]);
    expect(rows.some(({ patientName }) => patientName !== 'Ana Duarte')).toBe(false);
  });

  it('of another clinic is another clinic’s', async () => {
    const { rows } = await (await test.as(cast.admin.userId)).audit.reads({ filter: { person: 'callum' } });
    expect(rows).toEqual([]);
  });
});
