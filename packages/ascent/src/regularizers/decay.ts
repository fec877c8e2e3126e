/** L2 decay: offset x (1 - decay), towards the colour that the ascent starts from. */
import type { Regularizer } from "./regularizer.ts";

export const decay: Regularizer = {
  id: "decay",
  isActive: (settings) => settings.decay > 0,
  apply(offset, { settings }) {
    const factor = 1 - settings.decay;
    for (let i = 0; i < offset.length; i++) offset[i] = (offset[i] as number) * factor;
  },
};
