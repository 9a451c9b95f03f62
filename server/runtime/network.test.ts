import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameSockets, networkOf } from './network';

describe('the network of a request', () => {
  it.each([
    ['203.0.113.7', 0, '203.0.113.7'],
    ['10.0.0.1, 203.0.113.7', 0, '203.0.113.7'],
    ['198.51.100.9, 203.0.113.7, 10.0.0.2', 1, '203.0.113.7'],
    ['198.51.100.9, 203.0.113.7, 10.0.0.1, 10.0.0.2', 2, '203.0.113.7'],
    ['::ffff:203.0.113.7', 0, '203.0.113.7'],
    ['203.0.113.7:4711', 0, '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', 0, '2001:db8:1:2::/64'],
    ['[2001:DB8:1:2::9]:443, 10.0.0.2', 1, '2001:db8:1:2::/64'],
    ['::1', 0, '0:0:0:0::/64'],
    // Somebody who goes around the proxy names fewer than it would.
    ['203.0.113.7', 2, '203.0.113.7'],
    ['unknown, 10.0.0.2', 1, 'unknown'],
    ['', 0, 'unknown'],
    [null, 1, 'unknown'],
  ])('%j behind %i of our proxies is %s', (forwarded, hops, network) => {
    expect(networkOf(forwarded, hops)).toBe(network);
  });

  it('is one for all addresses of a household and another for the neighbours', () => {
    const of = (address: string) => networkOf(address, 0);
    expect(of('2001:db8:1:2:ffff::1')).toBe(of('2001:db8:1:2::2'));
    expect(of('2001:db8:1:3::2')).not.toBe(of('2001:db8:1:2::2'));
  });
});

describe('a client that writes down an address', () => {
  const server = createServer((request, response) => response.end(request.headers['x-forwarded-for']));
  beforeAll(async () => {
    nameSockets();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  it.each<Record<string, string>>([{}, { 'x-forwarded-for': '203.0.113.7' }])(
    'is counted under its own: %j',
    async (headers) => {
      const { port } = server.address() as AddressInfo;
      const forwarded = await (await fetch(`http://127.0.0.1:${port}/`, { headers })).text();
      expect(networkOf(forwarded, 0)).toBe('127.0.0.1');
    },
  );
});
