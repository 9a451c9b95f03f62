import { readFileSync } from 'node:fs';
import { takeStore } from '../../db/take-store';

/** Bytes that this process has read so far, from any file; 0 where the system does not say. */
function bytesRead(): number {
  try {
    return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/**
 * A process that takes a store as an app does, says so with the bytes that it read for that, and holds the store until
 * its input ends. Arguments: URL, release's root.
 */
async function main(): Promise<void> {
  const [url = '', root = ''] = process.argv.slice(2);
  process.stdout.write('begins\n');
  try {
    const before = bytesRead();
    const release = await takeStore(url, root, 'app');
    process.stdout.write(`ready after ${bytesRead() - before} bytes\n`);
    process.stdin.resume();
    await new Promise((resolve) => process.stdin.once('end', resolve));
    release();
  } catch (error) {
    process.stdout.write(`refused: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

await main();
