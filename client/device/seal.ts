/** What one person keeps on this device, sealed piece by piece: a text or bytes. */
type Piece = string | Blob;

/**
 * Stands between a person's data and the stores of this device. `open` gives back what `seal` was given; it rejects where
 * the piece is another person's. No piece is larger than `PIECE_BYTES`.
 */
export type Seal = {
  seal<P extends Piece>(piece: P): Promise<P>;
  open<P extends Piece>(piece: P): Promise<P>;
};

/** The largest piece: 1 MiB. */
export const PIECE_BYTES = 1024 * 1024;
/** UTF-16 units of a text that are at most `PIECE_BYTES` as UTF-8. */
const PIECE_UNITS = PIECE_BYTES / 4;

const AS_IT_IS: Seal = { seal: async (piece) => piece, open: async (piece) => piece };

/** Whose seal is which. Nothing is hidden yet: devices that people share will encrypt here. */
export const seals = { of: (_userId: string): Seal => AS_IT_IS };

/** A value in a store. */
export type Sealed = { sealed: string[] };

const isSealed = (stored: unknown): stored is Sealed =>
  typeof stored === 'object' && stored !== null && 'sealed' in stored && Array.isArray(stored.sealed);

/** Anything that JSON holds. */
export async function sealValue(userId: string, value: unknown): Promise<Sealed> {
  const text = JSON.stringify(value ?? null);
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += PIECE_UNITS) pieces.push(text.slice(at, at + PIECE_UNITS));
  const seal = seals.of(userId);
  return { sealed: await Promise.all(pieces.map((piece) => seal.seal(piece))) };
}

/** What earlier builds stored without a seal is given back as it is. */
export async function openValue(userId: string, stored: unknown): Promise<unknown> {
  if (!isSealed(stored)) return stored;
  const seal = seals.of(userId);
  const pieces = await Promise.all(stored.sealed.map((piece) => seal.open(piece)));
  return JSON.parse(pieces.join(''));
}
