/**
 * P4: colour images of 256 x 256 from CPPNs of 30 nodes, on one core, a new genome each time: the encoding's own `decode`
 * against node-major loops over typed arrays and against NumPy. The sides take turns, genome by genome if they share a
 * process. Also, without a bar: the cost of mutation and of the direct encoding at this size.
 */
import { type FloatImage, pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { type CppnGenome, inputCount } from "@pareidolia/encodings/cppn/genome";
import { planNetwork } from "@pareidolia/encodings/cppn/network";
import { Repetition, repetitionsOf } from "@pareidolia/encodings/cppn/repetition";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { median } from "@pareidolia/evolution/statistics";
import { judge, type ReportRow } from "@pareidolia/lab/report";
import type { Benchmark, BenchmarkOptions } from "./benchmark.ts";
import { nodeMajorRenderer } from "./nodeMajorLoops.ts";
import { runNumPy } from "./numPyPeer.ts";
import { prepareBenchPeers } from "./peers.ts";

const shape = { width: 256, height: 256, channels: 3 } as const;
const nodes = 30;
const genomeCount = 40;
const longestGrowth = 2000;

function stream(seed: number, generation: number, purpose: Purpose = Purpose.MUTATE): Random {
  return new Random({ seed, generation, index: 0, purpose });
}

/** Networks mutated until exactly 30 nodes have to be computed. */
function breed(): readonly CppnGenome[] {
  const encoding = cppnEncoding.create(shape, {});
  const genomes: CppnGenome[] = [];
  for (let seed = 0; genomes.length < genomeCount; seed++) {
    let genome = encoding.initialise(stream(seed, 0, Purpose.INITIALISE));
    for (let generation = 1; generation < longestGrowth && planNetwork(genome).length < nodes; generation++)
      genome = encoding.mutate(genome, stream(seed, generation));
    if (planNetwork(genome).length === nodes) genomes.push(genome);
  }
  return genomes;
}

function milliseconds(act: () => void): number {
  const began = performance.now();
  act();
  return performance.now() - began;
}

interface Sides {
  readonly kernel: number;
  readonly loops: number;
}

/** The median of each side over the genomes. */
function measure(genomes: readonly CppnGenome[], draw: (genome: CppnGenome) => void, loop: (genome: CppnGenome) => void): Sides {
  const times = genomes.map((genome) => ({ kernel: milliseconds(() => draw(genome)), loops: milliseconds(() => loop(genome)) }));
  return { kernel: median(times.map(({ kernel }) => kernel)), loops: median(times.map(({ loops }) => loops)) };
}

function networksOf(genomes: readonly CppnGenome[]): unknown {
  return genomes.map((genome) => planNetwork(genome).map((step) => ({ ...step, activation: genome.activations[step.node - inputCount] })));
}

/** The share of nodes that vary per pixel: only the encoding computes a node that depends on the bias or on one coordinate just once. */
function describeNodes(genomes: readonly CppnGenome[]): string {
  const each = genomes
    .flatMap((genome) => repetitionsOf(planNetwork(genome), true))
    .filter((often) => often === Repetition.eachPixel).length;
  return `${((100 * each) / (nodes * genomes.length)).toFixed(0)}% of the nodes vary both within a row and between rows`;
}

function describe(values: readonly number[], unit: string): string {
  return `${median(values).toFixed(2)}${unit} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
}

function measureDirect(repetitions: number): string {
  const encoding = directEncoding.create(shape, {});
  const genome = encoding.initialise(stream(1, 0, Purpose.INITIALISE));
  const target: FloatImage = { ...shape, pixels: new Float32Array(pixelCount(shape)) };
  const draws: number[] = [];
  const mutations: number[] = [];
  for (let i = 0; i < 10 * (repetitions + 1); i++) {
    draws.push(milliseconds(() => encoding.decode(genome, target)));
    mutations.push(milliseconds(() => encoding.mutate(genome, stream(1, i))));
  }
  return `direct encoding: drawn in ${describe(draws.slice(10), " ms")}, mutated in ${describe(mutations.slice(10), " ms")}`;
}

function judgeNumPy(
  genomes: readonly CppnGenome[],
  kernel: readonly number[],
  { peers, repetitions, onProgress }: Pick<BenchmarkOptions, "peers" | "repetitions" | "onProgress">,
): ReportRow {
  const row = { id: "P4.numpy", what: "NumPy's time per image over the encoding's, for the same networks", bar: { atLeast: 1.5 } };
  if (!peers) return judge({ ...row, figure: null, detail: "only with --peers" });
  const prepared = prepareBenchPeers(onProgress);
  if ("missing" in prepared) return judge({ ...row, figure: null, detail: prepared.missing });
  const outputs = Array.from({ length: shape.channels }, (_, output) => inputCount + output);
  const times: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const outcome = runNumPy<{ times: number[] }>(prepared.python, "cppn.py", { ...shape, outputs, networks: networksOf(genomes) });
    if ("missing" in outcome) return judge({ ...row, figure: null, detail: outcome.missing });
    times.push(median(outcome.result.times));
  }
  return judge({ ...row, figure: median(times) / median(kernel), detail: `NumPy ${describe(times, " ms")}` });
}

export const cppnImages: Benchmark = {
  id: "P4",
  description: "CPPN images of 256 x 256, 30 nodes, one core, against plain loops and NumPy",
  async run(options) {
    const { repetitions, onProgress } = options;
    const genomes = breed();
    const encoding = cppnEncoding.create(shape, {});
    const target: FloatImage = { ...shape, pixels: new Float32Array(pixelCount(shape)) };
    const loops = nodeMajorRenderer(shape);
    const draw = (genome: CppnGenome) => void encoding.decode(genome, target);
    const loop = (genome: CppnGenome) => loops(genome, target.pixels);
    measure(genomes, draw, loop);
    const sides: Sides[] = [];
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      const side = measure(genomes, draw, loop);
      sides.push(side);
      onProgress(`repetition ${repetition} of ${repetitions}: encoding ${side.kernel.toFixed(2)} ms, loops ${side.loops.toFixed(2)} ms`);
    }
    const kernel = sides.map((side) => side.kernel);
    const ratios = sides.map((side) => side.loops / side.kernel);
    const mutations = genomes.map((genome, i) => milliseconds(() => encoding.mutate(genome, stream(9, i))));
    return [
      judge({
        id: "P4.loops",
        what: "time per image of node-major loops over typed arrays over the encoding's, median",
        figure: median(ratios),
        bar: { atLeast: 6 },
        detail: `from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; encoding ${describe(kernel, " ms")}, loops ${describe(
          sides.map((side) => side.loops),
          " ms",
        )}; ${describeNodes(genomes)}; CPPN mutated in ${describe(mutations, " ms")}; ${measureDirect(repetitions)}`,
      }),
      judgeNumPy(genomes, kernel, options),
    ];
  },
};
