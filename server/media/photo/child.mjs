// A photo as any phone makes it → a JPEG without a word about where, when and by what it was taken, and a small one beside
// it. A process of its own (photo.ts): a hostile file may end it, and its memory ends with it. No secret is in its reach.
// node child.mjs <input> <output> <small output>; writes {"width","height"} to stdout; 3 = no picture of a known kind.
import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

const NO_PICTURE = 3;
/** A wound fills the screen of a desk; more is the camera's noise. */
const SIDE_MAX = 2560;
const SMALL_SIDE_MAX = 640;
/** Phones make 108 and 200 million points of what is said in a quarter of them. */
const POINTS_MAX = 210_000_000;

const [input = '', output = '', small = ''] = process.argv.slice(2);

/** Brands of ISO/IEC 23008-12 whose pictures are coded by HEVC. */
const HEVC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** First bytes of JPEG, PNG, GIF and TIFF. */
const FIRST = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF8', 'II*\0', 'MM\0*'];

/** @param {Buffer} bytes @returns {'plain' | 'hevc' | null} What can be read, by its first bytes: a drawing that names files is none. */
function kindOf(bytes) {
  const text = bytes.toString('latin1', 0, 12);
  if (text.slice(4, 8) === 'ftyp')
    return text.slice(8) === 'avif' ? 'plain' : HEVC_BRANDS.has(text.slice(8)) ? 'hevc' : null;
  const isKnown = FIRST.some((first) => text.startsWith(first)) || /^RIFF.{4}WEBP/s.test(text);
  return isKnown ? 'plain' : null;
}

/** @param {Buffer} bytes @returns {Buffer | null} The ICC profile of a HEIF file (ISO/IEC 23008-12, box `colr` of type `prof`). */
function profileOf(bytes) {
  const at = bytes.indexOf('colrprof');
  if (at < 4) return null;
  const end = at - 4 + bytes.readUInt32BE(at - 4);
  return end <= bytes.length && end > at + 8 ? bytes.subarray(at + 8, end) : null;
}

/** @param {Buffer} png @param {Buffer} profile The same picture, which says in what colours it is meant (PNG, chunk `iCCP`). */
function withProfile(png, profile) {
  const body = Buffer.concat([Buffer.from('iCCPphone\0\0', 'latin1'), deflateSync(profile)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  // After the signature and the header, which are of one length.
  const header = 33;
  return Buffer.concat([png.subarray(0, header), length, body, check, png.subarray(header)]);
}

/** @param {Buffer} bytes */
async function decodeHevc(bytes) {
  const { default: libheif } = await import('libheif-js/wasm-bundle.js');
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((/** @type {{ is_primary(): boolean }} */ one) => one.is_primary()) ?? images[0];
  if (!image) return null;
  const [width, height] = [image.get_width(), image.get_height()];
  if (width * height > POINTS_MAX) return null;
  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise((resolve, reject) =>
    image.display({ data, width, height }, (/** @type {unknown} */ drawn) =>
      drawn ? resolve(undefined) : reject(new Error('not drawn')),
    ),
  );
  const raw = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: POINTS_MAX }).removeAlpha();
  const profile = profileOf(bytes);
  return profile
    ? withProfile(await raw.png({ compressionLevel: 1 }).toBuffer(), profile)
    : raw.png({ compressionLevel: 1 }).toBuffer();
}

async function make() {
  const bytes = await readFile(input);
  const kind = kindOf(bytes);
  // Of `mif1` the first bytes do not say by what it is coded.
  const source = kind === 'hevc' ? ((await decodeHevc(bytes)) ?? bytes) : kind === 'plain' ? bytes : null;
  if (!source) return null;
  // Upright by its own word, in the colours of the web, on white where it was clear. Nothing else of the file is written.
  const upright = sharp(source, { limitInputPixels: POINTS_MAX, failOn: 'truncated', pages: 1 })

    .autoOrient()

    .flatten({ background: '#fff' });
  const within = (/** @type {number} */ side) => ({
    width: side,
    height: side,
    fit: /** @type {const} */ ('inside'),
    withoutEnlargement: true,
  });
  const { width, height } = await upright.clone().resize(within(SIDE_MAX)).jpeg({ quality: 84 }).toFile(output);
  const tile = await sharp(output).resize(within(SMALL_SIDE_MAX)).jpeg({ quality: 72 }).toFile(small);
  return { width, height, small: { width: tile.width, height: tile.height } };
}

sharp.concurrency(1);
const made = await make().catch((/** @type {unknown} */ error) => {
  process.stderr.write(String(error));
  return null;
});
if (made) process.stdout.write(JSON.stringify(made));
else process.exitCode = NO_PICTURE;
