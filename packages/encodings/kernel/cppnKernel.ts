/**
 * The kernel that renders CPPNs, in AssemblyScript. It interprets a network over tiles of pixels that fit the cache, four pixels per
 * instruction. It uses strict SIMD only, with the operations of cppn/activations.ts, cppn/render.ts and colour.ts in the same order, so
 * every machine computes the same bits. `npm run kernel -w packages/encodings` compiles it into src/cppn/kernelBytes.ts.
 *
 * A program is a sequence of nodes. Each has an activation, a number of sources (i32), the address of its tile and its repetition
 * (i32), followed by the tile address and weight (f32) of each source. Pixel counts are multiples of 32; a tile has `tileBytes` bytes.
 */

const tileBytes: usize = 1024;
/** 32 pixels, the smallest unit of `activate`. */
const leastBytes: usize = 128;
/** The values of cppn/repetition.ts. */
const oncePerImage = 1;
const oncePerTile = 2;

function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** One instruction each, unlike f32x4.min and max. Equal to them for bounds other than 0; NaN stays NaN. */
function atMost(x: v128, bound: v128): v128 {
  return f32x4.pmin(x, bound);
}

function atLeast(x: v128, bound: v128): v128 {
  return f32x4.pmax(x, bound);
}

/** Writes the weighted sum of the sources. Every product and addition is rounded, in the order of the sources. */
function accumulate(sources: usize, count: i32, target: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 64) {
    let weight = v128.load_splat<f32>(sources, 4);
    let from = load<usize>(sources) + at;
    let a = f32x4.mul(v128.load(from), weight);
    let b = f32x4.mul(v128.load(from, 16), weight);
    let c = f32x4.mul(v128.load(from, 32), weight);
    let d = f32x4.mul(v128.load(from, 48), weight);
    for (let source = sources + 8, end = sources + ((<usize>count) << 3); source < end; source += 8) {
      weight = v128.load_splat<f32>(source, 4);
      from = load<usize>(source) + at;
      a = f32x4.add(a, f32x4.mul(v128.load(from), weight));
      b = f32x4.add(b, f32x4.mul(v128.load(from, 16), weight));
      c = f32x4.add(c, f32x4.mul(v128.load(from, 32), weight));
      d = f32x4.add(d, f32x4.mul(v128.load(from, 48), weight));
    }
    v128.store(target + at, a);
    v128.store(target + at, b, 16);
    v128.store(target + at, c, 32);
    v128.store(target + at, d, 48);
  }
}

function sine(p: v128): v128 {
  const k = f32x4.floor(f32x4.add(f32x4.mul(p, splat(<f32>(1 / Math.PI))), splat(0.5)));
  const r = f32x4.sub(
    f32x4.sub(f32x4.sub(p, f32x4.mul(k, splat(3.140625))), f32x4.mul(k, splat(9.67502593994140625e-4))),
    f32x4.mul(k, splat(<f32>1.5099579909783764e-7)),
  );
  const z = f32x4.mul(r, r);
  let tail = f32x4.add(f32x4.mul(splat(<f32>(-1.0 / 39916800.0)), z), splat(<f32>(1.0 / 362880.0)));
  tail = f32x4.add(f32x4.mul(tail, z), splat(<f32>(-1.0 / 5040.0)));
  tail = f32x4.add(f32x4.mul(tail, z), splat(<f32>(1.0 / 120.0)));
  tail = f32x4.add(f32x4.mul(tail, z), splat(<f32>(-1.0 / 6.0)));
  const value = f32x4.add(r, f32x4.mul(f32x4.mul(r, z), tail));
  // An odd k flips the sign. It is odd if its half is not a whole number.
  const half = f32x4.mul(k, splat(0.5));
  const turn = i32x4.shl(f32x4.ne(half, f32x4.floor(half)), 31);
  return atLeast(atMost(v128.xor(value, turn), splat(1)), splat(-1));
}

/** e^-x for x in [-87, 87]. */
function decay(x: v128): v128 {
  const k = f32x4.floor(f32x4.add(f32x4.mul(x, splat(<f32>(-1 / Math.LN2))), splat(0.5)));
  const s = f32x4.add(f32x4.add(x, f32x4.mul(k, splat(0.693359375))), f32x4.mul(k, splat(<f32>-2.12194440054690583e-4)));
  let tail = f32x4.sub(splat(<f32>(1.0 / 720.0)), f32x4.mul(splat(<f32>(1.0 / 5040.0)), s));
  tail = f32x4.sub(splat(<f32>(1.0 / 120.0)), f32x4.mul(tail, s));
  tail = f32x4.sub(splat(<f32>(1.0 / 24.0)), f32x4.mul(tail, s));
  tail = f32x4.sub(splat(<f32>(1.0 / 6.0)), f32x4.mul(tail, s));
  tail = f32x4.sub(splat(0.5), f32x4.mul(tail, s));
  const value = f32x4.add(f32x4.mul(f32x4.mul(s, s), tail), f32x4.sub(splat(1), s));
  // 2^k: shifts k + 127, which is in the last bits of k + 127 + 2^23, into the exponent.
  const power = i32x4.shl(f32x4.add(k, splat(8388735)), 23);
  return f32x4.mul(value, power);
}

