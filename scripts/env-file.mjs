import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { Stop } from './console.mjs';

/**
 * The variables of a `.env` file, or none where there is no such file.
 * @param {string} file
 * @returns {Record<string, string>}
 */
export function readEnvFile(file) {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/**
 * The port to listen on. Looked at before Next sees it, because Next ends with 0 on a port that is none.
 * @param {string | undefined} value
 */
export function readPort(value) {
  const port = Number(value || 3000);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Stop(
    'Regrasp cannot start, the environment is not right:\n  PORT: must be a whole number from 1 to 65535\nSee .env.example.',
  );
}

const WORDS =
  'amber birch cedar delta ember fjord grove heron inlet juniper kelp larch maple nimbus ochre poplar quartz rowan sorrel thistle umber violet willow yarrow'.split(
    ' ',
  );

/** Four words and a number: easy to read out and to type with one hand. */
function readablePassword() {
  const bytes = randomBytes(6);
  const words = [...bytes.subarray(0, 4)].map((byte) => WORDS[byte % WORDS.length]);
  return `${words.join('-')}-${100 + (bytes.readUInt16BE(4) % 900)}`;
}

/** Makes the secrets that are missing and keeps them; an existing value is never replaced. */
export function ensureSecrets(file) {
  const known = readEnvFile(file);
  const made = {
    ...(known.REGRASP_SECRET ? {} : { REGRASP_SECRET: randomBytes(32).toString('base64url') }),
    ...(known.REGRASP_DEMO_PASSWORD ? {} : { REGRASP_DEMO_PASSWORD: readablePassword() }),
  };
  if (Object.keys(made).length > 0) {
    const before = existsSync(file)
      ? readFileSync(file, 'utf8').replace(/\n*$/, '\n')
      : '# Made by npm run up. Secrets: keep this file to yourself.\n';
    writeFileSync(
      file,
      before +
        Object.entries(made)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      { mode: 0o600 },
    );
  }
  return { ...known, ...made };
}
