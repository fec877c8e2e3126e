/**
 * One descent step on the total variation of each channel (Mahendran and Vedaldi 2015). One squared grey level is added, so flat
 * regions have a gradient: sum of sqrt(dx^2 + dy^2 + 1). The strength is in grey levels, independent of the objective's scale.
 */
import type { Regularizer } from "./regularizer.ts";

export const totalVariation: Regularizer = {
  id: "total-variation",
  isActive: (settings) => settings.totalVariation > 0,
  apply(offset, { shape: { width, height, channels }, settings }) {
    const slope = new Float64Array(offset.length);
    const row = width * channels;
    for (let y = 0; y < height; y++)
      for (let i = y * row; i < (y + 1) * row; i++) {
        const value = offset[i] as number;
        const right = i + channels < (y + 1) * row ? (offset[i + channels] as number) - value : 0;
        const down = y + 1 < height ? (offset[i + row] as number) - value : 0;
        const norm = Math.sqrt(right * right + down * down + 1);
        slope[i] = (slope[i] as number) - (right + down) / norm;
        if (right !== 0) slope[i + channels] = (slope[i + channels] as number) + right / norm;
        if (down !== 0) slope[i + row] = (slope[i + row] as number) + down / norm;
      }
    for (let i = 0; i < offset.length; i++) offset[i] = (offset[i] as number) - settings.totalVariation * (slope[i] as number);
  },
};
