/** Tables that pandas and pyarrow wrote (fixtures/makeFixtures.py), and hostile ones. */
import { readCsvTable } from "@pareidolia/exchange/imports/csvTable";
import { openForeign } from "@pareidolia/exchange/imports/openForeign";
import { describe, expect, it } from "vitest";
import { fixture, imagesOf, noImage } from "./fixture.ts";

const csv = (text: string) => new TextEncoder().encode(text);
const open = async (name: string) => openForeign({ bytes: await fixture(name), fileName: name }, noImage);

describe("tables of runs", () => {
  it.each(["mlflow.csv", "mlflow.parquet"])("reads parameters, metrics, tags, state and times of %s", async (name) => {
    const data = await open(name);
    expect(data.format).toBe("mlflow");
    expect(data.runs.map(({ sourceKey, name: of, state, sourceState }) => [sourceKey, of, state, sourceState])).toEqual([
      ["a1", "first", "SUCCEEDED", "FINISHED"],
      ["b2", "second", "FAILED", "FAILED"],
      ["c3", "third", "CANCELLED", "RUNNING"],
    ]);
    const [first, second, third] = data.runs;
    expect(first?.parameters).toEqual({ lr: 0.001, optimiser: "adam" });
    expect(third?.parameters).toEqual({ optimiser: "adam" });
    expect(first?.metrics).toEqual({ loss: 0.25, accuracy: 0.9 });
    expect(second?.metrics).toEqual({ accuracy: 0.1 });
    expect(first?.tags).toEqual(["purpose=paper"]);
    expect(first?.startedAt).toEqual(new Date("2026-11-01T10:00:00Z"));
    expect(first?.endedAt).toEqual(new Date("2026-11-01T10:05:00Z"));
    expect(third?.endedAt).toBeNull();
    expect(data.unmapped).toEqual(expect.arrayContaining(["experiment_id", "artifact_uri", "tags.mlflow.user"]));
    expect(data.warnings.join(" ")).toContain("1 runs had not ended");
  });

  it("reads dictionaries that W&B's API exports", async () => {
    const data = await open("wandbApi.csv");
    expect(data.format).toBe("wandb");
    expect(data.runs.map(({ name }) => name)).toEqual(["sunny-sweep-1", "rainy-sweep-2"]);
    expect(data.runs[0]?.parameters).toEqual({ lr: 0.001, name: "it's", "nested.depth": 3, amp: true });
    expect(data.runs[0]?.metrics).toEqual({ loss: 0.125, "best.acc": 0.75 });
    expect(data.runs[1]?.metrics).toEqual({});
  });

  it("divides the columns of W&B's page into parameters and metrics, and says so", async () => {
    const data = await open("wandbPage.csv");
    const [first, second] = data.runs;
    expect(first?.parameters).toEqual({ batch_size: 32, optimizer: "adam" });
    expect(first?.metrics).toEqual({ "val/loss": 0.5, accuracy: 0.9 });
    expect(first?.tags).toEqual(["paper", "baseline"]);
    expect(first?.notes).toBe("=HYPERLINK(1)");
    expect(first?.endedAt).toEqual(new Date("2026-11-01T10:01:30Z"));
    expect(second?.state).toBe("FAILED");
    expect(data.unmapped).toEqual(["User", "Sweep"]);
    expect(data.warnings.join(" ")).toContain("does not say which of its columns are metrics");
  });

  it("skips a run that occurs twice", async () => {
    const data = await openForeign({ bytes: csv("run_id,status\na,FINISHED\na,FAILED\n"), fileName: "t.csv" }, noImage);
    expect(data.runs).toHaveLength(1);
    expect(data.skipped).toEqual([{ what: "row 2", reason: 'the run "a" occurs twice' }]);
  });
});

describe("archives of pyribs", () => {
  it.each(["pyribs.csv", "pyribs.parquet"])("reads the figures of %s, and its solutions as images", async (name) => {
    const data = await open(name);
    const [run] = data.runs;
    expect(data.format).toBe("pyribs");
    expect(run?.parameters).toEqual({ solutionDimensions: 64, measureDimensions: 2 });
    expect(run?.metrics).toEqual({ elites: 2, objectiveMaximum: 0.5, objectiveMean: 0.375, qdScore: 0.75 });
    expect(data.skipped).toEqual([{ what: "row 3", reason: "the cell 9 occurs twice" }]);
    const images = await imagesOf(data);
    expect(images.map(({ image: { width, height, channels }, claimed }) => [width, height, channels, claimed])).toEqual([
      [8, 8, 1, 0.5],
      [8, 8, 1, 0.25],
    ]);
  });

  it("reads solutions of other sizes as figures only", async () => {
    const table = "solution_0,solution_1,objective,measures_0,index\n1,2,3,0.5,0\n4,5,nan,0.5,1\n";
    const data = await openForeign({ bytes: csv(table), fileName: "a.csv" }, noImage);
    expect(data.runs[0]?.imageCount).toBe(0);
    expect(data.skipped).toEqual([{ what: "row 2", reason: "its objective is not a finite number" }]);
    expect(data.warnings.join(" ")).toContain("no image");
  });

  it("refuses a missing column", async () => {
    const table = "solution_0,solution_2,objective\n1,2,3\n";
    await expect(openForeign({ bytes: csv(table), fileName: "a.csv" }, noImage)).rejects.toThrow(/have gaps/);
  });
});

