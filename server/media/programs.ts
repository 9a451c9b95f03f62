import 'server-only';
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { NotYet } from '../jobs/worker';

export type ProgramResult = { code: number; stdout: string };

const OUTPUT_MAX = 200_000;
/** Lower than everything a person waits for. */
const NICE = 15;

/** Runs a program without a shell, niced, with a deadline; it dies with this process. `NotYet` where it is missing. */
export function runProgram(
  program: string,
  args: readonly string[],
  { timeoutMs }: { timeoutMs: number },
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const die = () => child.kill('SIGKILL');
    process.once('exit', die);
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (stdout.length < OUTPUT_MAX) stdout += chunk.toString('utf8');
    });
    child.once('spawn', () => {
      if (child.pid) {
        try {
          setPriority(child.pid, NICE);
        } catch {
          // It ended already.
        }
      }
    });
    child.once('error', (error) => {
      process.off('exit', die);
      const missing = 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES');
      reject(missing ? new NotYet('a media program is missing') : error);
    });
    child.once('close', (code) => {
      process.off('exit', die);
      resolve({ code: code ?? -1, stdout });
    });
  });
}
