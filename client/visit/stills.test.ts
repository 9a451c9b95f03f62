import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuthorRole } from '#domain/annotation/operation';
import { encodeControl } from '#domain/visit/control';
import { MemoryRoom } from './memory-transport';
import { ANSWER_WITHIN_MS, ASK_AGAIN_MS, type Still, VisitStills } from './stills';

const ROLES: Record<string, AuthorRole> = { mira: 'clinician', ana: 'patient', eve: 'observer' };
const id = (n: number) => `0192f0c0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const CAMERA = new Blob(['the patient’s full frame']);
const SCREEN = new Blob(['what the clinician sees']);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function visit({ keeps = (): boolean => true } = {}) {
  const room = new MemoryRoom();
  let ids = 0;
  const side = (who: string, grab: () => Promise<Blob | null>) => {
    const kept: Still[] = [];
    const marks: [string, readonly string[]][] = [];
    const stills = new VisitStills({
      role: ROLES[who] ?? 'observer',
      roleOf: (participantId) => ROLES[participantId],
      grab,
      keep: async (still) => {
        kept.push(still);
        return keeps();
      },
      keepMarks: (stillId, markIds) => marks.push([stillId, markIds]),
      now: () => 1_790_000_000_000 + room.now(),
      newId: () => id(++ids),
    });
    const line = room.join(who);
    stills.connect(line);
    return { stills, kept, marks, line };
  };
  return { room, side };
}

/** Lets messages arrive and what they cause happen, several times over. */
async function settle(room: MemoryRoom) {
  for (let turn = 0; turn < 10; turn++) {
    room.advance(10);
    await vi.advanceTimersByTimeAsync(0);
  }
}

describe('freezing', () => {
  it('takes the picture on the patient’s device, at once on both sides, stored by the patient', async () => {
    const { room, side } = visit();
    const mira = side('mira', async () => SCREEN);
    const ana = side('ana', async () => CAMERA);
    const frozen = mira.stills.freeze([id(500)]);
    expect(mira.stills.snapshot().freezing).toBe(true);
    await settle(room);
    const stillId = await frozen;
    expect(mira.stills.snapshot().freezing).toBe(false);
    expect(ana.kept).toMatchObject([{ stillId, blob: CAMERA, source: 'patient_device' }]);
    expect(mira.kept).toEqual([]);
    expect(mira.stills.snapshot().pictures.get(stillId ?? '')).toMatchObject({
      blob: CAMERA,
      source: 'patient_device',
    });
    expect(ana.stills.snapshot().pictures.has(stillId ?? '')).toBe(true);
    for (const { marks } of [mira, ana]) expect(marks).toEqual([[stillId, [id(500)]]]);
  });

  it('asks again where the camera shows nothing yet, and the device takes one picture however often it is asked', async () => {
    const { room, side } = visit();
    const mira = side('mira', async () => SCREEN);
    let grabs = 0;
    // The second grab is still at work when the third question comes.
    const slow = () => new Promise<Blob>((resolve) => setTimeout(() => resolve(CAMERA), ASK_AGAIN_MS + 100));
    const ana = side('ana', () => (grabs++ === 0 ? Promise.resolve(null) : slow()));
    const frozen = mira.stills.freeze([id(500)]);
    for (let asked = 0; asked < 3; asked++) {
      await settle(room);
      await vi.advanceTimersByTimeAsync(ASK_AGAIN_MS);
    }
    await settle(room);
    const stillId = await frozen;
    expect(grabs).toBe(2);
    expect(ana.kept).toMatchObject([{ stillId, source: 'patient_device' }]);
    expect(ana.marks).toEqual([[stillId, [id(500)]]]);
    expect(mira.kept).toEqual([]);
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
    await settle(room);
    expect(grabs).toBe(2);
  });

  it('without an answer in three seconds takes the received frame, and says so', async () => {
    const { room, side } = visit();
    const mira = side('mira', async () => SCREEN);
    const ana = side('ana', async () => null);
    const frozen = mira.stills.freeze();
    await settle(room);
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS - 1);
    expect(mira.stills.snapshot().freezing).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    const stillId = await frozen;
    await settle(room);
    expect(mira.kept).toMatchObject([{ stillId, blob: SCREEN, source: 'received_frame' }]);
    expect(ana.stills.snapshot().pictures.get(stillId ?? '')).toMatchObject({ source: 'received_frame' });
  });

  it('without a line and without a picture gives none, and can be tried again', async () => {
    const { side } = visit();
    const mira = side('mira', async () => null);
    mira.line.lose();
    expect(await mira.stills.freeze()).toBeNull();
    expect(mira.stills.snapshot()).toMatchObject({ freezing: false });
  });

  it('is the clinician’s to ask for, and happens on the patient’s device only', async () => {
    const { room, side } = visit();
    const mira = side('mira', async () => SCREEN);
    const ana = side('ana', async () => CAMERA);
    const message = encodeControl({ v: 1, kind: 'freeze', stillId: id(77) });
    await room.join('eve').sendControl(message);
    await room.join('nobody').sendControl(message);
    await ana.line.sendControl(message);
    await settle(room);
    expect([ana.kept, mira.kept]).toEqual([[], []]);
  });

  it('takes no picture from who has no part, and never another one in the place of one that is there', async () => {
    const { room, side } = visit();
    const mira = side('mira', async () => SCREEN);
    const ana = side('ana', async () => CAMERA);
    await room.join('eve').sendStill(id(50), SCREEN);
    await ana.line.sendStill(id(51), CAMERA);
    await settle(room);
    await ana.line.sendStill(id(51), SCREEN);
    await settle(room);
    expect([...mira.stills.snapshot().pictures.keys()]).toEqual([id(51)]);
    expect(mira.stills.snapshot().pictures.get(id(51))?.blob).toBe(CAMERA);
  });
});

describe('a picture that a device cannot keep', () => {
  it('stands on the screens, and is said to be in no record', async () => {
    const { room, side } = visit({ keeps: () => false });
    const ana = side('ana', async () => CAMERA);
    const mira = side('mira', async () => SCREEN);
    const frozen = mira.stills.freeze();
    await settle(room);
    const stillId = (await frozen) ?? '';
    expect(mira.stills.snapshot().pictures.has(stillId)).toBe(true);
    expect([...ana.stills.snapshot().unkept]).toEqual([stillId]);
    // Who only received it has kept nothing, and lost nothing.
    expect([...mira.stills.snapshot().unkept]).toEqual([]);
  });

  it('is not said of one that was kept', async () => {
    const { room, side } = visit();
    const ana = side('ana', async () => CAMERA);
    const frozen = side('mira', async () => SCREEN).stills.freeze();
    await settle(room);
    await frozen;
    expect([...ana.stills.snapshot().unkept]).toEqual([]);
  });
});
