import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeError } from './log';

const SECRET = 'Zanzibarquince';
const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

/** Statement and parameters stand in the message. */
const asDrizzleThrows = (query: string, params: unknown[], cause: Error) =>
  Object.assign(new Error(`Failed query: ${query}\nparams: ${params.join(',')}`, { cause }), { query, params });

describe('an error in the log', () => {
  it('has its class, its message and where it happened', () => {
    const said = describeError(thrown(() => (undefined as unknown as { x: { y: 1 } }).x.y));
    expect(said).toMatchObject({ name: 'TypeError', message: expect.stringContaining('Cannot read properties') });
    expect(said.frames?.[0]).toMatch(/^at /);
  });

  it.each<[string, () => unknown]>([
    ['what was parsed', () => thrown(() => JSON.parse(SECRET))],
    ['what a schema refused', () => thrown(() => z.enum(['a']).parse(SECRET))],
    [
      'the parameters of a statement',
      () => asDrizzleThrows('insert into logs values ($1)', [SECRET], new Error(`invalid input: "${SECRET}"`)),
    ],
    [
      'the values that PostgreSQL quotes',
      () => Object.assign(new Error(`invalid input syntax for integer: "${SECRET}"`), { name: 'error', code: '22P02' }),
    ],
  ])('never has %s', (_, make) => {
    expect(JSON.stringify(describeError(make()))).not.toContain(SECRET);
  });

  it('of the database has its code, and the statement without values', () => {
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const query = asDrizzleThrows('insert into logs values (?)', [1], full);
    expect(describeError(query)).toMatchObject({ code: 'SQLITE_FULL', statement: 'insert into logs values (?)' });
    expect(describeError('a string')).toEqual({ name: 'string' });
  });
});
