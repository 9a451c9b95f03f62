// Gets a LiveKit server, in the order of docs/decisions/002, and writes the configuration it runs with on the loopback.
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stop } from './console.mjs';
import { findProgram } from './programs.mjs';
import { freePort, run, start, waitForHttp } from './spawn.mjs';

/** The one that builds with `go install`: its go.mod replaces nothing. */
export const LIVEKIT_VERSION = '1.13.5';
const GO_MODULE = `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`;
const RELEASES = 'https://github.com/livekit/livekit/releases/download';

/** Where binaries are kept that are had once and used by every checkout. */
export function cacheFolder(env = process.env) {
  return env.REGRASP_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'regrasp');
}

const exe = process.platform === 'win32' ? '.exe' : '';

async function reportedVersion(binary) {
  try {
    const output = await run(binary, ['--version']);
    return /livekit-server version (\S+)/.exec(output)?.[1] ?? null;
  } catch {
    return null;
  }
}

/**
 * Finds or makes the server's binary. `say` is told what takes long. Throws a `Stop` that names the ways.
 * @param {Record<string, string | undefined>} [env]
 * @param {(what: string) => unknown} [say]
 * @returns {Promise<string>}
 */
export async function acquireLiveKit(env = process.env, say = () => undefined) {
  if (env.LIVEKIT_SERVER_BIN) {
    if (await reportedVersion(env.LIVEKIT_SERVER_BIN)) return env.LIVEKIT_SERVER_BIN;
    throw new Stop(`LIVEKIT_SERVER_BIN=${env.LIVEKIT_SERVER_BIN} is not a LiveKit server that runs here.`);
  }
  const installed = findProgram('livekit-server', env);
  if (installed && (await reportedVersion(installed))) return installed;
  const cached = join(cacheFolder(env), `livekit-server-v${LIVEKIT_VERSION}${exe}`);
  if (existsSync(cached) && (await reportedVersion(cached)) === LIVEKIT_VERSION) return cached;
  mkdirSync(cacheFolder(env), { recursive: true });
  const reasons = [];
  for (const [name, way] of [
    ['go', buildWithGo],
    ['release', downloadRelease],
  ]) {
    try {
      await way(cached, env, say);
      if ((await reportedVersion(cached)) === LIVEKIT_VERSION) return cached;
      reasons.push(`${name}: the binary does not report version ${LIVEKIT_VERSION}`);
    } catch (error) {
      reasons.push(`${name}: ${String(error.message).split('\n')[0]}`);
    }
  }
  throw new Stop(
    [
      'No LiveKit server could be had, so video visits cannot be held.',
      ...reasons.map((reason) => `  ${reason}`),
      'Ways: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET to a server of yours; or LIVEKIT_SERVER_BIN to a binary;',
      `or put livekit-server on the PATH; or install Go 1.26 or later, so that ${GO_MODULE} is built.`,
    ].join('\n'),
  );
}

async function buildWithGo(target, env, say) {
  say('building it with Go, about 4 minutes once');
  await installWithGo({ module: GO_MODULE, name: 'server' }, target, env);
}

/**
 * Builds the program of a Go module and puts it under its name, whole or not at all.
 * @param {{ module: string, name: string }} program
 * @param {string} target
 * @param {Record<string, string | undefined>} [env]
 */
export async function installWithGo({ module, name }, target, env = process.env) {
  const go = findProgram('go', env);
  if (!go) throw new Error('Go is not on the PATH');
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(await run(go, ['version'])) ?? [];
  if (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 26))
    throw new Error(`Go ${major}.${minor} is too old, 1.26 is needed`);
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-go-'));
  try {
    await run(go, ['install', module], { env: { ...env, CGO_ENABLED: '0', GOBIN: folder, GOFLAGS: '' } });
    place(join(folder, name + exe), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The official archive for this platform, its SHA-256 compared with the release's own list. */
async function downloadRelease(target, env, say) {
  const arch = { x64: 'amd64', arm64: 'arm64', arm: 'armv7' }[process.arch];
  const system = { linux: 'linux', win32: 'windows' }[process.platform];
  if (!arch || !system) throw new Error(`there is no official archive for ${process.platform} ${process.arch}`);
  const base = `${env.REGRASP_LIVEKIT_RELEASES ?? RELEASES}/v${LIVEKIT_VERSION}`;
  const name = `livekit_${LIVEKIT_VERSION}_${system}_${arch}.${system === 'windows' ? 'zip' : 'tar.gz'}`;
  say('downloading the official release');
  const sums = await download(`${base}/checksums.txt`);
  const expected = sums
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, file]) => file?.replace(/^\*/, '') === name)?.[0];
  if (!expected) throw new Error(`checksums.txt does not name ${name}`);
  const archive = await download(`${base}/${name}`);
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== expected) throw new Error(`${name} has SHA-256 ${actual}, not ${expected}; it was not used`);
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-livekit-'));
  try {
    writeFileSync(join(folder, name), archive);
    await run('tar', ['-xf', name], { cwd: folder });
    place(join(folder, `livekit-server${exe}`), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function download(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10 * 60_000) });
  if (!answer.ok) throw new Error(`${new URL(url).pathname.split('/').at(-1)} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

function place(from, target) {
  copyFileSync(from, `${target}.part`);
  chmodSync(`${target}.part`, 0o755);
  rmSync(target, { force: true });
  copyFileSync(`${target}.part`, target);
  chmodSync(target, 0o755);
  rmSync(`${target}.part`, { force: true });
}

/**
 * Starts a server for this machine only. Nothing outside is asked: no public STUN, no external address.
 * @param {string} binary
 * @param {{ folder: string, key: string, secret: string, webhookUrl?: string, preferredPort?: number, onLine?: (line: string) => void }} options
 */
export async function startLiveKit(binary, { folder, key, secret, webhookUrl, preferredPort = 0, onLine }) {
  const [port, tcpPort, udpPort] = [await freePort(preferredPort), await freePort(), await freePort()];
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'livekit.yaml');
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      tcp_port: tcpPort,
      udp_port: udpPort,
      node_ip: '127.0.0.1',
      use_external_ip: false,
      enable_loopback_candidate: true,
      stun_servers: ['127.0.0.1:3478'],
      ips: { includes: ['127.0.0.1/32'] },
    },
    room: { auto_create: false },
    keys: { [key]: secret },
    logging: { level: 'warn' },
    ...(webhookUrl ? { webhook: { api_key: key, urls: [webhookUrl] } } : {}),
  };
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  const server = start(binary, ['--config', file], { onLine });
  await waitForHttp(`http://127.0.0.1:${port}/`, { timeoutMs: 20_000, ended: server.ended });
  return { ...server, url: `ws://127.0.0.1:${port}`, apiUrl: `http://127.0.0.1:${port}`, port };
}
