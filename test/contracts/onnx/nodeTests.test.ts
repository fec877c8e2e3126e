/**
 * ONNX's node tests, on onnxruntime and on every tfjs engine that loads, within ONNX's tolerance. Refused tests are listed with the
 * reason. A listed test that is not refused fails, so the list stays accurate.
 */

import type { Graph } from "@pareidolia/onnx/graph";
import { normalise } from "@pareidolia/onnx/normalise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOptional, readyEngines } from "../../support/engineCases.ts";
import { sampled } from "../../support/extent/sampled.ts";
import { openGraph } from "../../support/onnxGraphs.ts";
import { type NodeTest, numbersOf, readNodeTests, supportedOperators } from "../../support/onnxNodeTests.ts";
import { differingTests, type RefusedTests, refusedByTfjs, refusedFiles, testNames } from "../../support/refusedNodeTests.ts";
import { startTfjsRunner, type TfjsRunner } from "../../support/tfjsRunner.ts";

/** The defaults of ONNX's test runner (onnx/backend/test/case/test_case.py). */
const tolerance = { relative: 1e-3, absolute: 1e-7 } as const;

const tests = await readNodeTests();
const tfjsEngines = (await readyEngines()).filter((id) => id.startsWith("tfjs-"));

function byName(names: readonly string[]): readonly NodeTest[] {
  return names.map((name) => tests.find((test) => test.name === name) ?? expect.fail(`ONNX has no node test named ${name}.`));
}

const refusals = (lists: readonly RefusedTests[]) =>
  lists.flatMap(({ message, reason, tests: names }) => byName(testNames(names)).map((test) => ({ ...test, message, reason })));
const refused = refusals(refusedFiles);
const refusedHere = refusals(refusedByTfjs);
const differing = byName(testNames(differingTests));
const named = new Set([...refused, ...differing].map(({ name }) => name));
const answered = tests.filter(({ name }) => !named.has(name));
const answeredByTfjs = answered.filter(({ name }) => !refusedHere.some((test) => test.name === name));

interface Output {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** One per output. */
async function runOnnx({ network }: NodeTest): Promise<readonly Output[]> {
  const { graph, x, dims } = network();
  const canonical = normalise(graph);
  const session = await openGraph(canonical);
  try {
    const values = Object.fromEntries(canonical.inputs.map(({ name }) => [name, x]));
    const results = await session.runToShapes(values, Object.fromEntries(canonical.inputs.map(({ name }) => [name, dims])));
    return canonical.outputs.map((output) => results[output.name] ?? expect.fail(`onnxruntime gives no ${output.name}.`));
  } finally {
    await session.close();
  }
}

async function runTfjs(runner: TfjsRunner, { network }: NodeTest): Promise<readonly Output[]> {
  const { graph, x, dims } = network();
  const canonical = normalise(graph);
  const outputs: Output[] = [];
  for (const output of canonical.outputs) {
    const result = await runner.run({ graph: { ...canonical, outputs: [output] }, x, dims, seed: null });
    if ("refused" in result) throw new Error(result.refused);
    expect(result.leakedTensors).toBe(0);
    outputs.push({ data: result.y, shape: result.shape });
  }
  return outputs;
}

/** NumPy's `assert_allclose`, which ONNX's runner uses: infinities and NaN have to match exactly. */
function isClose(value: number, expected: number): boolean {
  if (Object.is(value, expected) || value === expected) return true;
  return Math.abs(value - expected) <= tolerance.absolute + tolerance.relative * Math.abs(expected);
}

function expectOutputs(outputs: readonly Output[], test: NodeTest): void {
  const expected = test.expected();
  expect(outputs.length).toBe(expected.length);
  for (const [output, tensor] of expected.entries()) {
    const { data, shape } = outputs[output] ?? expect.fail("An output is missing.");
    expect(shape).toEqual(tensor.dims);
    for (const [index, value] of numbersOf(tensor).entries())
      if (!isClose(data[index] ?? Number.NaN, value)) expect.fail(`output ${output}, [${index}]: ${data[index]} and not ${value}`);
  }
}

/** Compares the sizes that `normalise` knows; a symbolic size fits any. */
function expectInferredShapes(graph: Graph, test: NodeTest): void {
  for (const [output, { dims }] of test.expected().entries()) {
    const inferred = graph.outputs[output]?.dims ?? [];
    expect(inferred.map((size, axis) => (typeof size === "number" ? size : dims[axis]))).toEqual(dims);
  }
}

describe("ONNX's node tests", () => {
  it("cover every supported operator", () => {
    const tested = new Set(tests.flatMap(({ operators }) => [...operators]));
    expect([...supportedOperators].filter((operator) => !tested.has(operator))).toEqual([]);
  });

  it("appear in at most one list of exceptions", () => {
    const names = [...refused, ...refusedHere, ...differing].map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(refused)("are refused by name: $name", ({ network, message }) => {
    const refusal = { code: "INVALID_INPUT", message: expect.stringContaining(message) };
    expect(() => normalise(network().graph)).toThrow(expect.objectContaining(refusal));
  });

  it.each(answered)("have the inferred shapes: $name", (test) => {
    expectInferredShapes(normalise(test.network().graph), test);
  });
});

describe("onnxruntime", () => {
  it.each(answered)("answers $name", async (test) => {
    expectOutputs(await runOnnx(test), test);
  });

  it.each(differing)("differs from ONNX on $name", async (test) => {
    const outputs = await runOnnx(test);
    expect(() => expectOutputs(outputs, test)).toThrow(/and not/);
  });
});

describe.each(tfjsEngines)("%s", (engine) => {
  let runner: TfjsRunner;
  beforeAll(() => {
    runner = startTfjsRunner(engine);
  });
  afterAll(() => runner.close());

  /** A sample has one test of each operator on engines that load only on some machines. */
  const ofEngine = isOptional(engine) ? sampled(answeredByTfjs, { by: ({ operators }) => [...operators].join() }) : answeredByTfjs;

  it.each(ofEngine)("answers $name", async (test) => {
    expectOutputs(await runTfjs(runner, test), test);
  });

  it.each(refusedHere)("refuses $name by name", async (test) => {
    await expect(runTfjs(runner, test)).rejects.toThrow(test.message);
  });

  it.each(differing)("agrees with onnxruntime on $name", async (test) => {
    const [expected] = await runOnnx(test);
    const [output] = await runTfjs(runner, test);
    expect(output?.shape).toEqual(expected?.shape);
    for (const [index, value] of Array.from(expected?.data ?? []).entries()) expect(output?.data[index]).toBeCloseTo(value, 5);
  });
});
