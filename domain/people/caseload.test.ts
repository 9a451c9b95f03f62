import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PAIN_POLICY } from '#domain/practice/pain-policy';
import { DAY_MS } from '#domain/time/duration';
import { type Attention, attention, compareByNeed } from './attention';
import { type CaseloadCursor, caseloadQuerySchema, pageByNeed } from './caseload';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const near = fc.integer({ min: -4 * DAY_MS, max: 4 * DAY_MS }).map((ms) => NOW + ms);
const severity = fc.constantFrom('amber' as const, 'red' as const, 'urgent' as const);
const flag = fc.record({ severity, kind: fc.constant('pain'), raisedAtMs: near });

const anyone: fc.Arbitrary<Attention> = fc
  .record({
    patientId: fc.uuid(),
    openFlags: fc.array(flag, { maxLength: 2 }),
    waitingCheckIn: fc.option(near.map((dueAtMs) => ({ dueAtMs }))),
    lastLogAtMs: fc.option(near),
    worstPain7Days: fc.option(fc.integer({ min: 0, max: 10 })),
    nextVisitAtMs: fc.option(near),
    reassessInDays: fc.option(fc.integer({ min: -400, max: 400 })),
    hasProgram: fc.boolean(),
    joined: fc.boolean(),
  })
  .map((facts) => attention({ facts, policy: DEFAULT_PAIN_POLICY, nowMs: NOW }));
const caseload = fc.uniqueArray(anyone, { maxLength: 40, selector: ({ patientId }) => patientId });

/** Every page, one after the other. */
function allPages(people: readonly Attention[], limit: number): Attention[][] {
  const pages: Attention[][] = [];
  let cursor: CaseloadCursor | null = null;
  do {
    const { page, nextCursor }: ReturnType<typeof pageByNeed<Attention>> = pageByNeed(people, {
      atMs: NOW,
      cursor,
      limit,
    });
    pages.push(page);
    cursor = nextCursor;
  } while (cursor !== null);
  return pages;
}

describe('pageByNeed', () => {
  it('gives in pages exactly what the sort of all gives', () => {
    fc.assert(
      fc.property(caseload, fc.integer({ min: 1, max: 9 }), (people, limit) => {
        const pages = allPages(people, limit);
        expect(pages.flat()).toEqual(people.toSorted(compareByNeed));
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }),
    );
  });

  it('leaves nobody out when who stood last is gone', () => {
    fc.assert(
      fc.property(caseload, fc.integer({ min: 1, max: 9 }), (people, limit) => {
        const first = pageByNeed(people, { atMs: NOW, cursor: null, limit });
        fc.pre(first.nextCursor !== null);
        const left = people.filter(({ patientId }) => patientId !== first.nextCursor?.patientId);
        const rest = pageByNeed(left, { atMs: NOW, cursor: first.nextCursor, limit: people.length });
        const seen = new Set([...first.page, ...rest.page].map(({ patientId }) => patientId));
        expect(left.filter(({ patientId }) => !seen.has(patientId))).toEqual([]);
      }),
    );
  });

  it('carries a cursor that its own schema takes', () => {
    fc.assert(
      fc.property(caseload, (people) => {
        const { nextCursor } = pageByNeed(people, { atMs: NOW, cursor: null, limit: 1 });
        expect(caseloadQuerySchema.parse({ search: ' ana ', cursor: nextCursor })).toEqual({
          search: 'ana',
          cursor: nextCursor,
        });
      }),
    );
  });
});
