/** Red, green, blue; 0 to 1 as signal, 1 = reference white as light. */
export type Rgb = readonly [number, number, number];

export type Transfer = 'pq' | 'hlg' | 'sdr';
export type Primaries = 'bt2020' | 'p3' | 'bt709';

/** Luminance of reference white in HDR pictures, in cd/m² (ITU-R BT.2408). */
const WHITE_NITS = 203;
/** What phones and the nominal display of HLG reach, in cd/m². */
const PEAK_NITS = 1000;
/** Of an SDR display (ITU-R BT.1886). */
const SDR_GAMMA = 2.4;
/** Up to here, relative to reference white, light is kept as it is; skin lies below. */
const KNEE = 0.7;

/** ITU-R BT.2100, table 4. */
function pqNits(signal: number): number {
  const [m1, m2, c1, c2, c3] = [2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128];
  const power = Math.max(signal, 0) ** (1 / m2);
  return 10_000 * (Math.max(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1);
}

/** ITU-R BT.2100, table 5: light of the scene, 0 to 1. */
function hlgScene(signal: number): number {
  const a = 0.17883277;
  const b = 1 - 4 * a;
  const c = 0.5 - a * Math.log(4 * a);
  return signal <= 0.5 ? Math.max(signal, 0) ** 2 / 3 : (Math.exp((signal - c) / a) + b) / 12;
}

const HLG_SYSTEM_GAMMA = 1.2;
const each = ([r, g, b]: Rgb, act: (channel: number) => number): Rgb => [act(r), act(g), act(b)];

function lightOf(signal: Rgb, transfer: Transfer): Rgb {
  if (transfer === 'sdr') return each(signal, (one) => Math.max(one, 0) ** SDR_GAMMA);
  if (transfer === 'pq') return each(signal, (one) => pqNits(one) / WHITE_NITS);
  const scene = each(signal, hlgScene);
  const luminance = 0.2627 * scene[0] + 0.678 * scene[1] + 0.0593 * scene[2];
  const gain = (PEAK_NITS / WHITE_NITS) * luminance ** (HLG_SYSTEM_GAMMA - 1);
  return each(scene, (one) => gain * one);
}

type Matrix = readonly [Rgb, Rgb, Rgb];
/** Linear light to BT.709 primaries, D65 in both (ITU-R BT.2087; SMPTE EG 432-1). */
const TO_BT709: Record<Exclude<Primaries, 'bt709'>, Matrix> = {
  bt2020: [
    [1.660491, -0.587641, -0.07285],
    [-0.12455, 1.1329, -0.008349],
    [-0.018151, -0.100579, 1.11873],
  ],
  p3: [
    [1.22494, -0.22494, 0],
    [-0.042057, 1.042057, 0],
    [-0.019638, -0.078636, 1.098274],
  ],
};

const times = (row: Rgb, light: Rgb) => row[0] * light[0] + row[1] * light[1] + row[2] * light[2];

/** Rolls off from the knee so that the peak becomes white (Möbius); below the knee light is kept. */
function rollOff(light: number): number {
  if (light <= KNEE) return light;
  const peak = PEAK_NITS / WHITE_NITS;
  const x = Math.min(light, peak);
  const a = (-KNEE * KNEE * (peak - 1)) / (KNEE * KNEE - 2 * KNEE + peak);
  const b = (KNEE * KNEE - 2 * KNEE * peak + peak) / (peak - 1);
  return (((b * b + 2 * b * KNEE + KNEE * KNEE) / (b - a)) * (x + a)) / (x + b);
}

/**
 * A signal of a phone's HDR or wide colours as an ordinary screen shows it (BT.709, gamma 2.4). The three channels are
 * rolled off by one factor: bright skin gets no other hue.
 */
export function toSdr(signal: Rgb, { transfer, primaries }: { transfer: Transfer; primaries: Primaries }): Rgb {
  const light = lightOf(signal, transfer);
  const matrix = primaries === 'bt709' ? null : TO_BT709[primaries];
  const inBt709: Rgb = matrix ? [times(matrix[0], light), times(matrix[1], light), times(matrix[2], light)] : light;
  const brightest = Math.max(...inBt709);
  const factor = transfer === 'sdr' || brightest <= 0 ? 1 : rollOff(brightest) / brightest;
  return each(inBt709, (one) => Math.min(1, Math.max(0, one * factor)) ** (1 / SDR_GAMMA));
}

/** Points along each edge of the table: between them ffmpeg interpolates. */
const EDGE = 33;

/** The same as a table for ffmpeg's `lut3d`, in the format of Adobe and DaVinci (.cube), red running fastest. */
export function cubeOf(from: { transfer: Transfer; primaries: Primaries }): string {
  const lines = [`LUT_3D_SIZE ${EDGE}`];
  const at = (n: number) => n / (EDGE - 1);
  for (let b = 0; b < EDGE; b++)
    for (let g = 0; g < EDGE; g++)
      for (let r = 0; r < EDGE; r++)
        lines.push(
          toSdr([at(r), at(g), at(b)], from)
            .map((one) => one.toFixed(6))
            .join(' '),
        );
  return `${lines.join('\n')}\n`;
}
