import { run } from '../scripts/spawn.mjs';
import { expect, test } from './fixtures';

type Engine = { tried: number; acknowledged: number; lost: number; wrong: number; faults: string[] };

/** The small version of a long proof, on both engines, on servers of its own. */
async function prove(name: string): Promise<{ sqlite: Engine; postgres: Engine }> {
  const output = await run(process.execPath, ['scripts/run.mjs', 'scripts/prove.ts', name, '--small']);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

test('No message is lost when app and mail server die in the middle', async () => {
  test.setTimeout(300_000);
  const { sqlite, postgres } = await prove('deliver');
  for (const { lost, wrong, faults, acknowledged } of [sqlite, postgres]) {
    expect({ lost, wrong, faults }).toEqual({ lost: 0, wrong: 0, faults: [] });
    expect(acknowledged).toBeGreaterThan(0);
  }
});

for (const [name, promise] of [
  ['kill', 'An app that is killed loses nothing that it has acknowledged'],
  ['restart', 'An app that is restarted loses nothing that it has acknowledged'],
  ['disk', 'On a full disk nothing acknowledged is lost, uploads are refused, and it goes on when there is room'],
] as const)
  test(promise, async () => {
    test.setTimeout(240_000);
    const { sqlite, postgres } = await prove(name);
    for (const { tried, acknowledged, lost, wrong, faults } of [sqlite, postgres]) {
      expect({ tried, lost, wrong, faults }).toEqual({ tried: 2, lost: 0, wrong: 0, faults: [] });
      expect(acknowledged).toBeGreaterThan(0);
    }
  });
