import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { findZooModel } from "@pareidolia/classifiers/zoo/manifest";
import { readModelFile } from "@pareidolia/classifiers/zoo/readZooModel";
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";
import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import type { Graph } from "@pareidolia/onnx/graph";
import { withPreprocessing } from "@pareidolia/onnx/prologue";
import { afterAll, describe, expect, it } from "vitest";
import { alexNet } from "../../support/alexNet.ts";
import { sampled } from "../../support/extent/sampled.ts";
import { dot, drawValues, openGraph, type RunnableGraph } from "../../support/onnxGraphs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";
import { squeezeNetGraph } from "../../support/squeezenet.ts";

/** The length of the step: a hundredth of a grey level per pixel, so that few gates flip and the change is visible in float32. */
const step = 1.5;
/** A network on ten crops costs ten times as much as on the whole image, and differs from it only in the crops. */
const directionsOf = (name: string): number => (name.includes("ten crops") ? 4 : 8);

async function zooGraph(id: string): Promise<Graph> {
  const model = findZooModel(id);
  if (model === null) throw new Error(`The zoo has no ${id}.`);
  const file = await readModelFile(model, { cacheFolder: sharedCacheFolder() });
  return withPreprocessing(importModel(file), model.preprocessing, { kind: "whole" });
}

const networks: readonly { name: string; open: () => Promise<Graph>; tolerance: number }[] = [
  { name: "LeNet", open: () => zooGraph("lenet"), tolerance: 0.05 },
  {
    name: "a net of AlexNet's layers, with response normalisation",
    open: async () => alexNet({ normalised: true, units: 512 }),
    tolerance: 0.1,
  },
  { name: "SqueezeNet", open: () => squeezeNetGraph(), tolerance: 0.1 },
  { name: "SqueezeNet on ten crops", open: () => squeezeNetGraph({ kind: "crops", count: 10, imageSize: 256 }), tolerance: 0.1 },
  { name: "MobileNetV2", open: () => zooGraph("mobilenet-v2-1.0-224"), tolerance: 0.15 },
];
const outputs: readonly GradientOutput[] = ["logits", "log-probabilities", "probabilities"];
/** A sample has each output of the smallest network, which is the first. */
const cases = sampled(
  networks.flatMap((network) =>
    (network.name.includes("ten crops") ? outputs.slice(2) : network.name.includes("AlexNet") ? outputs.slice(0, 1) : outputs).map(
      (of) => ({
        ...network,
        of,
      }),
    ),
  ),
  { by: ({ of }) => of },
);

/** A network without its gradient, and its outputs at the points that the cases of all outputs share. */
interface Forward {
  readonly network: Graph;
  readonly session: RunnableGraph;
  readonly known: Map<string, Promise<Record<string, Float32Array>>>;
}

const opened = new Map<string, Promise<Forward>>();

function openForward({ name, open }: Pick<(typeof networks)[number], "name" | "open">): Promise<Forward> {
  const forward = opened.get(name) ?? open().then(async (network) => ({ network, session: await openGraph(network), known: new Map() }));
  opened.set(name, forward);
  return forward;
}

afterAll(async () => {
  for (const forward of opened.values()) await (await forward).session.close();
});

describe("a whole network's input gradient", () => {
  it.each(cases)(
    "agrees with finite differences along random directions and along itself: $of of $name",
    async ({ of, tolerance, ...row }) => {
      // The differences need no gradients, which cost twice as much as the network itself.
      const { network, session: forward, known } = await openForward(row);
      const graph = inputGradientGraph(network, of);
      const pixelCount = (graph.inputs[0]?.dims ?? []).slice(1).reduce<number>((product, size) => product * Number(size), 1);
      const classes = Number(graph.outputs.find((output) => output.name === "logits")?.dims[1]);
      const session = await openGraph(graph);
      try {
        const pixels = drawValues(3, pixelCount, [40, 215]);
        const { logits = new Float32Array() } = await session.run({ pixels, weights: new Float32Array(classes) });
        const [first = 0, second = 1] = [...logits.keys()].sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0));
        const weights = new Float32Array(classes);
        weights[first] = 1;
        weights[second] = -0.5;
        const { gradient = new Float32Array() } = await session.run({ pixels, weights });
        const differenceAlong = async (direction: Float32Array, shared?: string): Promise<number> => {
          const at = async (distance: number): Promise<number> => {
            const point = shared === undefined ? undefined : `${shared} ${distance}`;
            const moved = () => pixels.map((value, index) => value + distance * (direction[index] ?? 0));
            const results = known.get(point ?? "") ?? forward.run({ pixels: moved() });
            if (point !== undefined) known.set(point, results);
            return dot(scoreOf(await results, of), weights);
          };
          return ((await at(step)) - (await at(-step))) / (2 * step);
        };

        const own = unit(gradient);
        const steepest = Math.sqrt(dot(gradient, gradient));
        expect(Math.abs((await differenceAlong(own)) - steepest) / steepest).toBeLessThan(0.03);

        // Over random directions, the mean square error is that of the whole gradient divided by the number of pixels.
        let [error, size] = [0, 0];
        for (let draw = 0; draw < directionsOf(row.name); draw++) {
          const direction = unit(drawValues(100 + draw, pixelCount));
          const expected = dot(gradient, direction);
          error += ((await differenceAlong(direction, `direction ${draw}`)) - expected) ** 2;
          size += expected ** 2;
        }
        expect(Math.sqrt(error / size), "relative L2 error of the gradient, estimated").toBeLessThan(tolerance);
      } finally {
        await session.close();
      }
    },
  );
});

function scoreOf(results: Record<string, Float32Array>, of: GradientOutput): Float32Array {
  const { logits = new Float32Array(), probabilities = new Float32Array() } = results;
  return of === "logits" ? logits : of === "probabilities" ? probabilities : probabilities.map(Math.log);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}
