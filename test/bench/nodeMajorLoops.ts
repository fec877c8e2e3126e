/**
 * CPPN images in simple loops, as a baseline for the kernel: node by node over whole planes of float32, with the
 * language's own sine and exponential, then HSV to RGB. The last bits may differ from the kernel's.
 */
import type { ImageShape } from "@pareidolia/core/image";
import { type CppnGenome, inputCount } from "@pareidolia/encodings/cppn/genome";
import { coordinateInputs } from "@pareidolia/encodings/cppn/inputs";
import { planNetwork } from "@pareidolia/encodings/cppn/network";

type Loop = (values: Float32Array) => void;

const loops: Readonly<Record<CppnGenome["activations"][number], Loop>> = {
  sine: (values) => {
    for (let i = 0; i < values.length; i++) values[i] = Math.sin(values[i] as number);
  },
  sigmoid: (values) => {
    for (let i = 0; i < values.length; i++) values[i] = 2 / (1 + Math.exp(-(values[i] as number))) - 1;
  },
  gaussian: (values) => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      values[i] = Math.exp(-value * value);
    }
  },
  linear: (values) => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      values[i] = value > 3 ? 1 : value < -3 ? -1 : value / 3;
    }
  },
};

function clip(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

function toRgb([hue, saturation, value]: readonly [Float32Array, Float32Array, Float32Array], pixels: Float32Array): void {
  for (let i = 0; i < hue.length; i++) {
    const turned = Math.min(1, Math.abs(hue[i] as number)) * 6;
    const h = turned < 6 ? turned : turned - 6;
    const strongest = Math.min(1, Math.abs(value[i] as number));
    const span = strongest * Math.min(1, Math.abs(saturation[i] as number));
    const weakest = strongest - span;
    pixels[3 * i] = 255 * (weakest + span * clip(Math.abs(h - 3) - 1));
    pixels[3 * i + 1] = 255 * (weakest + span * clip(2 - Math.abs(h - 2)));
    pixels[3 * i + 2] = 255 * (weakest + span * clip(2 - Math.abs(h - 4)));
  }
}

/** Reuses the planes for all images, so that allocation takes no time. */
export function nodeMajorRenderer({ width, height }: ImageShape): (genome: CppnGenome, pixels: Float32Array) => void {
  const planes = [...coordinateInputs(width, height, "normalised")];
  return (genome, pixels) => {
    for (const { node, sources, weights } of planNetwork(genome)) {
      planes[node] ??= new Float32Array(width * height);
      const values = planes[node];
      values.fill(0);
      for (const [s, source] of sources.entries()) {
        const from = planes[source] as Float32Array;
        const weight = weights[s] as number;
        for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + weight * (from[i] as number);
      }
      loops[genome.activations[node - inputCount] as keyof typeof loops](values);
    }
    toRgb([planes[inputCount], planes[inputCount + 1], planes[inputCount + 2]] as [Float32Array, Float32Array, Float32Array], pixels);
  };
}
