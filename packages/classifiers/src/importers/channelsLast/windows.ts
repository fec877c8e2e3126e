/** Converts TensorFlow's two padding modes to ONNX's explicit padding. */

export interface Window {
  /** Height, width. */
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: "same" | "valid";
}

/** A 1x1 window, which only mixes channels. */
export const onePixel: Window = { kernel: [1, 1], strides: [1, 1], dilations: [1, 1], padding: "valid" };

export interface PlacedWindow {
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  /** Height and width of the result. */
  readonly size: readonly [number, number];
}

/** SAME gives ceil(size / stride) outputs; the larger half of the padding goes at the end. */
export function placeWindow(window: Window, height: number, width: number): PlacedWindow {
  const along = (axis: 0 | 1, size: number): [number, number, number] => {
    const [stride, reach] = [window.strides[axis], (window.kernel[axis] - 1) * window.dilations[axis] + 1];
    if (window.padding === "valid") return [0, 0, Math.floor((size - reach) / stride) + 1];
    const count = Math.ceil(size / stride);
    const total = Math.max((count - 1) * stride + reach - size, 0);
    return [Math.floor(total / 2), total - Math.floor(total / 2), count];
  };
  const [top, bottom, rows] = along(0, height);
  const [left, right, columns] = along(1, width);
  return { pads: [top, left, bottom, right], size: [rows, columns] };
}

/** Rows and columns at the end of an image of `size` that strides skip. */
export function unreached(window: Window, placed: PlacedWindow, size: readonly [number, number]): readonly [number, number] {
  const along = (axis: 0 | 1): number => {
    const reach = (window.kernel[axis] - 1) * window.dilations[axis] + 1;
    return size[axis] + placed.pads[axis] + placed.pads[(axis + 2) as 2 | 3] - (placed.size[axis] - 1) * window.strides[axis] - reach;
  };
  return [along(0), along(1)];
}
