/**
 * The input gradient of a convolution with stride s as a sub-pixel convolution (Shi et al. 2016, arXiv:1609.05158): a convolution with
 * stride 1 makes s x s channels per channel, one for each position between two windows, and DepthToSpace interleaves them. No zeros are
 * inserted or multiplied, and the engine has fast kernels for both.
 */

import type { Pair, SpatialWindow } from "../geometry/spatialWindow.ts";
import type { Tensor } from "../graph.ts";
import { type GraphBuilder, int, ints } from "../graphBuilder.ts";

/** Measured with onnxruntime: ConvTranspose takes 1.5 times as long at stride 4 (AlexNet's first layer), and equally long at 2. */
const minStride = 4;

/**
 * Maximum size relative to the original weights. For windows much smaller than their strides, the expanded weights would be almost all
 * zeros and could exhaust memory.
 */
const maxExpansion = 8;

export interface SubPixelOptions {
  readonly weights: Extract<Tensor, { type: "float32" }>;
  readonly window: SpatialWindow;
  /** Rows and columns of the convolution's input (`sides`) and output (`counts`). */
  readonly sides: Pair;
  readonly counts: Pair;
  readonly name: (suffix: string) => string;
}

/** Whether this form is faster: no groups, square strides, no dilation, and channels in multiples of `block`. */
export function prefersSubPixels(
  { kernel, strides, dilations }: SpatialWindow,
  given: { filters: number; channels: number; block: number },
): boolean {
  const [stride] = strides;
  const { filters, channels, block } = given;
  const square = stride === strides[1] && dilations[0] === 1 && dilations[1] === 1;
  const expanded = stride ** 2 * Math.ceil(kernel[0] / stride) * Math.ceil(kernel[1] / stride);
  return (
    expanded <= maxExpansion * kernel[0] * kernel[1] &&
    square &&
    stride >= minStride &&
    filters % block === 0 &&
    (channels * stride ** 2) % block === 0
  );
}

/** @returns the gradient of the input, N x channels x `sides`, from the gradient of the output, N x filters x `counts`. */
export function subPixelConvolution(builder: GraphBuilder, outputGradient: string, options: SubPixelOptions): string {
  const { weights, window, sides, counts, name } = options;
  const [filters = 0, channels = 0] = weights.dims;
  const [stride] = window.strides;
  const reach: Pair = [Math.ceil(window.kernel[0] / stride), Math.ceil(window.kernel[1] / stride)];
  const dims = [channels * stride * stride, filters, ...reach];
  const phases = builder.floats(name("phases"), dims, phasesOf(weights, stride, reach));
  const margin = [reach[0] - 1, reach[1] - 1];
  const sums = builder.node("Conv", name("phaseSums"), [outputGradient, phases], {
    kernel_shape: ints(reach),
    pads: ints([...margin, ...margin]),
  });
  const mode = { kind: "string", value: "CRD" } as const;
  const padded = builder.node("DepthToSpace", name("padded"), [sums], { blocksize: int(stride), mode });
  const after = ([0, 1] as const).map((axis) => sides[axis] + window.begin[axis] - stride * (counts[axis] + reach[axis] - 1));
  const [top, left] = window.begin;
  if ([top, left, ...after].every((missing) => missing === 0)) return padded;
  const pads = builder.integers(name("cut"), [0, 0, -top, -left, 0, 0, ...after]);
  return builder.node("Pad", name("input"), [padded, pads]);
}

/** For each channel and each position between two windows, the weights that apply there, last window first; zero beyond the window. */
function phasesOf(weights: SubPixelOptions["weights"], stride: number, [high, wide]: Pair): Float32Array {
  const [filters = 0, channels = 0, rows = 0, columns = 0] = weights.dims;
  const phases = new Float32Array(channels * stride * stride * filters * high * wide);
  for (let filter = 0; filter < filters; filter++)
    for (let channel = 0; channel < channels; channel++)
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const phase = (channel * stride + (row % stride)) * stride + (column % stride);
          const [above, before] = [high - 1 - Math.floor(row / stride), wide - 1 - Math.floor(column / stride)];
          phases[((phase * filters + filter) * high + above) * wide + before] = weights.data[
            ((filter * channels + channel) * rows + row) * columns + column
          ] as number;
        }
  return phases;
}
