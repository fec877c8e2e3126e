/** L2 decay: multiplies the offset by 1 - decay, towards the network's mean colour. */
import type { Regularizer } from "./regularizer.ts";

export const decay: Regularizer = {
  id: "decay",
  isActive: (settings) => settings.decay > 0,
  apply(offset, { settings }) {
    const factor = 1 - settings.decay;
    for (let i = 0; i < offset.length; i++) offset[i] = (offset[i] as number) * factor;
  },
};
