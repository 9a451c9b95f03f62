import { existsSync, readFileSync, renameSync } from 'node:fs';
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } from 'next/constants.js';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './server/i18n.ts',
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
 * the names that `client/livekit.ts` takes, a visit is 15 KB lighter (decision 013).
 */
async function bundleLivekit() {
  const { version } = JSON.parse(readFileSync('node_modules/livekit-client/package.json', 'utf8'));
  const { createHash } = await import('node:crypto');
  const names = createHash('sha256')
    .update(version)
    .update(readFileSync('client/livekit.ts'))
    .digest('hex')
    .slice(0, 16);
  const folder = 'node_modules/.cache/regrasp';
  const file = `${folder}/livekit-${names}.mjs`;
  if (existsSync(file)) return file;
  const { build } = await import('vite');
  const mine = `${folder}/${process.pid}`;
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: {
      alias: [
        { find: /^livekit-client$/, replacement: `${import.meta.dirname}/node_modules/livekit-client/src/index.ts` },
      ],
    },
    build: {
      target: 'es2022',
      outDir: mine,
      lib: { entry: 'client/livekit.ts', formats: ['es'], fileName: 'livekit' },
      rolldownOptions: { output: { minify: true } },
    },
  });
  // Build workers read this configuration too: a file appears whole or not at all.
  renameSync(`${mine}/livekit.js`, file);
  return file;
}

export default async (phase) => {
  if (phase === PHASE_PRODUCTION_BUILD || phase === PHASE_DEVELOPMENT_SERVER)
    config.turbopack.resolveAlias = { '#client/livekit': `./${await bundleLivekit()}` };
  return withNextIntl(config);
};
