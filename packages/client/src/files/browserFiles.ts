/** Hashes in browsers, which can hash a whole buffer, but no stream (FIPS 180-4). Pages have no paths: they pass streams and files. */
import type { Files, Sha256 } from "./files.ts";

const noPaths = "Browsers cannot use file paths. Pass a WritableStream to download to, or a File to upload.";

/** The first 32 bits of the fractional part of a number. */
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 2 ** 32);

const primes: number[] = [];
for (let candidate = 2; primes.length < 64; candidate += 1) if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);

/** From the cube roots of the first 64 primes. */
const constants = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
/** From the square roots of the first eight primes. */
const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

function addBlock(state: Uint32Array, block: DataView, offset: number, words: Uint32Array): void {
  for (let i = 0; i < 16; i += 1) words[i] = block.getUint32(offset + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const [a, b] = [words[i - 15] ?? 0, words[i - 2] ?? 0];
    const first = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
    const second = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
    words[i] = (words[i - 16] ?? 0) + first + (words[i - 7] ?? 0) + second;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (words[i] ?? 0)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) + word;
}

function createSha256(): Sha256 {
  const state = Uint32Array.from(start);
  const words = new Uint32Array(64);
  const waiting = new Uint8Array(64);
  let byteLength = 0;
  const update = (bytes: Uint8Array): void => {
    const held = byteLength % 64;
    byteLength += bytes.length;
    const filled = held === 0 ? 0 : Math.min(64 - held, bytes.length);
    waiting.set(bytes.subarray(0, filled), held);
    if (held > 0 && held + filled === 64) addBlock(state, new DataView(waiting.buffer), 0, words);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let offset = filled;
    for (; offset + 64 <= bytes.length; offset += 64) addBlock(state, view, offset, words);
    if (offset < bytes.length) waiting.set(bytes.subarray(offset), 0);
  };
  return {
    update,
    digest() {
      const bits = byteLength * 8;
      const padding = new Uint8Array(((119 - (byteLength % 64)) % 64) + 9);
      padding[0] = 0x80;
      const view = new DataView(padding.buffer);
      view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
      view.setUint32(padding.length - 4, bits >>> 0);
      update(padding);
      return [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
    },
  };
}

export const files: Files = {
  createSha256,
  openPartialFile: () => Promise.reject(new TypeError(noPaths)),
  openFile: () => Promise.reject(new TypeError(noPaths)),
};
