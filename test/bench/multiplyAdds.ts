/** The multiply-adds per image in the convolutions and dense layers of the measured networks. */

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Side of a convolution's kernel, and of its output; 1 for a dense layer. */
  readonly kernel?: number;
  readonly side?: number;
}

/** Caffe's LeNet on 28 x 28. */
export const leNetLayers: readonly Layer[] = [
  { inputs: 1, outputs: 20, kernel: 5, side: 24 },
  { inputs: 20, outputs: 50, kernel: 5, side: 8 },
  { inputs: 800, outputs: 500 },
  { inputs: 500, outputs: 10 },
];

/** The network of test/support/alexNet.ts on 227 x 227. */
export const alexNetLayers: readonly Layer[] = [
  { inputs: 3, outputs: 96, kernel: 11, side: 55 },
  { inputs: 96, outputs: 256, kernel: 5, side: 27 },
  { inputs: 256, outputs: 384, kernel: 3, side: 13 },
  { inputs: 384, outputs: 384, kernel: 3, side: 13 },
  { inputs: 384, outputs: 256, kernel: 3, side: 13 },
  { inputs: 9216, outputs: 4096 },
  { inputs: 4096, outputs: 4096 },
  { inputs: 4096, outputs: 1000 },
];

export function multiplyAdds(layers: readonly Layer[]): number {
  return layers.reduce((sum, { inputs, outputs, kernel = 1, side = 1 }) => sum + inputs * outputs * kernel ** 2 * side ** 2, 0);
}
