import 'server-only';
import QRCode from 'qrcode';
import type { Body, Db } from '#db/body';
import { hashToken, newToken } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';

/** The address of an invite and the same as a QR code (SVG), for a phone that is held to the screen. */
async function inviteAddress(app: AppProcess, token: string): Promise<{ url: string; qrSvg: string }> {
  const url = new URL(`/invite/${token}`, app.env.REGRASP_URL).href;
  const qrSvg = await QRCode.toString(url, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
  return { url, qrSvg };
}

/** Makes a link that works once. `store` keeps the hash of its secret, which is in the answer and nowhere else. */
export async function makeLink<T extends object>(
  app: AppProcess,
  run: RunWork,
  store: (d: Db, work: UnitOfWork, tokenHash: string) => Body<T>,
): Promise<T & { url: string; qrSvg: string }> {
  const token = newToken();
  const stored = await run((d, work) => store(d, work, hashToken(token)));
  return { ...stored, ...(await inviteAddress(app, token)) };
}
