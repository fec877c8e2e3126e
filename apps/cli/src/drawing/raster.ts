/** A small image in memory: RGBA, 8 bits a channel, row by row from the top left. */

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** width x height x 4 bytes. */
  readonly pixels: Uint8Array;
}

export function createRaster(width: number, height: number): Raster {
  return { width, height, pixels: new Uint8Array(width * height * 4) };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a box of one image into another, scaled by averaging the pixels that each pixel covers. Transparent pixels do not count. */
export function drawScaled(source: Raster, from: Box, target: Raster, to: Box): void {
  for (let y = 0; y < to.height; y++)
    for (let x = 0; x < to.width; x++) {
      const left = from.x + Math.floor((x * from.width) / to.width);
      const right = Math.max(left + 1, from.x + Math.floor(((x + 1) * from.width) / to.width));
      const top = from.y + Math.floor((y * from.height) / to.height);
      const bottom = Math.max(top + 1, from.y + Math.floor(((y + 1) * from.height) / to.height));
      const sum = [0, 0, 0, 0];
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) {
          const at = (row * source.width + column) * 4;
          const alpha = source.pixels[at + 3] ?? 0;
          for (let channel = 0; channel < 3; channel++) sum[channel] = (sum[channel] ?? 0) + (source.pixels[at + channel] ?? 0) * alpha;
          sum[3] = (sum[3] ?? 0) + alpha;
        }
      const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
      if (alpha === 0) continue;
      const at = ((to.y + y) * target.width + to.x + x) * 4;
      target.pixels.set([Math.round(red / alpha), Math.round(green / alpha), Math.round(blue / alpha), 255], at);
    }
}
