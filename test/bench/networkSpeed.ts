/**
 * P2 and P3: scores and input gradients of three networks through the product's own classifiers, on all cores, against PyTorch's
 * forward pass and autograd of the same architecture and, for two of them, against the sgemm peak of the same run.
 */
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { cacheFolder } from "@pareidolia/lab/cacheFolder";
import { judge, type ReportRow } from "@pareidolia/lab/report";
import { alexNet, openAlexNet } from "../support/alexNet.ts";
import type { Benchmark, BenchmarkOptions } from "./benchmark.ts";
import { openMatrixProduct, productOperations } from "./matrixPeak.ts";
import { alexNetLayers, leNetLayers, multiplyAdds } from "./multiplyAdds.ts";
import { openBenchPeer, type Peer } from "./peers.ts";
import { noiseBatch } from "./pureInference.ts";
import { type Best, takeTurns, timeSteps } from "./turns.ts";

/** A job for networks.py. */
interface PeerJob {
  readonly network: "lenet" | "alexnet" | "mobilenet";
  readonly batch: number;
  readonly work: "forward" | "gradient";
}

interface Case {
  readonly network: PeerJob["network"];
  readonly batch: number;
  /** Steps per turn, for a few tenths of a second. */
  readonly steps: number;
  readonly bar: number;
  readonly peak?: number;
}

const forwards: readonly Case[] = [
  { network: "lenet", batch: 200, steps: 8, bar: 1.9, peak: 0.33 },
  { network: "alexnet", batch: 16, steps: 1, bar: 1.2, peak: 0.75 },
  { network: "mobilenet", batch: 1, steps: 8, bar: 3 },
  { network: "mobilenet", batch: 16, steps: 1, bar: 3.5 },
];
const gradients: readonly Case[] = [
  { network: "lenet", batch: 64, steps: 5, bar: 1.1 },
  { network: "alexnet", batch: 16, steps: 1, bar: 1 },
  { network: "mobilenet", batch: 1, steps: 4, bar: 1.5 },
  { network: "mobilenet", batch: 16, steps: 1, bar: 1.2 },
];
const fewestTurns = 20;
const layers = { lenet: leNetLayers, alexnet: alexNetLayers, mobilenet: [] };
const names = { lenet: "LeNet", alexnet: "AlexNet", mobilenet: "MobileNetV2@224" };

const open: Readonly<Record<PeerJob["network"], () => Promise<DifferentiableClassifier>>> = {
  lenet: () => openZooClassifier({ id: "lenet", cacheFolder: cacheFolder(process.env), engine: "onnxruntime-cpu" }),
  mobilenet: () => openZooClassifier({ id: "mobilenet-v2-1.0-224", cacheFolder: cacheFolder(process.env), engine: "onnxruntime-cpu" }),
  alexnet: () => openAlexNet("onnxruntime-cpu", alexNet()),
};

function stepOf(classifier: DifferentiableClassifier, batch: number, work: PeerJob["work"]): () => Promise<unknown> {
  const images = noiseBatch(classifier, batch);
  if (work === "forward") return () => classifier.predict(images);
  const classes = classifier.labels.length;
  const weights = Float32Array.from({ length: batch * classes }, (_, place) => (place % classes === 3 ? 1 : 0));
  return () => classifier.inputGradients(images, { of: "logits", weights });
}

function describe(best: Best | undefined, batch: number, work: PeerJob["work"]): string {
  if (best === undefined) return "not measured";
  return work === "forward"
    ? `${(batch / best.seconds).toFixed(1)} images/s, best of ${best.steps}`
    : `${(1 / best.seconds).toFixed(2)} steps/s, best of ${best.steps}`;
}

async function measure(row: string, work: PeerJob["work"], given: Case, peer: Peer, options: BenchmarkOptions): Promise<ReportRow[]> {
  const { network, batch, steps } = given;
  const turns = Math.max(fewestTurns, options.repetitions);
  const classifier = await open[network]();
  const product = given.peak === undefined ? null : await openMatrixProduct();
  try {
    const act = stepOf(classifier, batch, work);
    const sides = [{ turn: () => timeSteps(steps, act) }];
    if (product !== null) sides.push({ turn: () => timeSteps(1, () => product.multiply()) });
    const [ours, second, third] = await takeTurns(
      "peer" in peer ? [...sides, { turn: () => peer.peer.run<readonly number[]>({ network, batch, work, steps }) }] : sides,
      turns,
    );
    const matrix = product === null ? undefined : second;
    const theirs = "peer" in peer ? (product === null ? second : third) : undefined;
    if (ours === undefined) throw new Error("no side was measured");
    const id = `${row}.${network}.b${batch}`;
    const what = `${names[network]} b${batch}, ${work === "forward" ? "images/s over PyTorch's" : "input gradients: steps/s over PyTorch autograd's"}`;
    const own = `ours ${describe(ours, batch, work)} (${classifier.engine})`;
    const other = "peer" in peer ? `${peer.peer.description}: ${describe(theirs, batch, work)}` : peer.missing;
    const rows = [
      judge({
        id,
        what,
        figure: theirs === undefined ? null : theirs.seconds / ours.seconds,
        bar: { atLeast: given.bar },
        detail: `${own}; ${other}`,
      }),
    ];
    if (matrix !== undefined && given.peak !== undefined) {
      const peak = productOperations / matrix.seconds;
      const rate = (2 * batch * multiplyAdds(layers[network])) / ours.seconds;
      rows.push(
        judge({
          id: `${id}.peak`,
          what: `${names[network]} b${batch}, fraction of the sgemm peak that onnxruntime's MatMul reaches`,
          figure: rate / peak,
          bar: { atLeast: given.peak },
          detail: `${(rate / 1e9).toFixed(0)} of ${(peak / 1e9).toFixed(0)} GFLOP/s, best of ${matrix.steps} products`,
        }),
      );
    }
    for (const { figure, detail } of rows) options.onProgress(`${id}: ${figure?.toFixed(3) ?? "not measured"}; ${detail}`);
    return rows;
  } finally {
    await product?.close();
    await classifier.dispose();
  }
}

async function openPeer({ peers, onProgress }: BenchmarkOptions): Promise<Peer> {
  if (!peers) return { missing: "PyTorch only with --peers" };
  return openBenchPeer("networks.py", onProgress);
}

async function measureAll(row: string, work: PeerJob["work"], cases: readonly Case[], options: BenchmarkOptions): Promise<ReportRow[]> {
  const peer = await openPeer(options);
  try {
    const rows: ReportRow[] = [];
    for (const given of cases) rows.push(...(await measure(row, work, given, peer, options)));
    return rows;
  } finally {
    if ("peer" in peer) await peer.peer.close();
  }
}

export const forwardSpeed: Benchmark = {
  id: "P2",
  description: "scores of LeNet, AlexNet and MobileNetV2 on all cores, against PyTorch and the sgemm peak",
  run: (options) => measureAll("P2", "forward", forwards, options),
};

export const gradientSpeed: Benchmark = {
  id: "P3",
  description: "input gradients of LeNet, AlexNet and MobileNetV2 on all cores, against PyTorch's autograd",
  run: (options) => measureAll("P3", "gradient", gradients, options),
};
