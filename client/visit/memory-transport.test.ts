import { describe, expect, it } from 'vitest';
import { type LineTrouble, MemoryRoom, type MemoryTransport } from './memory-transport';

const bytes = (n: number) => new Uint8Array([n]);
/** Two ends, and the first byte of what the second one hears with the instant of hearing it. */
function pair(trouble: Partial<LineTrouble> = {}) {
  const room = new MemoryRoom(trouble);
  const [anna, ada] = [room.join('anna'), room.join('ada')];
  const heard: { n: number; atMs: number; from: string }[] = [];
  ada.onMessage(({ bytes: [n = -1], participantId }) => heard.push({ n, atMs: room.now(), from: participantId }));
  return { room, anna, ada, heard, numbers: () => heard.map(({ n }) => n) };
}
const scribble = (end: MemoryTransport, count: number) => {
  for (let n = 0; n < count; n++) end.sendInk(bytes(n));
};
const row = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('ink in memory', () => {
  it('without trouble arrives as it was sent, from whoever sent it', () => {
    const { room, anna, heard, numbers } = pair();
    scribble(anna, 3);
    expect(heard).toEqual([]);
    room.advance(0);
    expect(numbers()).toEqual([0, 1, 2]);
    expect(heard[0]?.from).toBe('anna');
  });

  it('is lost, comes twice and overtakes itself, the same way for the same seed', () => {
    const trouble = { seed: 7, loss: 0.3, repetition: 0.3, delayMs: [10, 100] as const };
    const drawn = [pair(trouble), pair(trouble), pair({ ...trouble, seed: 8 })].map(({ room, anna, numbers }) => {
      scribble(anna, 200);
      room.advance(100);
      return numbers();
    });
    const [first = [], again, other] = drawn;
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const different = new Set(first).size;
    expect(different).toBeGreaterThan(100);
    expect(different).toBeLessThan(180);
    expect(first.length).toBeGreaterThan(different + 20);
    expect(first).not.toEqual([...first].sort((a, b) => a - b));
  });

  it('takes the time it takes', () => {
    const { room, anna, heard } = pair({ delayMs: [40, 60] });
    scribble(anna, 50);
    room.advance(39);
    expect(heard).toEqual([]);
    room.advance(61);
    expect(heard).toHaveLength(50);
    expect(heard.every(({ atMs }) => atMs >= 40 && atMs <= 60)).toBe(true);
  });
});

describe('operations in memory', () => {
  it('arrive all, once and in order, however much the line loses', () => {
    const { room, anna, numbers } = pair({ loss: 1, repetition: 1, delayMs: [0, 500] });
    for (const n of row(50)) void anna.sendOperation(bytes(n));
    room.advance(500);
    expect(numbers()).toEqual(row(50));
  });

  it('do not change when the sender’s bytes do', () => {
    const { room, anna, numbers } = pair();
    const sent = bytes(1);
    void anna.sendOperation(sent);
    sent[0] = 9;
    room.advance(0);
    expect(numbers()).toEqual([1]);
  });
});

describe('a line that breaks', () => {
  it('loses what is under way and refuses what comes', async () => {
    const { room, anna, ada, numbers } = pair({ delayMs: [10, 10] });
    void anna.sendOperation(bytes(1));
    ada.lose();
    void anna.sendOperation(bytes(2));
    await expect(ada.sendOperation(bytes(3))).rejects.toThrow('reconnecting');
    expect(() => ada.sendInk(bytes(4))).not.toThrow();
    ada.regain();
    void anna.sendOperation(bytes(5));
    room.advance(100);
    expect(numbers()).toEqual([5]);
  });

  it('shows on both sides', async () => {
    const { anna, ada } = pair();
    expect(anna.snapshot()).toMatchObject({ state: 'connected', peers: ['ada'] });
    expect(anna.snapshot()).toBe(anna.snapshot());
    let told = 0;
    anna.subscribe(() => {
      told += 1;
    });
    ada.lose();
    expect(told).toBe(1);
    expect(ada.snapshot()).toMatchObject({ state: 'reconnecting', peers: [] });
    expect(anna.snapshot()).toMatchObject({ state: 'connected', peers: [] });
    ada.regain();
    expect(anna.snapshot().peers).toEqual(['ada']);
    await ada.disconnect();
    ada.regain();
    expect(ada.snapshot().state).toBe('down');
    expect(anna.snapshot().peers).toEqual([]);
  });
});

it('stills and control messages arrive too', async () => {
  const { room, anna, ada, heard } = pair({ loss: 1 });
  const stills: string[] = [];
  ada.onStill(({ stillId, participantId }) => stills.push(`${participantId} ${stillId}`));
  await anna.sendStill('still-1', new Blob());
  await anna.sendControl(bytes(1));
  room.advance(0);
  expect(stills).toEqual(['anna still-1']);
  expect(heard).toHaveLength(1);
});
