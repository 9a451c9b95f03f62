import 'server-only';
import QRCode from 'qrcode';
import type { AppProcess } from '#server/runtime/process';

/** The address of an invite and the same as a QR code (SVG), for a phone that is held to the screen. */
export async function inviteAddress(app: AppProcess, token: string): Promise<{ url: string; qrSvg: string }> {
  const url = new URL(`/invite/${token}`, app.env.REGRASP_URL).href;
  const qrSvg = await QRCode.toString(url, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
  return { url, qrSvg };
}
