import { randomUUID } from 'node:crypto';
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } from 'next/constants.js';
import createNextIntlPlugin from 'next-intl/plugin';
import { bundleLivekit, bundleZod } from './scripts/build/libraries.mjs';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './server/runtime/i18n.ts',
  experimental: {
    messages: { path: './messages', format: 'json', locales: 'infer', precompile: true },
    createMessagesDeclaration: './messages/en.json',
  },
});

const headers = [
  // By it the worker of the pages (`public/sw.js`) tells an answer of this app from one that stands in its way.
  { key: 'X-Regrasp', value: 'app' },
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
  // While developing, a name that is used for the first time must be there at once.
  if (phase === PHASE_PRODUCTION_BUILD)
    config.turbopack.resolveAlias['zod/mini'] = { browser: `./${await bundleZod()}` };
  return withNextIntl(config);
};
