/** Windows that slide over images: ONNX's explicit padding, and how tfjs, which knows 'same' and 'valid' only, gets it. */
import { type Pair, readWindow as readSpatialWindow, type SpatialWindow, windowCounts } from "@pareidolia/onnx/geometry/spatialWindow";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { TwinContext } from "./operatorTwin.ts";

export interface SlidingWindow extends SpatialWindow {
  /** Rows and columns of the result. */
  readonly outputSize: Pair;
}

/** `size` is the image's height and width; `kernel` is given if the weights determine it. */
export function readWindow({ node }: TwinContext, size: Pair, kernel?: readonly number[]): SlidingWindow {
  const window = readSpatialWindow(node, kernel);
  return { ...window, outputSize: windowCounts(node, [1, 1, ...size], window) };
}

/** Whether tfjs's 'same' pads by the same amounts; it needs no copy. */
function isSame(window: SlidingWindow, size: Pair): boolean {
  return ([0, 1] as const).every((axis) => {
    const stride = window.strides[axis];
    const total = Math.max(0, (Math.ceil(size[axis] / stride) - 1) * stride + window.extent[axis] - size[axis]);
    return window.begin[axis] === Math.floor(total / 2) && window.end[axis] === total - Math.floor(total / 2);
  });
}

/** The images, explicitly padded if necessary, and the padding that remains for tfjs. */
export function padImages(
  { tf }: TwinContext,
  images: Tensor4D,
  window: SlidingWindow,
  fill: number,
  /** "explicit" if tfjs's treatment of 'same' padding would change the result. */
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
