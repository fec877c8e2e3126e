import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

interface Ended {
  readonly code: number | string;
  readonly output: string;
  readonly errors: string;
}

function run(entry: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const command = ["--conditions=source", "--disable-warning=ExperimentalWarning", entry, ...args];
    execFile(process.execPath, command, { cwd: root, env: { ...process.env, NODE_OPTIONS: "" } }, (error, output, errors) =>
      resolve({ code: error?.code ?? 0, output, errors }),
    );
  });
}

const repro = (...args: string[]) => run("apps/lab/src/repro.ts", ...args);

describe("npm run repro", () => {
  it.each([
    [[], "Say which experiment"],
    [["mnist"], 'no experiment "mnist"'],
    [["noise", "mnist-cppn"], "one experiment at a time"],
    [["noise", "--seed", "1"], "--seed"],
    [["noise", "--seeds", "0"], "from 1 to"],
    [["noise", "--seeds", "1e999"], "whole number"],
    [["noise", "--generations", "-1"], "--generations"],
    [["mnist-direct", "--preset", "normalised"], "It has: paper, released-code"],
  ])("ends with code 2 and a sentence when asked %j", async (args, sentence) => {
    const { code, output, errors } = await repro(...args);
    expect(code).toBe(2);
    expect(output).toBe("");
    expect(errors).toContain(sentence);
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it("prints one object and nothing else with --json, and the control holds", async () => {
    const { code, output } = await repro("noise", "--json", "--seeds", "2");
    const report = JSON.parse(output);
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(Object.keys(report)).toEqual(["rows", "holds", "machine", "versions"]);
    expect(report).toMatchObject({ holds: true, rows: [{ id: "noise.median", bar: "< 0.7", holds: true }] });
    expect(code).toBe(0);
  });

  it("repeats its figures from the same seeds", async () => {
    const first = JSON.parse((await repro("noise", "--json", "--seeds", "1")).output);
    expect(JSON.parse((await repro("noise", "--json", "--seeds", "1")).output)).toEqual(first);
  });

  it("reports a bar that it did not reach as not measured, and fails", async () => {
    const { code, output } = await repro("mnist-direct", "--json", "--seeds", "1", "--generations", "2");
    const { rows, holds } = JSON.parse(output);
    const gates = rows.filter(({ bar }: { bar: string }) => bar !== "none");
    expect(gates.map((row: { figure: unknown; holds: boolean }) => [row.figure, row.holds])).toEqual(Array(6).fill([null, false]));
    expect(holds).toBe(false);
    expect(code).toBe(1);
  });
});

describe("the other measuring commands", () => {
  it("end with code 2 for what they do not know", async () => {
    expect(await run("test/bench/run.ts", "P99")).toMatchObject({ code: 2, output: "", errors: expect.stringContaining('no row "P99"') });
    expect(await run("apps/lab/src/trainMnist.ts", "--epochs", "none")).toMatchObject({
      code: 2,
      errors: expect.stringContaining("--epochs"),
    });
  });
});
