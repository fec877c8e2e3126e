/**
 * Converts the three channels of a genome, each in [0, 255], to RGB in [0, 255].
 * hsv: hue, saturation, value; the hue covers the circle once (the paper, section 2.2).
 * hls: hue, lightness, saturation, passed to OpenCV's 8-bit conversion by the released code. OpenCV's hue ends at 180, but the code
 * scales it by 255, so a genome's hue covers the circle 255/180 times. This quirk is kept for compatibility.
 * Arithmetic rounds every operation to float32, so a vectorised kernel can produce the same bits.
 */

export const colourSpaces = ["hsv", "hls"] as const;
export type ColourSpace = (typeof colourSpaces)[number];

const f = Math.fround;
const perByte = f(1 / 255);
const hsvSextant = f(6 / 255);
const hlsSextant = f(6 / 180);

function ramp(x: number): number {
  return x < 0 ? 0 : x > 1 ? 1 : x;
}

/** Writes RGB for a hue in sextants [0, 6) and the values of the weakest and the strongest primary. */
function writeHue(h: number, weakest: number, strongest: number, target: Float32Array, offset: number): void {
  const span = f(strongest - weakest);
  const red = ramp(f(Math.abs(f(h - 3)) - 1));
  const green = ramp(f(2 - Math.abs(f(h - 2))));
  const blue = ramp(f(2 - Math.abs(f(h - 4))));
  target[offset] = f(255 * ramp(f(weakest + f(span * red))));
  target[offset + 1] = f(255 * ramp(f(weakest + f(span * green))));
  target[offset + 2] = f(255 * ramp(f(weakest + f(span * blue))));
}

function wrap(h: number): number {
  return h < 6 ? h : f(h - 6);
}

/** Converts interleaved pixels in place. `round` rounds the result to whole numbers, half to even, as OpenCV does. */
export function toRgb(pixels: Float32Array, space: ColourSpace, round: boolean): void {
  for (let i = 0; i < pixels.length; i += 3) {
    const first = pixels[i] as number;
    const second = f((pixels[i + 1] as number) * perByte);
    const third = f((pixels[i + 2] as number) * perByte);
    if (space === "hsv") writeHue(wrap(f(first * hsvSextant)), f(third * f(1 - second)), third, pixels, i);
    else {
      const strongest = second <= 0.5 ? f(second * f(1 + third)) : f(f(second + third) - f(second * third));
      writeHue(wrap(f(first * hlsSextant)), f(f(2 * second) - strongest), strongest, pixels, i);
    }
  }
  if (round) for (let i = 0; i < pixels.length; i++) pixels[i] = roundHalfEven(pixels[i] as number);
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
