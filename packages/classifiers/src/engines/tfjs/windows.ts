/** Windows that slide over images: ONNX's padding attributes as explicit numbers, and how tfjs, which knows 'same' and 'valid' only, gets them. */

import { findInts, intOr, textOr } from "@pareidolia/onnx/operators/attributeValues";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { TwinContext } from "./operatorTwin.ts";

type Pair = readonly [number, number];

export interface SlidingWindow {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  /** Rows above, columns left of, rows below, columns right of the image. */
  readonly begin: Pair;
  readonly end: Pair;
  readonly outputSize: Pair;
  /** Of `end`, what only rounding up adds. */
  readonly overhang: Pair;
}

const axes = [0, 1] as const;

export function readWindow({ node, refuse }: TwinContext, size: Pair, kernel: readonly number[]): SlidingWindow {
  if (kernel.length !== 2) refuse(`has ${kernel.length} spatial axes, and 2 are supported`);
  const pair = (values: readonly number[] | null): Pair => [values?.[0] ?? 1, values?.[1] ?? 1];
  const strides = pair(findInts(node, "strides"));
  const dilations = pair(findInts(node, "dilations"));
  const pads = findInts(node, "pads") ?? [0, 0, 0, 0];
  const automatic = textOr(node, "auto_pad", "NOTSET");
  const roundUp = intOr(node, "ceil_mode", 0) === 1;
  const begin = [0, 0];
  const end = [0, 0];
  const overhang = [0, 0];
  const outputSize = [0, 0];
  for (const axis of axes) {
    const [length, stride] = [size[axis], strides[axis]];
    const reach = ((kernel[axis] as number) - 1) * dilations[axis] + 1;
    if (automatic.startsWith("SAME")) {
      const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
      begin[axis] = automatic === "SAME_LOWER" ? Math.ceil(total / 2) : Math.floor(total / 2);
      end[axis] = total - (begin[axis] as number);
    } else if (automatic === "NOTSET") {
      begin[axis] = pads[axis] ?? 0;
      end[axis] = pads[axis + 2] ?? 0;
    }
    const padded = length + (begin[axis] as number) + (end[axis] as number);
    const steps = (padded - reach) / stride;
    outputSize[axis] = (roundUp ? Math.ceil(steps) : Math.floor(steps)) + 1;
    // A window that would start past the image and its leading padding does not count.
    if (roundUp && ((outputSize[axis] as number) - 1) * stride >= length + (begin[axis] as number)) (outputSize[axis] as number)--;
    overhang[axis] = Math.max(0, ((outputSize[axis] as number) - 1) * stride + reach - padded);
    end[axis] = (end[axis] as number) + (overhang[axis] as number);
  }
  const both = (values: readonly number[]): Pair => [values[0] as number, values[1] as number];
  return {
    kernel: both(kernel),
    strides,
    dilations,
    begin: both(begin),
    end: both(end),
    outputSize: both(outputSize),
    overhang: both(overhang),
  };
}

/** Whether tfjs's own 'same' pads exactly so much; it costs no copy. */
function isSame(window: SlidingWindow, size: Pair): boolean {
  return axes.every((axis) => {
    const stride = window.strides[axis];
    const reach = (window.kernel[axis] - 1) * window.dilations[axis] + 1;
    const total = Math.max(0, (Math.ceil(size[axis] / stride) - 1) * stride + reach - size[axis]);
    return window.begin[axis] === Math.floor(total / 2) && window.end[axis] === total - Math.floor(total / 2);
  });
}

/** The images, padded if need be, and the word for the padding that is left to tfjs. */
export function padImages(
  { tf }: TwinContext,
  images: Tensor4D,
  window: SlidingWindow,
  fill: number,
  /** Explicit where what tfjs makes of its own 'same' padding would matter. */
  prefer: "same" | "explicit" = "same",
): { readonly images: Tensor4D; readonly pad: "same" | "valid" } {
  const { begin, end } = window;
  if ([...begin, ...end].every((amount) => amount === 0)) return { images, pad: "valid" };
  if (prefer === "same" && isSame(window, [images.shape[1], images.shape[2]])) return { images, pad: "same" };
  const padded = tf.pad(
    images,
    [
      [0, 0],
      [begin[0], end[0]],
      [begin[1], end[1]],
      [0, 0],
    ],
    fill,
  );
  return { images: padded, pad: "valid" };
}
