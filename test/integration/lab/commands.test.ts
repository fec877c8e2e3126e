/** The measuring commands as processes: their arguments, output, exit codes, and networks of the user. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { initialWeights } from "@pareidolia/classifiers/training/initialWeights";
import type { Network } from "@pareidolia/onnx/graphs/network";
import { buildNetwork } from "@pareidolia/onnx/graphs/network";
import { smallCifar10 } from "@pareidolia/onnx/graphs/smallCifar10";
import { smallMnist } from "@pareidolia/onnx/graphs/smallMnist";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandResult } from "../../support/commandsInTurn.ts";
import { nodeFlags } from "../../support/programs.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

function run(entry: string, ...args: string[]): Promise<CommandResult> {
  return new Promise((resolve) => {
    const command = [...nodeFlags, entry, ...args];
    // Without a name, each process would start the native engine in a process of its own, to see whether it finds a GPU.
    const env = { ...process.env, NODE_OPTIONS: "", PAREIDOLIA_ENGINE: "onnxruntime-cpu" };
    execFile(process.execPath, command, { cwd: root, env }, (error, output, errors) => resolve({ code: error?.code ?? 0, output, errors }));
  });
}

const repro = (...args: string[]) => run("apps/lab/src/repro.ts", ...args);

/** The results of commands that share a process. */
async function reproInTurn(commands: readonly (readonly string[])[]): Promise<readonly CommandResult[]> {
  const { output, errors } = await run("test/support/commandsInTurn.ts", "apps/lab/src/repro.ts", JSON.stringify(commands));
  expect(errors).toBe("");
  return JSON.parse(output) as readonly CommandResult[];
}

describe("npm run repro", () => {
  const refusals: readonly (readonly [readonly string[], string])[] = [
    [[], "Choose an experiment"],
    [["mnist"], 'no experiment "mnist"'],
    [["noise", "mnist-cppn"], "one experiment at a time"],
    [["noise", "--seed", "1"], "--seed"],
    [["noise", "--seeds", "0"], "from 1 to"],
    [["noise", "--seeds", "1e999"], "whole number"],
    [["noise", "--generations", "-1"], "--generations"],
    [["noise", "--real"], "perception only"],
    [["mnist-direct", "--preset", "normalised"], "It has: paper, released-code"],
  ];
  let refused: readonly CommandResult[];
  beforeAll(async () => {
    refused = await reproInTurn(refusals.map(([args]) => args));
  });

  it.each(refusals.map(([args, sentence], place) => [args, sentence, place] as const))(
    "exits with code 2 and an error message for %j",
    (_, sentence, place) => {
      const { code, output, errors } = refused[place] as CommandResult;
      expect(code).toBe(2);
      expect(output).toBe("");
      expect(errors).toContain(sentence);
      expect(errors).not.toMatch(/\n\s+at /);
    },
  );

  it("ends its process with code 2", async () => {
    expect(await repro("mnist")).toEqual({ ...refused[1], code: 2 });
  });

  it("prints only one object with --json, and its control holds", async () => {
    const { code, output } = await repro("noise", "--json", "--seeds", "2");
    const report = JSON.parse(output);
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(Object.keys(report)).toEqual(["rows", "holds", "machine", "versions"]);
    expect(report).toMatchObject({ holds: true, rows: [{ id: "noise.lenet.median", bar: "< 0.7", holds: true }] });
    expect(code).toBe(0);
  });

  it("reproduces its figures from the same seeds", async () => {
    const first = JSON.parse((await repro("noise", "--json", "--seeds", "1")).output);
    expect(JSON.parse((await repro("noise", "--json", "--seeds", "1")).output)).toEqual(first);
  });

  it("reports bars at generations that it did not reach as not measured, and fails", async () => {
    const { code, output } = await repro("mnist-direct", "--json", "--seeds", "1", "--generations", "2");
    const { rows, holds } = JSON.parse(output);
    const gates = rows.filter(({ bar }: { bar: string }) => bar !== "none");
    expect(gates.map((row: { figure: unknown; holds: boolean }) => [row.figure, row.holds])).toEqual(Array(6).fill([null, false]));
    expect(holds).toBe(false);
    expect(code).toBe(1);
  });
});