describe("damaged and hostile tables", () => {
  it.each([
    ["an unfinished quotation", 'run_id,status\n"a,FINISHED\n'],
    ["text after a quotation", 'run_id,status\n"a"b,FINISHED\n'],
    ["an uneven row", "run_id,status\na\n"],
    ["two columns of one name", "run_id,run_id,status\na,b,c\n"],
    ["no rows", "run_id,status\n"],
    ["another table", "name,price\napple,1\n"],
  ])("refuses %s", async (_, text) => {
    await expect(openForeign({ bytes: csv(text), fileName: "t.csv" }, noImage)).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });

  it("reads line breaks and quotation marks within cells, and a byte order mark", () => {
    const { columns } = readCsvTable(csv('\ufeffa,b\r\n"x\ny","say ""hi"""\r\n1,\n'));
    expect([...columns]).toEqual([
      ["a", ["x\ny", "1"]],
      ["b", ['say "hi"', null]],
    ]);
  });

  it("refuses other bytes than UTF-8 and cells that are too long", () => {
    expect(() => readCsvTable(Uint8Array.of(0x61, 0x2c, 0xff))).toThrow(/UTF-8/);
    expect(() => readCsvTable(csv(`a,b\n${"x".repeat(40_000)},1\n`))).toThrow(/more than 32768 characters/);
  });

  it("refuses a Parquet table whose bytes were changed, or that declares more rows than it has", async () => {
    const bytes = await fixture("mlflow.parquet");
    for (let at = 8; at < bytes.length; at += 97) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] as number) ^ 0xff;
      // Text within a cell may change and still be a table; anything else is refused as damaged, and nothing else is thrown.
      await openForeign({ bytes: changed, fileName: "x" }, noImage).catch((error: unknown) =>
        expect(error).toMatchObject({ code: "CORRUPT_DATA" }),
      );
    }
  });
});

it.each([
  ["run_id,status,metrics.loss\na,FINISHED,1e31\n", /the metric "loss" of "a" is 1e\+31; figures may be from -1e\+30 to 1e\+30/],
  ["run_id,status,metrics.loss\na,FINISHED,-1e300\n", /the metric "loss" of "a" is -1e\+300/],
])("refuses a figure that is too large: %j", async (table, message) => {
  await expect(openForeign({ bytes: csv(table), fileName: "t.csv" }, noImage)).rejects.toMatchObject({
    code: "CORRUPT_DATA",
    message: expect.stringMatching(message),
  });
});

describe("a table of metric histories", () => {
  const read = async (table: string, fileName = "history.csv") => openForeign({ bytes: csv(table), fileName }, noImage);

  it("of Weights & Biases has the curves of one run, whose last values are its metrics", async () => {
    const data = await read("_step,loss,_runtime,acc\n2,0.25,9,\n0,1,1,0.5\n1,0.5,5,nan\n");
    expect(data.format).toBe("wandb");
    expect(data.unmapped).toEqual(["_runtime"]);
    expect(data.runs).toMatchObject([
      {
        name: "history",
        metrics: { loss: 0.25, acc: 0.5 },
        histories: [
          { metric: "loss", steps: [0, 1, 2], values: [1, 0.5, 0.25] },
          { metric: "acc", steps: [0], values: [0.5] },
        ],
      },
    ]);
  });

  it("of a chart of Weights & Biases has a run for each column, without its ranges", async () => {
    const data = await read("Step,a - loss,a - loss__MIN,a - loss__MAX,b - c - loss\n0,1,1,1,3\n5,2,2,2,\n");
    expect(data.runs.map(({ name, histories }) => [name, histories])).toEqual([
      ["a", [{ metric: "loss", steps: [0, 5], values: [1, 2] }]],
      ["b - c", [{ metric: "loss", steps: [0], values: [3] }]],
    ]);
  });

  it("of MLflow has a row for each value, and reports those that are no numbers", async () => {
    const data = await read("run_id,key,value,step,timestamp\nr1,loss,1,0,9\nr1,loss,0.5,1,9\nr2,loss,2,0,9\nr2,acc,high,0,9\n");
    expect(data.format).toBe("mlflow");
    expect(data.runs.map(({ sourceKey, metrics }) => [sourceKey, metrics])).toEqual([
      ["r1", { loss: 0.5 }],
      ["r2", { loss: 2 }],
    ]);
    expect(data.skipped).toEqual([{ what: '"acc" of row 4', reason: '"high" is not a number' }]);
  });

  it("keeps 2,000 points of a longer curve, with its ends, and says so", async () => {
    const rows = Array.from({ length: 5_000 }, (_, step) => `${step},${step / 2}`);
    const data = await read(`_step,loss\n${rows.join("\n")}\n`);
    const [{ steps, values } = { steps: [], values: [] }] = data.runs[0]?.histories ?? [];
    expect([steps.length, steps[0], steps.at(-1), values.at(-1), new Set(steps).size]).toEqual([2_000, 0, 4_999, 2_499.5, 2_000]);
    expect(data.warnings.join()).toContain("1 curves have more than 2000 points");
  });

  it.each([
    ["too many metrics", `_step,${Array.from({ length: 51 }, (_, at) => `m${at}`).join()}\n0${",1".repeat(51)}\n`, /more than 50 metrics/],
    ["no values", "_step,loss\n0,\n", /no values of metrics/],
    ["a value that is too large", "_step,loss\n0,1e31\n1,1\n", /the curve of "loss" of "history" is 1e\+31/],
  ])("is refused with %s", async (_, table, message) => {
    await expect(read(table)).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringMatching(message) });
  });
});
