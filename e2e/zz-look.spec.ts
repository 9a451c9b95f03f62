import { test } from './fixtures';
import { withProgram } from './prescribed';

test('look', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair, ['tendon-glides']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  ana.on('console', (m) => console.log('CONSOLE', m.type(), m.text().slice(0, 600)));
  ana.on('pageerror', (e) => console.log('PAGEERROR', String(e.stack).slice(0, 900)));
  await ana.goto('/today');
  await ana.waitForLoadState('networkidle');
  console.log(server.log.slice(-10).join('\n').slice(0, 3000));
});
