import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findClinic } from '#db/queries/clinic/clinics';
import { findPatient } from '#db/queries/people/patients';
import { type Body, type Db, q, together } from './body';
import { makeClinicOfSize, type SizedClinic } from './factories/clinic-of-size';
import { MADE_AT } from './factories/people';
import { copyTemplate } from './factories/test-database';
import { type Database, openDatabase } from './open';
import { seedLibrary } from './seed/library';

const state: { database?: Database; clinic?: SizedClinic; drop?: () => Promise<void> } = {};
beforeAll(async () => {
  const { url, drop } = await copyTemplate(inject('template'));
  state.database = openDatabase(url);
  state.drop = drop;
  await state.database.write((d) => seedLibrary(d, { nowMs: MADE_AT }));
  state.clinic = await makeClinicOfSize(state.database, 20);
});
afterAll(async () => {
  await state.database?.close();
  await state.drop?.();
});

function opened() {
  const { database, clinic } = state;
  const [patient] = clinic?.patients ?? [];
  if (!database || !clinic || !patient) throw new Error('the clinic is made first');
  return { database, scope: { clinicId: clinic.clinicId, patientId: patient.patientId } };
}

/** Counts the steps of a body, each of which is one way to the database. */
function* counted<T>(body: Body<T>, steps: { n: number }): Body<T> {
  let next = body.next();
  while (!next.done) {
    steps.n += 1;
    next = body.next(yield next.value);
  }
  return next.value;
}

describe('bodies side by side', () => {
  it('each find what they would find alone, in as many ways as the longest needs', async () => {
    const { database, scope } = opened();
    const steps = { n: 0 };
    function* twice(d: Db) {
      const clinic = yield* findClinic(d, scope);
      return [clinic?.id, (yield* findPatient(d, scope))?.id];
    }
    const found = await database.read((d) =>
      counted(together(findPatient(d, scope), twice(d), together(findClinic(d, scope), twice(d))), steps),
    );
    const { patientId, clinicId } = scope;
    expect(found[0]?.id).toBe(patientId);
    expect(found[1]).toEqual([clinicId, patientId]);
    expect(found[2][0]?.id).toBe(clinicId);
    expect(found[2][1]).toEqual([clinicId, patientId]);
    expect(steps.n).toBe(2);
  });

  it('of nothing ask nothing', async () => {
    const { database } = opened();
    const steps = { n: 0 };
    expect(await database.read(() => counted(together(), steps))).toEqual([]);
    expect(steps.n).toBe(0);
  });

  it('fail as a whole where one fails, and the connection serves the next', async () => {
    const { database, scope } = opened();
    const failing = () =>
      q({
        prepare: () => {
          throw new Error('one of them');
        },
        // biome-ignore lint/suspicious/noThenProperty: stands for a statement that the database refuses
        then: (_: unknown, refuse: (error: Error) => void) => refuse(new Error('one of them')),
      } as unknown as PromiseLike<never>);
    for (let n = 0; n < 12; n++)
      await expect(database.read((d) => together(findClinic(d, scope), failing()))).rejects.toThrow('one of them');
    expect((await database.read((d) => findClinic(d, scope)))?.id).toBe(scope.clinicId);
  });

  it('a read whose body throws gives its connection back, more often than there are connections', async () => {
    const { database, scope } = opened();
    for (let n = 0; n < 12; n++)
      await expect(
        database.read(function* (d): Body<never> {
          yield* findClinic(d, scope);
          throw new Error('changed its mind');
        }),
      ).rejects.toThrow('changed its mind');
    expect((await database.read((d) => findClinic(d, scope)))?.id).toBe(scope.clinicId);
  });

  it('are one step that names all of its questions', () => {
    const asked = [Promise.resolve(1), Promise.resolve(2)];
    const first = together(...asked.map((one) => q(one))).next();
    expect(first.value).toEqual({ together: asked });
  });
});