function sigmoid(p: v128): v128 {
  const e = decay(atLeast(atMost(p, splat(87)), splat(-87)));
  return f32x4.sub(f32x4.div(splat(2), f32x4.add(splat(1), e)), splat(1));
}

function gaussian(p: v128): v128 {
  return decay(atMost(f32x4.mul(p, p), splat(87)));
}

function linear(p: v128): v128 {
  return atLeast(atMost(f32x4.mul(p, splat(<f32>(1.0 / 3.0))), splat(1)), splat(-1));
}

/**
 * Replaces values by their activation, 16 or 32 pixels per iteration. Engines reload every constant in each iteration, which with
 * four pixels costs as much as the arithmetic. The unrolling was tuned by measurement: more would not fit the registers.
 */
function activate(activation: i32, from: usize, to: usize): void {
  if (activation == 0) {
    for (let at = from; at < to; at += 64) {
      const a = sine(v128.load(at));
      const b = sine(v128.load(at, 16));
      const c = sine(v128.load(at, 32));
      const d = sine(v128.load(at, 48));
      v128.store(at, a);
      v128.store(at, b, 16);
      v128.store(at, c, 32);
      v128.store(at, d, 48);
    }
  } else if (activation == 1) {
    for (let at = from; at < to; at += 128) {
      const a = sigmoid(v128.load(at));
      const b = sigmoid(v128.load(at, 16));
      const c = sigmoid(v128.load(at, 32));
      const d = sigmoid(v128.load(at, 48));
      const e = sigmoid(v128.load(at, 64));
      const f = sigmoid(v128.load(at, 80));
      const g = sigmoid(v128.load(at, 96));
      const h = sigmoid(v128.load(at, 112));
      v128.store(at, a);
      v128.store(at, b, 16);
      v128.store(at, c, 32);
      v128.store(at, d, 48);
      v128.store(at, e, 64);
      v128.store(at, f, 80);
      v128.store(at, g, 96);
      v128.store(at, h, 112);
    }
  } else if (activation == 2) {
    for (let at = from; at < to; at += 128) {
      const a = gaussian(v128.load(at));
      const b = gaussian(v128.load(at, 16));
      const c = gaussian(v128.load(at, 32));
      const d = gaussian(v128.load(at, 48));
      const e = gaussian(v128.load(at, 64));
      const f = gaussian(v128.load(at, 80));
      const g = gaussian(v128.load(at, 96));
      const h = gaussian(v128.load(at, 112));
      v128.store(at, a);
      v128.store(at, b, 16);
      v128.store(at, c, 32);
      v128.store(at, d, 48);
      v128.store(at, e, 64);
      v128.store(at, f, 80);
      v128.store(at, g, 96);
      v128.store(at, h, 112);
    }
  } else {
    for (let at = from; at < to; at += 64) {
      const a = linear(v128.load(at));
      const b = linear(v128.load(at, 16));
      const c = linear(v128.load(at, 32));
      const d = linear(v128.load(at, 48));
      v128.store(at, a);
      v128.store(at, b, 16);
      v128.store(at, c, 32);
      v128.store(at, d, 48);
    }
  }
}

/** The released code's rule: |255 v|, at most 255, truncated when 8-bit. */
function pixelOf(value: v128, eightBit: bool): v128 {
  const pixel = atMost(f32x4.abs(f32x4.mul(splat(255), value)), splat(255));
  return eightBit ? f32x4.floor(pixel) : pixel;
}

/** x clipped to [0, 1]; -0 stays -0. */
function ramp(x: v128): v128 {
  return atMost(atLeast(x, splat(0)), splat(1));
}

function channelOf(weakest: v128, span: v128, share: v128, round: bool): v128 {
  const value = f32x4.mul(splat(255), ramp(f32x4.add(weakest, f32x4.mul(span, ramp(share)))));
  return round ? f32x4.nearest(value) : value;
}

