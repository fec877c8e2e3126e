/**
 * Gates are 1 where a gradient passes and 0 where it does not. They are hard sigmoids (max(0, min(1, alpha x + beta))) steep enough to
 * act as steps: in onnxruntime these cost a fraction of a comparison followed by a selection. A gate is partly open only for values
 * within 2^-100 of its bound; next to a bound above 2^-76 there are no such floats, so neighbouring floats are distinguished.
 * onnxruntime stores images in blocks of 16 channels, and a hard sigmoid keeps that layout only right after a convolution. So a
 * convolution by 1, which changes no value, comes first; it costs less than converting to the plain layout and back.
 */
import { float, type GraphBuilder, int } from "../graphBuilder.ts";
import type { Shape } from "../shapes/shape.ts";

const steepest = 2 ** 100;
const block = 16;

/**
 * The slope of a step at `bound`. A power of two, so that slope * bound is exact and cancels with the offset to 0 at the bound. Above a
 * bound of 2^27, a slope of 2^100 would overflow float32, so the slope decreases.
 */
function steepnessAt(bound: number): number {
  const size = Math.abs(bound);
  return size < 2 ** 27 ? steepest : 2 ** (126 - Math.ceil(Math.log2(size)));
}

interface Gated {
  readonly name: (suffix: string) => string;
  readonly value: string;
  readonly shape: Shape;
}

/** 1 above `bound`, 0 at and below it. */
export function gateAbove(builder: GraphBuilder, gated: Gated & { readonly bound: number }): string {
  const steep = steepnessAt(gated.bound);
  return step(builder, gated, "above", { alpha: steep, beta: -gated.bound * steep });
}

/** 1 below `bound`, 0 at and above it. */
export function gateBelow(builder: GraphBuilder, gated: Gated & { readonly bound: number }): string {
  const steep = steepnessAt(gated.bound);
  return step(builder, gated, "below", { alpha: -steep, beta: gated.bound * steep });
}

/** 1 between `low` and `high`, 0 at both. Only for values within these bounds, such as the output of a Clip. */
export function gateBetween(builder: GraphBuilder, gated: Gated & { readonly low: number; readonly high: number }): string {
  const { name, value, low, high } = gated;
  const channels = blockedChannels(gated.shape);
  if (channels === null) {
    const above = gateAbove(builder, { ...gated, bound: low });
    return builder.node("Mul", name("between"), [above, gateBelow(builder, { ...gated, bound: high })]);
  }
  // The product of two steps would leave the blocked layout. Instead, `atHigh` is 1 at `high` and 0 for every smaller float; subtracting
  // twice the range where it is 1 moves those values below `low`; then one step at `low` covers both bounds.
  const spacing = Math.max(high - previousFloat(high), 1 / steepest);
  const atHigh = step(builder, gated, "atHigh", { alpha: 1 / spacing, beta: 1 - high / spacing });
  const lowering = scaled(builder, { name: (suffix) => name(`lowering.${suffix}`), value: atHigh, channels, by: -2 * (high - low) });
  // The engine fuses this addition into the convolution.
  const folded = builder.node("Add", name("folded"), [lowering, value]);
  const steep = steepnessAt(low);
  return builder.node("HardSigmoid", name("between"), [folded], { alpha: float(steep), beta: float(-low * steep) });
}

function step(
  builder: GraphBuilder,
  { name, value, shape }: Gated,
  suffix: string,
  { alpha, beta }: { alpha: number; beta: number },
): string {
  const channels = blockedChannels(shape);
  const read = channels === null ? value : scaled(builder, { name: (of) => name(`${suffix}.${of}`), value, channels, by: 1 });
  return builder.node("HardSigmoid", name(suffix), [read], { alpha: float(alpha), beta: float(beta) });
}

function blockedChannels(shape: Shape): number | null {
  const channels = shape.length === 4 ? shape[1] : undefined;
  return typeof channels === "number" && channels % block === 0 ? channels : null;
}

/** Multiplies each channel by `by`, with a convolution that keeps the blocked layout. */
function scaled(
  builder: GraphBuilder,
  { name, value, channels, by }: { name: (suffix: string) => string; value: string; channels: number; by: number },
): string {
  const weights = builder.floats(name("weights"), [channels, 1, 1, 1], new Float32Array(channels).fill(by));
  return builder.node("Conv", name("image"), [value, weights], { group: int(channels) });
}

/** The largest float32 below a finite one. For 0, whose neighbours are closer than a step can distinguish, 0 itself. */
function previousFloat(value: number): number {
  if (value === 0) return 0;
  const bits = new Int32Array(1);
  const number = new Float32Array(bits.buffer);
  number[0] = value;
  const [now = 0] = bits;
  bits[0] = value > 0 ? now - 1 : now + 1;
  return number[0] ?? value;
}
