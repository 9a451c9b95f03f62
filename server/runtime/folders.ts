import 'server-only';
import { access, constants, mkdir } from 'node:fs/promises';

/** Makes it where it is missing. */
export async function isWritable(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
