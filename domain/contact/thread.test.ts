import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CLINIC_SETTINGS, replyRulesOf } from '#domain/clinic/settings';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { fillPhrase, firstNameOf, openField } from './phrase';
import {
  crisisEventKey,
  isOverdue,
  MESSAGE_MAX,
  messageEventKey,
  messageOfEvent,
  placeMessage,
  sendMessageSchema,
  stateOf,
  storableBody,
  waitingWith,
} from './thread';

const rules = replyRulesOf(DEFAULT_CLINIC_SETTINGS, 'Europe/London');
const TUESDAY_NOON = Date.UTC(2026, 10, 24, 12);
const NOTHING = { alarm: [], crisis: [] };
const FRIDAY_16 = Date.UTC(2026, 10, 27, 16);

describe('when a message is to be answered', () => {
  it.each([
    ['on a Tuesday at noon: eight hours of opening later', TUESDAY_NOON, Date.UTC(2026, 10, 25, 11)],
    ['on a Friday at 16:00: on Monday', FRIDAY_16, Date.UTC(2026, 10, 30, 15)],
    ['on a Sunday: on Monday', Date.UTC(2026, 10, 29, 10), Date.UTC(2026, 10, 30, 16)],
  ])('%s', (_, at, promisedAt) => {
    expect(placeMessage({ isRed: false, found: NOTHING }, rules, at)).toEqual({
      rank: 2,
      dueAt: promisedAt,
      promisedAt,
      says: [],
    });
  });

  it('with a red answer open: first, and without a date', () => {
    const placed = placeMessage({ isRed: true, found: NOTHING }, rules, TUESDAY_NOON);
    expect(placed).toEqual({ rank: 0, dueAt: TUESDAY_NOON + 4 * HOUR_MS, promisedAt: null, says: [] });
  });

  it('of a clinic that never opens: nothing is promised, and it has its place in the list', () => {
    const closed = { ...rules, hours: { ...rules.hours, week: [[], [], [], [], [], [], []] } };
    const placed = placeMessage({ isRed: false, found: NOTHING }, closed, TUESDAY_NOON);
    expect(placed).toEqual({ rank: 2, dueAt: TUESDAY_NOON + 24 * HOUR_MS, promisedAt: null, says: [] });
  });

  it('with words that alarm: before the others, and its promise is the same', () => {
    const plain = placeMessage({ isRed: false, found: NOTHING }, rules, TUESDAY_NOON);
    const numb = placeMessage({ isRed: false, found: { alarm: ['numb*'], crisis: [] } }, rules, TUESDAY_NOON);
    expect(numb).toEqual({ ...plain, rank: 1, says: ['numb*'] });
  });

  it('with words of self-harm: first, and without a date', () => {
    const found = { alarm: ['numb*'], crisis: ['want to die'] };
    const placed = placeMessage({ isRed: false, found }, rules, TUESDAY_NOON);
    expect(placed).toEqual({
      ...placeMessage({ isRed: true, found: NOTHING }, rules, TUESDAY_NOON),
      says: ['want to die', 'numb*'],
    });
  });
});

describe('who waits', () => {
  const at = (ms: number, isRed = false) => [placeMessage({ isRed, found: NOTHING }, rules, ms), ms] as const;

  it('a second message leaves the first its promise', () => {
    const first = waitingWith(null, ...at(TUESDAY_NOON));
    expect(waitingWith(first, ...at(TUESDAY_NOON + HOUR_MS))).toEqual(first);
  });

  it('a red one takes the date away, whichever came first', () => {
    const [plain, red] = [at(TUESDAY_NOON), at(TUESDAY_NOON + HOUR_MS, true)];
    const after = waitingWith(waitingWith(null, ...plain), ...red);
    expect(after).toMatchObject({ since: TUESDAY_NOON, rank: 0, promisedAt: null });
    const before = waitingWith(waitingWith(null, ...at(TUESDAY_NOON, true)), ...at(TUESDAY_NOON + HOUR_MS));
    expect(before).toMatchObject({ rank: 0, promisedAt: null });
  });

  it('is late from the promised instant on', () => {
    expect([isOverdue({ dueAt: 10 }, 9), isOverdue({ dueAt: 10 }, 10)]).toEqual([false, true]);
  });

  it('no later message makes anything later, and red is never promised a date', () => {
    const message = fc.record({
      after: fc.integer({ min: 0, max: 5 * DAY_MS }),
      isRed: fc.boolean(),
      alarm: fc.subarray(['numb', 'blue']),
    });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), (all) => {
        let now = TUESDAY_NOON;
        let waiting: ReturnType<typeof waitingWith> | null = null;
        for (const { after, isRed, alarm } of all) {
          now += after;
          const found = { alarm, crisis: [] };
          const next = waitingWith(waiting, placeMessage({ isRed, found }, rules, now), now);
          if (waiting) {
            expect(next.dueAt).toBeLessThanOrEqual(waiting.dueAt);
            expect(next.since).toBe(waiting.since);
            expect(next.rank).toBeLessThanOrEqual(waiting.rank);
            if (next.promisedAt !== null) expect(next.promisedAt).toBe(waiting.promisedAt);
          }
          waiting = next;
        }
        expect(waiting?.promisedAt === null).toBe(all.some(({ isRed }) => isRed));
        expect(new Set(waiting?.says)).toEqual(new Set(all.flatMap(({ alarm }) => alarm)));
      }),
    );
  });
});

