import { spawnSync } from 'node:child_process';

/**
 * Runs a script of this repository where `folder` is a disk of so many megabytes (Linux: a mount that only this process
 * sees and that ends with it). Its last line of output is the answer, as JSON.
 */
export function onSmallDisk<T>(folder: string, megabytes: number, script: string, args: readonly string[]): T {
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`;
  const node = [process.execPath, '--conditions=react-server', '--import', 'tsx', script, ...args];
  const run = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', mount, folder, ...node], {
    encoding: 'utf8',
  });
  const last = run.stdout?.trim().split('\n').at(-1);
  if (run.status !== 0 || !last) throw new Error(`${script} on a small disk ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(last) as T;
}