/** Writes four interleaved RGB pixels from three channels in [0, 255] of a colour space: 0 is HSV, 1 is HLS. */
function storeRgb(target: usize, first: v128, second: v128, third: v128, space: i32, round: bool): void {
  const perByte = splat(<f32>(1.0 / 255.0));
  const b = f32x4.mul(second, perByte);
  const c = f32x4.mul(third, perByte);
  let weakest: v128;
  let strongest: v128;
  let h: v128;
  if (space == 0) {
    h = f32x4.mul(first, splat(<f32>(6.0 / 255.0)));
    strongest = c;
    weakest = f32x4.mul(c, f32x4.sub(splat(1), b));
  } else {
    h = f32x4.mul(first, splat(<f32>(6.0 / 180.0)));
    const dark = f32x4.mul(b, f32x4.add(splat(1), c));
    const bright = f32x4.sub(f32x4.add(b, c), f32x4.mul(b, c));
    strongest = v128.bitselect(dark, bright, f32x4.le(b, splat(0.5)));
    weakest = f32x4.sub(f32x4.add(b, b), strongest);
  }
  h = v128.bitselect(h, f32x4.sub(h, splat(6)), f32x4.lt(h, splat(6)));
  const span = f32x4.sub(strongest, weakest);
  const red = channelOf(weakest, span, f32x4.sub(f32x4.abs(f32x4.sub(h, splat(3))), splat(1)), round);
  const green = channelOf(weakest, span, f32x4.sub(splat(2), f32x4.abs(f32x4.sub(h, splat(2)))), round);
  const blue = channelOf(weakest, span, f32x4.sub(splat(2), f32x4.abs(f32x4.sub(h, splat(4)))), round);
  const low = v128.shuffle<f32>(red, green, 0, 4, 1, 5);
  const high = v128.shuffle<f32>(red, green, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(low, blue, 0, 1, 4, 2));
  v128.store(target, v128.shuffle<f32>(v128.shuffle<f32>(low, blue, 3, 5, 3, 5), high, 0, 1, 4, 5), 16);
  v128.store(target, v128.shuffle<f32>(high, blue, 6, 2, 3, 7), 32);
}

/** Computes a node for `bytes` of its tile and returns the next node. */
function compute(node: usize, bytes: usize): usize {
  const count = load<i32>(node, 4);
  const tile = load<usize>(node, 8);
  const sources = node + 16;
  if (count == 0) memory.fill(tile, 0, bytes);
  else accumulate(sources, count, tile, bytes);
  activate(load<i32>(node), tile, tile + bytes);
  return sources + ((<usize>count) << 3);
}

function spread(tile: usize, bytes: usize): void {
  const value = v128.load(tile);
  for (let at = tile + leastBytes; at < tile + bytes; at += 16) v128.store(at, value);
}

/**
 * Renders `pixels` pixels (a multiple of 32) to `target`, one tile of `step` bytes (a multiple of 128, at most `tileBytes`) at a time.
 * If nodes are computed once per tile, a tile must be a row. `inputs` holds the tiles of x, y, d and bias; the first three are copied
 * from `planes`, which holds x, y and d of all pixels. `outputs` is the tile of the first output, followed by the others. `channels`
 * is 1 for grey.
 */
export function render(
  program: usize,
  programEnd: usize,
  planes: usize,
  inputs: usize,
  outputs: usize,
  target: usize,
  pixels: i32,
  step: usize,
  channels: i32,
  space: i32,
  eightBit: bool,
): void {
  const planeBytes = (<usize>pixels) << 2;
  for (let start: usize = 0; start < planeBytes; start += step) {
    const bytes = min(step, planeBytes - start);
    for (let input: usize = 0; input < 3; input++) memory.copy(inputs + input * tileBytes, planes + input * planeBytes + start, bytes);
    for (let node = program; node < programEnd; ) {
      const repetition = load<i32>(node, 12);
      if (repetition == oncePerImage && start > 0) {
        node += 16 + ((<usize>load<i32>(node, 4)) << 3);
      } else if (repetition == oncePerTile) {
        const tile = load<usize>(node, 8);
        node = compute(node, leastBytes);
        spread(tile, bytes);
      } else node = compute(node, bytes);
    }
    if (channels == 1)
      for (let at: usize = 0; at < bytes; at += 16) v128.store(target + start + at, pixelOf(v128.load(outputs + at), eightBit));
    else
      for (let at: usize = 0; at < bytes; at += 16)
        storeRgb(
          target + (start + at) * 3,
          pixelOf(v128.load(outputs + at), eightBit),
          pixelOf(v128.load(outputs + at, tileBytes), eightBit),
          pixelOf(v128.load(outputs + at, 2 * tileBytes), eightBit),
          space,
          eightBit,
        );
  }
}