describe('how far a message came', () => {
  it.each([
    ['to nobody yet', [], 'sent'],
    ['to a device', [{ deliveredNumber: 3, readNumber: 2 }], 'delivered'],
    [
      'to one that read it, whoever has not',
      [
        { deliveredNumber: 3, readNumber: 3 },
        { deliveredNumber: 0, readNumber: 0 },
      ],
      'read',
    ],
  ] as const)('%s', (_, others, state) => {
    expect(stateOf(3, others)).toBe(state);
  });
});

describe('what may be sent', () => {
  const message = (body: string) => ({
    messageId: '019aa000-0000-7000-8000-000000000001',
    episodeId: null,
    body,
    about: null,
    writtenAt: TUESDAY_NOON,
  });
  const bodyOf = (typed: string) => sendMessageSchema.safeParse(message(typed)).data?.body;

  it.each([
    ['words with their lines', ' It is gone.\n\nMay I go on? ', 'It is gone.\n\nMay I go on?'],
    ['what looks like HTML, as it was typed', '<b onclick="x()">bold</b>', '<b onclick="x()">bold</b>'],
    ['no mark that turns the direction of what follows', 'gnp.\u202etxt', 'gnp.txt'],
    ['as much as a page', 'x'.repeat(MESSAGE_MAX), 'x'.repeat(MESSAGE_MAX)],
  ])('%s', (_, typed, stored) => {
    expect(bodyOf(typed)).toBe(stored);
  });

  it.each([
    ['nothing', ''],
    ['nothing to see', ' \n\u200b '],
    ['NUL', 'a\0b'],
    ['half a sign', 'a\ud800'],
    ['more than a page', 'x'.repeat(MESSAGE_MAX + 1)],
    ['a megabyte', 'x'.repeat(1024 * 1024)],
  ])('not %s', (_, typed) => {
    expect(bodyOf(typed)).toBeUndefined();
  });

  it('a device leaves out what cannot be stored, and nothing else', () => {
    expect(storableBody('a\0b\ud800 \u{1f44d}\n')).toBe('ab \u{1f44d}\n');
  });
});

describe('a saved phrase', () => {
  const known = { 'first name': 'Ana', exercise: 'Putty squeeze' };

  it.each([
    ['Rest the {exercise} for a day, {first name}.', 'Rest the Putty squeeze for a day, Ana.'],
    ['{ First Name }!', 'Ana!'],
    ['{dose}', '{dose}'],
  ])('%s', (text, filled) => {
    expect(fillPhrase(text, known)).toBe(filled);
  });

  it('leaves open what is not known, and says so', () => {
    const text = fillPhrase('Leave {exercise}, {first name}', { ...known, exercise: null });
    expect([text, openField(text)]).toEqual(['Leave {exercise}, Ana', '{exercise}']);
    expect(openField('Leave it, Ana')).toBeNull();
  });

  it.each([
    ['Ana Duarte', 'Ana'],
    ['Björk', 'Björk'],
    ['  Nguyễn Văn An', 'Nguyễn'],
  ])('%s', (name, first) => {
    expect(firstNameOf(name)).toBe(first);
  });
});

describe('the event of a message', () => {
  it('leads back to its message, and that of anything else to none', () => {
    expect(messageOfEvent(messageEventKey('one'))).toBe('one');
    for (const other of ['handover:one', crisisEventKey('one'), '']) expect(messageOfEvent(other)).toBeNull();
  });
});
