/**
 * A report of three cheap experiments, whose process kills itself at a line of its progress. Usage: interruptedReport.ts FOLDER SEEDS [LINE] [EXPERIMENT].
 * It has LeNet, and an untrained network of 1,000 classes as the user's.
 */
import { initialWeights } from "@pareidolia/classifiers/training/initialWeights";
import { AppError } from "@pareidolia/core/appError";
import { argmaxInsertion } from "@pareidolia/lab/experiments/argmaxInsertion";
import { imagenetEvolution } from "@pareidolia/lab/experiments/imagenetEvolution";
import { noise } from "@pareidolia/lab/experiments/noise";
import { seedsOf } from "@pareidolia/lab/experiments/seeds";
import { createModelShelf } from "@pareidolia/lab/modelShelf";
import { reproAll } from "@pareidolia/lab/reproAll";
import { runCommand } from "@pareidolia/lab/runCommand";
import { buildNetwork } from "@pareidolia/onnx/graphs/network";
import { smallCifar10 } from "@pareidolia/onnx/graphs/smallCifar10";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { sharedCacheFolder } from "./sharedCache.ts";

const [folder = "", seeds = "2", lastLine = "no such line", only] = process.argv.slice(2);

const network = smallCifar10(1000);
const centring = { mean: new Float32Array(3).fill(128), dims: [3, 1, 1], scale: 1 / 64 };
const untrained = {
  id: "untrained",
  bytes: encodeModel(buildNetwork(network, { weights: initialWeights(network.parameters, 7), centring })),
  labels: Array.from({ length: 1000 }, (_, index) => `class ${index}`),
  preprocessing: { ...network.input, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
} as const;

function onProgress(line: string): void {
  process.stderr.write(`${line}\n`);
  if (line.includes(lastLine)) process.kill(process.pid, "SIGKILL");
}

await runCommand(async () => {
  const cacheFolder = sharedCacheFolder();
  const shelf = createModelShelf({ cacheFolder, userModels: [untrained], onProgress });
  try {
    const models: typeof shelf = {
      ...shelf,
      async open(id, framing) {
        if (id !== "lenet" && id !== untrained.id) throw new AppError("NOT_FOUND", `There is no model ${id}.`);
        return shelf.open(id, framing);
      },
    };
    const experiments = [noise, imagenetEvolution, argmaxInsertion];
    await reproAll({
      models,
      experiments,
      chosen: only === undefined ? undefined : [only],
      folder,
      cacheFolder,
      onProgress,
      budget: "quick",
      reportFolders: [],
      durations: null,
      seeds: seedsOf({}, Number(seeds)),
      generations: 1,
    });
    return { holds: true };
  } finally {
    await shelf.dispose();
  }
});