describe("npm run repro with a user's network", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "pareidolia-own-"));
    await writeFile(path.join(folder, "labels.txt"), "zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n");
    await describeNetwork("untrained", smallMnist());
    await describeNetwork("colours", smallCifar10());
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** With random weights, so that no figure equals LeNet's. */
  async function describeNetwork(id: string, network: Network): Promise<void> {
    const { width, height, channels } = network.input;
    const centring = { mean: new Float32Array(channels).fill(128), dims: [channels, 1, 1], scale: 1 / 256 };
    const graph = buildNetwork(network, { weights: initialWeights(network.parameters, 7), centring });
    await writeFile(path.join(folder, `${id}.onnx`), encodeModel(graph));
    const description = { id, file: `${id}.onnx`, labels: "labels.txt", preprocessing: { width, height, channels } };
    await writeFile(path.join(folder, `${id}.json`), JSON.stringify(description));
  }

  const own = (id: string) => ["--model", path.join(folder, `${id}.json`)];
  type Row = { id: string; bar: string; figure: number; what: string };

  it.each([
    ["noise", ["--generations", "0"], "noise.untrained.median", "noise.lenet.median"],
    [
      "mnist-direct",
      ["--generations", "1", "--preset", "paper"],
      "mnist-direct.untrained.paper.median@50",
      "mnist-direct.lenet.paper.median@50",
    ],
    [
      "mnist-cppn",
      ["--generations", "1", "--preset", "normalised"],
      "mnist-cppn.untrained.normalised.median@0",
      "mnist-cppn.lenet.normalised.median@0",
    ],
  ])("runs %s on it without applying LeNet's bars", async (experiment, options, ours, lenets) => {
    const { output } = await repro(experiment, "--json", "--seeds", "1", ...options, ...own("untrained"));
    const { rows, versions } = JSON.parse(output) as { rows: readonly Row[]; versions: Record<string, string> };
    const [row, lenet] = [ours, lenets].map((id) => rows.find((candidate) => candidate.id === id));
    expect(row?.bar).toBe("none");
    expect(row?.what).toContain("on untrained");
    if (lenet?.figure !== null) expect(row?.figure).not.toBe(lenet?.figure);
    expect(rows.filter(({ id, bar }) => id.includes(".untrained.") && bar !== "none")).toEqual([]);
    expect(Object.keys(versions)).toEqual(expect.arrayContaining(["model untrained", "model lenet"]));
  });

  it("says which bar is for LeNet only and how many figures have a bar", async () => {
    const { code, output } = await repro("noise", "--seeds", "1", ...own("untrained"));
    expect(output).toContain("(the bar < 0.7 is for LeNet only)");
    expect(output).toContain("Verdict: every bar holds; 1 of 2 figures have a bar.");
    expect(code).toBe(0);
  });

  const refusals = [
    [
      "mnist-direct",
      "colours",
      'mnist-direct cannot use "colours": it needs grey images and 10 classes, the digits, and this network has colour images of 32 x 32 and 10 classes.',
    ],
    ["noise", "colours", 'noise cannot use "colours"'],
    ["imagenet-evolution", "untrained", 'imagenet-evolution cannot use "untrained": it needs colour images and ImageNet\'s 1,000 classes'],
    ["retraining", "untrained", 'retraining cannot use "untrained": it trains its own networks.'],
    ["detectors", "untrained", 'detectors cannot use "untrained"'],
  ] as const;

  it("refuses a network that an experiment cannot use, and names the network", async () => {
    const refused = await reproInTurn(refusals.map(([experiment, id]) => [experiment, "--json", ...own(id)]));
    expect(refused.map(({ code, output }) => [code, output])).toEqual(refusals.map(() => [2, ""]));
    for (const [place, [experiment, , sentence]] of refusals.entries()) expect(refused[place]?.errors, experiment).toContain(sentence);
  });
});

describe("the other measuring commands", () => {
  it("exit with code 2 for unknown rows and invalid options", async () => {
    expect(await run("test/bench/run.ts", "P99")).toMatchObject({ code: 2, output: "", errors: expect.stringContaining('no row "P99"') });
    expect(await run("apps/lab/src/trainMnist.ts", "--epochs", "none")).toMatchObject({
      code: 2,
      errors: expect.stringContaining("--epochs"),
    });
  });
});
