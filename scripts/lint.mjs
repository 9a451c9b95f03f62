// Style, borders, types of promises, nothing dead, migrations in step with the schema. Fails on the first that is not clean.
import { houseProblems } from '../lint/house.mjs';
import { fail, Stop, step } from './console.mjs';
import { run } from './spawn.mjs';

const npx = (...args) => run('npx', args);

try {
  await step('Biome', () => npx('biome', 'check', '--error-on-warnings', '.').then(() => 'clean'));
  await step('oxlint', () => npx('oxlint', '--type-aware').then(() => 'clean'));
  await step('House', () => {
    const problems = houseProblems('.');
    if (problems.length > 0) throw new Stop(problems.join('\n'));
    return 'clean';
  });
  await step('Nothing dead', () =>
    npx('knip', '--no-progress')
      .then(() => npx('knip', '--no-progress', '--production'))
      .then(() => 'clean'),
  );
  await step('Migrations', () =>
    run(process.execPath, ['scripts/generate-migrations.mjs', '--check']).then(() => 'in step'),
  );
} catch (error) {
  fail(error);
}
