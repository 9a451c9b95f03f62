import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeCheckIn } from '#db/factories/check-ins';
import { insertNotice } from '#db/queries/contact/notices';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let checkInId: string;
const mira = () => test.as(cast.mira.userId);
const ana = () => test.as(cast.ana.userId);

async function tell(userId: string, key: string, subjectId = checkInId, kind = 'feedback_not_clear') {
  await test.app.database.write((d) =>
    insertNotice(d, {
      id: uuidv7(),
      clinicId: cast.clinicId,
      userId,
      kind,
      subjectId,
      eventKey: key,
      createdAt: test.clock.nowMs,
    }),
  );
}

beforeEach(async () => {
  cast = await makeCast(test.app);
  const whose = { clinicId: cast.clinicId, patientId: cast.ana.patientId, userId: cast.ana.userId ?? '' };
  ({ checkInId } = await test.app.database.write((d) => makeCheckIn(d, { ...whose, at: test.clock.nowMs })));
});

describe('notices', () => {
  it('are read with the thing that they are about, all of them and only one’s own', async () => {
    await tell(cast.mira.userId, 'one');
    await tell(cast.mira.userId, 'two');
    await tell(cast.mira.userId, 'elsewhere', cast.ana.patientId);
    await tell(cast.colleague.userId, 'one');
    expect(await (await mira()).notices.list()).toMatchObject({
      unread: 3,
      notices: [
        { subjectId: cast.ana.patientId, readAt: null, patientName: 'Ana Duarte' },
        { subjectId: checkInId, readAt: null, patientName: 'Ana Duarte' },
        { subjectId: checkInId, readAt: null, patientName: 'Ana Duarte' },
      ],
    });
    const told: string[] = [];
    const stop = test.app.live.subscribe(({ event, userId }) => {
      if (event.topic === 'notice') told.push(userId ?? '');
    });
    expect(await (await mira()).notices.markRead({ subjectId: checkInId })).toEqual({ read: 2 });
    expect(await (await mira()).notices.markRead({ subjectId: checkInId })).toEqual({ read: 0 });
    expect((await (await mira()).notices.list()).unread).toBe(1);
    expect((await (await test.as(cast.colleague.userId)).notices.list()).unread).toBe(1);
    await expect.poll(() => told).toEqual([cast.mira.userId]);
    stop();
  });

  it('name no patient whom the account may not reach, and none at all to a patient', async () => {
    for (const userId of [cast.colleague.userId, cast.ana.userId ?? '']) {
      await tell(userId, 'one');
      const { notices } = await (await test.as(userId)).notices.list();
      expect(notices).toMatchObject([{ subjectId: checkInId, patientName: null }]);
    }
  });

  it('leave Today’s pack once they are read', async () => {
    await tell(cast.ana.userId ?? '', 'one', checkInId, 'review_published');
    const packed = async () => {
      const answer = await (await ana()).practice.dayPack({ revision: null });
      return answer.unchanged ? [] : answer.pack.notices;
    };
    expect(await packed()).toHaveLength(1);
    await (await ana()).notices.markRead({ subjectId: checkInId });
    expect(await packed()).toEqual([]);
  });
});
