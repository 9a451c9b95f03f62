import { describe, expect, it } from 'vitest';
import { partsWith, readBody } from './request-body';

const asked = (body: string) =>
  new Request('http://127.0.0.1/api/trpc/x?batch=1', { method: 'POST', body, headers: { cookie: 'a=b' } });

/** As Next hands a request in: answers like one, and is none by the engine's own marks. */
function standIn(request: Request): Request {
  return new Proxy(request, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('a body', () => {
  it('is read whole up to the limit, and null beyond it', async () => {
    expect((await readBody(asked('four'), 4))?.toString()).toBe('four');
    expect(await readBody(asked('five!'), 4)).toBeNull();
    expect((await readBody(new Request('http://127.0.0.1/'), 4))?.length).toBe(0);
  });

  it('that was read makes the same request again, also where Next stands in for it', async () => {
    const request = standIn(asked('four'));
    const body = await readBody(request, 10);
    if (!body) throw new Error('the body is small enough');
    const again = new Request(...partsWith(request, body));
    expect([again.method, again.url, again.headers.get('cookie'), await again.text()]).toEqual([
      'POST',
      'http://127.0.0.1/api/trpc/x?batch=1',
      'a=b',
      'four',
    ]);
  });
});
