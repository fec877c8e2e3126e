/**
 * Replaces gradients of tfjs's WebAssembly backend that are wrong, missing or slow. Its MaxPoolGrad is wrong where a window's maximum
 * is negative; it has no input gradient of depthwise convolutions; and the input gradient of a convolution with stride 1 is many times
 * faster as a forward convolution with the rotated filter.
 */
import type { Tensor, Tensor4D, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

/** The methods of the backend that a JavaScript kernel needs to read and write tensors. */
interface WasmBackend {
  makeOutput(shape: readonly number[], dtype: "float32"): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array;
}

interface WindowAttributes {
  readonly filterSize: [number, number];
  readonly strides: [number, number];
  readonly pad: "same" | "valid" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

interface ConvAttributes extends WindowAttributes {
  readonly dilations: [number, number];
  readonly inputShape: [number, number, number, number];
}

export function overrideWasmGradients(tf: TensorFlow): void {
  const { MaxPoolGrad, DepthwiseConv2dNativeBackpropInput, Conv2D } = tf;
  tf.unregisterKernel(MaxPoolGrad, "wasm");
  tf.registerKernel({
    kernelName: MaxPoolGrad,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      maxPoolGradient(
        tf,
        inputs as { dy: TensorInfo; input: TensorInfo },
        attrs as unknown as WindowAttributes,
        backend as unknown as WasmBackend,
      ),
  });
  tf.registerKernel({
    kernelName: DepthwiseConv2dNativeBackpropInput,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      depthwiseInputGradient(
        tf,
        inputs as { dy: TensorInfo; filter: TensorInfo },
        attrs as unknown as ConvAttributes,
        backend as unknown as WasmBackend,
      ),
  });
  tf.unregisterGradient(Conv2D);
  tf.registerGradient({
    kernelName: Conv2D,
    inputsToSave: ["x", "filter"],
    gradFunc: (dy, saved, attrs) => {
      const [x, filter] = saved as [Tensor4D, Tensor4D];
      return {
        x: () => convInputGradient(tf, dy as Tensor4D, x, filter, attrs as unknown as ConvAttributes),
        filter: () => {
          throw new Error("Weights are constants here: only images have gradients.");
        },
      };
    },
  });
}

/** Adds each window's gradient to its first maximum. */
function maxPoolGradient(
  tf: TensorFlow,
  { dy, input }: { dy: TensorInfo; input: TensorInfo },
  { filterSize, strides, pad, dimRoundingMode }: WindowAttributes,
  backend: WasmBackend,
): TensorInfo {
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const output = backend.makeOutput(input.shape, "float32");
  const gradient = backend.typedArrayFromHeap(output).fill(0);
  const values = backend.typedArrayFromHeap(input);
  const outer = backend.typedArrayFromHeap(dy);
  const { inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  for (let image = 0; image < info.batchSize; image++)
    for (let y = 0; y < outHeight; y++) {
      const top = y * info.strideHeight - info.padInfo.top;
      for (let x = 0; x < outWidth; x++) {
        const left = x * info.strideWidth - info.padInfo.left;
        for (let channel = 0; channel < inChannels; channel++) {
          let best = -1;
          for (let row = Math.max(0, top); row < Math.min(inHeight, top + info.filterHeight); row++)
            for (let column = Math.max(0, left); column < Math.min(inWidth, left + info.filterWidth); column++) {
              const place = ((image * inHeight + row) * inWidth + column) * inChannels + channel;
              if (best < 0 || (values[place] as number) > (values[best] as number)) best = place;
            }
          if (best >= 0)
            gradient[best] =
              (gradient[best] as number) + (outer[((image * outHeight + y) * outWidth + x) * inChannels + channel] as number);
        }
      }
    }
  return output;
}

function depthwiseInputGradient(
  tf: TensorFlow,
  { dy, filter }: { dy: TensorInfo; filter: TensorInfo },
  { strides, dilations, pad, dimRoundingMode, inputShape }: ConvAttributes,
  backend: WasmBackend,
): TensorInfo {
  const shape = filter.shape as [number, number, number, number];
  const info = tf.backend_util.computeConv2DInfo(inputShape, shape, strides, dilations, pad, dimRoundingMode, true);
  const output = backend.makeOutput(inputShape, "float32");
  const gradient = backend.typedArrayFromHeap(output).fill(0);
  const outer = backend.typedArrayFromHeap(dy);
  const weights = backend.typedArrayFromHeap(filter);
  const { inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  const multiplier = shape[3];
  for (let image = 0; image < info.batchSize; image++)
    for (let y = 0; y < outHeight; y++)
      for (let x = 0; x < outWidth; x++) {
        const from = ((image * outHeight + y) * outWidth + x) * inChannels * multiplier;
        for (let v = 0; v < info.filterHeight; v++) {
          const row = y * info.strideHeight - info.padInfo.top + v * info.dilationHeight;
          if (row < 0 || row >= inHeight) continue;
          for (let u = 0; u < info.filterWidth; u++) {
            const column = x * info.strideWidth - info.padInfo.left + u * info.dilationWidth;
            if (column < 0 || column >= inWidth) continue;
            const to = ((image * inHeight + row) * inWidth + column) * inChannels;
            const weight = (v * info.filterWidth + u) * inChannels * multiplier;
            for (let channel = 0; channel < inChannels; channel++)
              for (let m = 0; m < multiplier; m++) {
                const offset = channel * multiplier + m;
                gradient[to + channel] =
                  (gradient[to + channel] as number) + (outer[from + offset] as number) * (weights[weight + offset] as number);
              }
          }
        }
      }
  return output;
}

function convInputGradient(
  tf: TensorFlow,
  dy: Tensor4D,
  x: Tensor4D,
  filter: Tensor4D,
  { strides, dilations, pad, dimRoundingMode }: ConvAttributes,
): Tensor {
  const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, pad, dimRoundingMode);
  const isPlain = [info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth].every((value) => value === 1);
  if (!isPlain) return tf.conv2dTranspose(dy, filter, x.shape, strides, pad, dimRoundingMode);
  const rotated = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as Tensor4D;
  const { padInfo, filterHeight, filterWidth } = info;
  const padded = tf.pad(dy, [
    [0, 0],
    [filterHeight - 1 - padInfo.top, filterHeight - 1 - padInfo.bottom],
    [filterWidth - 1 - padInfo.left, filterWidth - 1 - padInfo.right],
    [0, 0],
  ]);
  return tf.conv2d(padded, rotated, 1, "valid");
}
