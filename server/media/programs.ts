import 'server-only';
import { spawn } from 'node:child_process';

/** Thrown where a media program is not installed: whoever needs it waits for it. */
export class ProgramMissing extends Error {}

type ProgramResult = { code: number; stdout: string; stderr: string };

const OUTPUT_MAX = 200_000;
const MISSING = 127;
/** Lower than everything a person waits for. */
const NICE = 15;

/**
 * Runs as a process of its own between us and the program. Its input is a pipe from us: when that closes, because we
 * say so or because we are gone, however we went, it ends the program.
 */
const GUARD = `
  const { spawn } = require('node:child_process');
  const [program, ...args] = process.argv.slice(1);
  try { require('node:os').setPriority(${NICE}); } catch {}
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const end = () => child.kill('SIGKILL');
  process.stdin.on('end', end).on('error', end).resume();
  child.on('error', (error) => process.exit(['ENOENT', 'EACCES'].includes(error.code) ? ${MISSING} : 126));
  child.on('exit', (code) => process.exit(code ?? 137));
`;

/** What a program may know of our environment: where programs and libraries are, no secret. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, LD_LIBRARY_PATH, DYLD_LIBRARY_PATH, SystemRoot, TMPDIR, NODE_ENV } = process.env;
  return { PATH, LD_LIBRARY_PATH, DYLD_LIBRARY_PATH, SystemRoot, TMPDIR, NODE_ENV };
}

type Limits = {
  timeoutMs: number;
  signal?: AbortSignal;
  /** Characters of each output that are kept. */
  outputMax?: number;
};

/** Runs a program without a shell, niced, with a deadline; it never outlives this process. */
export function runProgram(
  program: string,
  args: readonly string[],
  { timeoutMs, signal, outputMax = OUTPUT_MAX }: Limits,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const guard = spawn(process.execPath, ['-e', GUARD, '--', program, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: environment(),
    });
    const stop = () => guard.stdin.destroy();
    const timer = setTimeout(stop, timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      guard[name].on('data', (chunk: Buffer) => {
        if (output[name].length < outputMax) output[name] += chunk.toString('utf8');
      });
    }
    guard.stdin.on('error', () => undefined);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      act();
    };
    guard.once('error', (error) => settle(() => reject(error)));
    guard.once('close', (code) =>
      settle(() => {
        if (code === MISSING) reject(new ProgramMissing(`${program} is missing`));
        else resolve({ code: code ?? -1, ...output });
      }),
    );
  });
}
