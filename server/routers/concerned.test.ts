import { describe, expect, it } from 'vitest';
import { appRouter } from './app';
import { NOT_LIVE, QUERIES_OF } from './concerned';

type Procedure = { _def: { type: string } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
const queries = procedures.filter(([, { _def }]) => _def.type === 'query').map(([name]) => name);
const live = new Set(Object.values(QUERIES_OF).flat());

describe('every query', () => {
  it('is made old by some event, or is said to be read again only with its page', () => {
    expect([...live, ...NOT_LIVE].toSorted()).toEqual(queries.toSorted());
  });
});
