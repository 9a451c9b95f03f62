import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { Stop } from './console.mjs';

/**
 * Runs a program to its end. Its output is kept and shown only when it fails, unless `show`.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, show?: boolean }} [options]
 * @returns {Promise<string>}
 */
export function run(program, args, { env = process.env, cwd, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      cwd,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          Object.assign(new Error(`${program} ${args.join(' ')} ended with ${code}\n${output.slice(-6000)}`), {
            code,
            output,
          }),
        );
    });
  });
}

/**
 * Starts a program that stays. `stop` asks it to end and insists after the grace period.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, onLine?: (line: string) => void }} [options]
 */
export function start(program, args, { env = process.env, cwd, onLine = () => undefined } = {}) {
  const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let rest = '';
  const read = (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
    child.on('error', (error) => resolve({ code: 1, error }));
  });
  /** @returns {Promise<void>} */
  const stop = async (graceMs = 6000) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  };
  return { pid: child.pid, child, ended, stop };
}

/**
 * A free TCP port on the loopback, the preferred one where it is free.
 * @param {number} [preferred]
 * @returns {Promise<number>}
 */
export function freePort(preferred = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () => (preferred === 0 ? reject(new Error('no free port')) : resolve(freePort(0))));
    server.listen(preferred, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Ends with a sentence where the address is taken.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<void>}
 */
export function requireFreePort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on (${error.code})`;
      reject(new Stop(`Port ${port} on ${host} ${why}. Set another PORT, or stop what listens there.`));
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

/**
 * Waits until the address answers with a status below 500, or the program that serves it has ended.
 * @param {string} url
 * @param {{ timeoutMs: number, ended?: Promise<unknown> }} options
 */
export async function waitForHttp(url, { timeoutMs, ended }) {
  const deadline = performance.now() + timeoutMs;
  let over = false;
  void ended?.then(() => {
    over = true;
  });
  while (performance.now() < deadline && !over) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
      if (answer.status < 500 && answer.status !== 406) return;
    } catch {
      // Not up yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(
    over ? `the server of ${url} ended before it answered` : `${url} did not answer in ${timeoutMs / 1000} s`,
  );
}
