/** Pre-processing: the conventions of published networks, and formatting and parsing. */
import type { ChannelOrder, PreprocessingInput, TensorLayout } from "../../graphql/generated/graphql.ts";

export interface PreprocessingPreset {
  readonly id: string;
  readonly label: string;
  readonly channels: 1 | 3;
  readonly channelOrder: ChannelOrder;
  readonly layout: TensorLayout;
  readonly mean: string;
  readonly deviation: string;
}

export const preprocessingPresets: readonly PreprocessingPreset[] = [
  { id: "grey", label: "Grey, 0 to 1", channels: 1, channelOrder: "RGB", layout: "NCHW", mean: "0", deviation: "255" },
  { id: "unit", label: "Colour, 0 to 1", channels: 3, channelOrder: "RGB", layout: "NCHW", mean: "0", deviation: "255" },
  {
    id: "signed",
    label: "Colour, −1 to 1 (MobileNet, TensorFlow)",
    channels: 3,
    channelOrder: "RGB",
    layout: "NHWC",
    mean: "127.5",
    deviation: "127.5",
  },
  {
    id: "torchvision",
    label: "ImageNet mean and deviation (torchvision)",
    channels: 3,
    channelOrder: "RGB",
    layout: "NCHW",
    mean: "123.675, 116.28, 103.53",
    deviation: "58.395, 57.12, 57.375",
  },
  {
    id: "caffe",
    label: "BGR minus the mean (Caffe)",
    channels: 3,
    channelOrder: "BGR",
    layout: "NCHW",
    mean: "104, 117, 123",
    deviation: "1",
  },
  { id: "raw", label: "Unchanged pixels, 0 to 255", channels: 3, channelOrder: "RGB", layout: "NCHW", mean: "0", deviation: "1" },
];

/** Parses numbers such as `104, 117, 123`; null if any part is not a number. */
export function readNumbers(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  const numbers = parts.map(Number);
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : null;
}

/** Formats pre-processing as `(x − 127.5) ÷ 127.5, RGB, NHWC`; null if the network contains it. */
export function formatPreprocessing(json: unknown): string | null {
  if (typeof json !== "object" || json === null) return null;
  const { channelOrder, layout, mean, deviation, channels } = json as Partial<PreprocessingInput>;
  if (!Array.isArray(mean) || !Array.isArray(deviation)) return null;
  const vector = (values: readonly number[]) => (values.length === 1 ? String(values[0]) : `[${values.join(", ")}]`);
  return `(x − ${vector(mean)}) ÷ ${vector(deviation)}, ${channels === 1 ? "grey" : channelOrder}, ${layout}`;
}
