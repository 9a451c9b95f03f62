import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { endBackups, insertBackup } from '#db/queries/runtime/store';
import { HOUR_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

async function aBackup(madeAt: number): Promise<string> {
  const id = uuidv7();
  const made = {
    finishedAt: madeAt,
    expiresAt: madeAt,
    removedAt: null,
    folder: '/mnt/backup',
    encrypted: true,
    seal: '',
  };
  await test.app.database.write((d) => insertBackup(d, { id, madeAt, ...made }));
  return id;
}

describe('the last backup', () => {
  it('is told to an admin, and when it is too old; nothing where there was never one', async () => {
    const admin = await test.as(cast.admin.userId);
    expect(await admin.backups.last()).toBeNull();
    const { nowMs } = test.clock;
    const first = await aBackup(nowMs - 49 * HOUR_MS);
    expect(await admin.backups.last()).toEqual({ madeAt: nowMs - 49 * HOUR_MS, encrypted: true, isOld: true });
    await aBackup(nowMs - HOUR_MS);
    expect(await admin.backups.last()).toEqual({ madeAt: nowMs - HOUR_MS, encrypted: true, isOld: false });
    await test.app.database.write((d) => endBackups(d, { folder: '/mnt/backup', present: [first], nowMs }));
    expect(await admin.backups.last()).toMatchObject({ madeAt: nowMs - 49 * HOUR_MS });
  });

  it('is told to nobody else', async () => {
    for (const userId of [cast.mira.userId, cast.ana.userId, cast.outsider.userId])
      await expect((await test.as(userId)).backups.last()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect((await test.as(null)).backups.last()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});
