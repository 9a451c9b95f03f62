import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } from 'next/constants.js';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './server/runtime/i18n.ts',
  experimental: {
    messages: { path: './messages', format: 'json', locales: 'infer', precompile: true },
    createMessagesDeclaration: './messages/en.json',
  },
});

const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(self), microphone=(self), geolocation=(), display-capture=()' },
];

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  productionBrowserSourceMaps: true,
  reactStrictMode: true,
  serverExternalPackages: ['better-sqlite3', '@node-rs/argon2', 'pino'],
  // The media route in `pages/api` reaches modules marked `server-only`, which throws unless Next bundles it.
  bundlePagesRouterDependencies: true,
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
  headers: async () => [{ source: '/:path*', headers }],
};

/**
 * The published file of livekit-client is one lump, made for browsers older than ours. Bundled from its own sources, with
 * the names that `client/visit/livekit.ts` takes, a visit is 15 KB lighter (decision 013).
 */
async function bundleLivekit() {
  const library = 'node_modules/livekit-client';
  const names = 'client/visit/livekit.ts';
  const hash = createHash('sha256');
  for (const file of [`${library}/package.json`, names, 'next.config.js']) hash.update(readFileSync(file));
  const folder = 'node_modules/.cache/regrasp';
  const bundle = `${folder}/livekit-${hash.digest('hex').slice(0, 16)}.mjs`;
  if (existsSync(bundle)) return bundle;
  const { build } = await import('vite');
  const outDir = `${folder}/${process.pid}`;
  const sources = join(import.meta.dirname, library, 'src/index.ts');
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { alias: [{ find: /^livekit-client$/, replacement: sources }] },
    build: {
      target: 'es2022',
      outDir,
      lib: { entry: names, formats: ['es'], fileName: 'livekit' },
      // The library has no getters that do something.
      rolldownOptions: { treeshake: { propertyReadSideEffects: false } },
    },
  });
  // Build workers read this configuration too: the file appears whole or not at all.
  renameSync(`${outDir}/livekit.js`, bundle);
  rmSync(outDir, { recursive: true });
  return bundle;
}

/** One name for all workers of a build: they inherit it from the process that began. */
function nameBuild() {
  process.env.REGRASP_BUILD ??= randomUUID();
  const build = process.env.REGRASP_BUILD;
  config.generateBuildId = () => build;
  config.env = { REGRASP_BUILD: build };
}

export default async (phase) => {
  if (phase === PHASE_PRODUCTION_BUILD) nameBuild();
  if (phase === PHASE_PRODUCTION_BUILD || phase === PHASE_DEVELOPMENT_SERVER)
    config.turbopack.resolveAlias = { '#client/visit/livekit': `./${await bundleLivekit()}` };
  return withNextIntl(config);
};
