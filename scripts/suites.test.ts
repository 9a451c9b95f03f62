import { describe, expect, it } from 'vitest';
import { failedPlaces, readPlaywright } from './suites.mjs';

type Status = 'expected' | 'unexpected' | 'skipped';

/** A report as Playwright's JSON reporter writes it, cut down to what is read of it. */
function report(statuses: Record<string, Status>, errors: { message: string }[] = []) {
  const specs = Object.entries(statuses).map(([title, status], index) => ({
    id: `id-${title}`,
    title,
    file: 'visit/ink.spec.ts',
    line: 10 + index,
    tests: [
      {
        projectName: 'visit',
        status,
        results: [{ duration: 1000, errors: status === 'unexpected' ? [{ message: `${title} broke` }] : [] }],
      },
    ],
  }));
  return { suites: [{ specs: [], suites: [{ specs }] }], errors };
}

describe('the counts of the browser specs', () => {
  it('are those of the report where nothing failed', () => {
    const read = readPlaywright(report({ one: 'expected', two: 'expected', three: 'skipped' }));
    expect(read).toMatchObject({ passed: 2, failed: 0, skipped: 1, unsteady: [], failures: [] });
  });

  it('name where a failed spec stands, so that it can be run alone', () => {
    expect(failedPlaces(report({ one: 'expected', two: 'unexpected' }))).toEqual(['visit/ink.spec.ts:11']);
  });

  it('take a spec that passes alone as passed, and say that it is unsteady', () => {
    const read = readPlaywright(report({ one: 'expected', two: 'unexpected' }), report({ two: 'expected' }));
    expect(read).toMatchObject({ passed: 2, failed: 0, failures: [] });
    expect(read.unsteady).toEqual(['two\ntwo broke']);
  });

  it('take a spec that fails twice as failed', () => {
    const read = readPlaywright(report({ one: 'expected', two: 'unexpected' }), report({ two: 'unexpected' }));
    expect(read).toMatchObject({ passed: 1, failed: 1, unsteady: [], failures: ['two\ntwo broke'] });
  });

  it('fail with more than two unsteady specs', () => {
    const broken = { one: 'unexpected', two: 'unexpected', three: 'unexpected' } as const;
    const passes = { one: 'expected', two: 'expected', three: 'expected' } as const;
    expect(readPlaywright(report(broken), report(passes))).toMatchObject({ passed: 0, failed: 3 });
    const { three: _three, ...twoBroken } = broken;
    expect(readPlaywright(report({ ...twoBroken, three: 'expected' }), report(passes))).toMatchObject({
      passed: 3,
      failed: 0,
    });
  });

  it('fail for what belongs to no spec, such as a file that cannot be read', () => {
    expect(readPlaywright(report({ one: 'expected' }, [{ message: 'no such file' }]))).toMatchObject({
      passed: 1,
      failed: 1,
      failures: ['no such file'],
    });
  });
});
