/** Every kind of analysis: its contract, and the worker's implementation. */
import { readdirSync } from "node:fs";
import { analysisKinds } from "@pareidolia/analysis/kinds/registry";
import { type AnalysisSubject, type AnalysisSubjects, defineAnalysis } from "@pareidolia/core/analysisContract";
import { number, record } from "@pareidolia/core/documentShape";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { findAnalysisTask } from "@pareidolia/workers/analyses/findAnalysisTask";
import { describe, expect, expectTypeOf, it } from "vitest";

const subjects: AnalysisSubjects = {
  elite: { eliteId: "elite" },
  image: { imageSha256: "0".repeat(64) },
  run: { runId: "run" },
  archive: { runId: "run", generation: 12 },
  archives: { runIds: ["a", "b"] },
};
const broken: Readonly<Record<AnalysisSubject, object>> = {
  elite: { eliteId: 1 },
  image: {},
  run: { runId: 1 },
  archive: { runId: "run", generation: 0.5 },
  archives: { runIds: "a" },
};

describe.each(analysisKinds)("$id", (kind) => {
  const parameters = resolveParameters(kind.parameters, {});

  it("is computed by the worker's file with its name", async () => {
    expect((await findAnalysisTask(kind.id))?.contract).toBe(kind);
  });

  it("reads the question that it stores, without fields of other kinds", () => {
    const question = { ...subjects[kind.subject], ...parameters };
    expect(kind.readQuestion({ ...question, other: true })).toEqual(question);
  });

  it.each([null, [], "text", { ...broken[kind.subject], ...parameters }])("refuses %j as a question", (document) => {
    expect(() => kind.readQuestion(document)).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
  });

  it.each(kind.parameters.map(({ name }) => name))("refuses a question whose %s has another type", (name) => {
    expect(() => kind.readQuestion({ ...subjects[kind.subject], ...parameters, [name]: [] })).toThrow(`question.${name}`);
  });

  it("refuses an empty result", () => {
    expect(() => kind.readResult({})).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
  });
});

describe("kinds of analyses", () => {
  it("have unique IDs, and no implementation without a contract", () => {
    const ids = analysisKinds.map(({ id }) => id as string).sort();
    expect(new Set(ids).size).toBe(ids.length);
    const files = readdirSync(new URL("../../workers/src/analyses/kinds", import.meta.url)).map((file) => file.replace(/\.ts$/, ""));
    expect(files.sort()).toEqual(ids);
  });

  it("are refused by a worker of another version", async () => {
    expect(await findAnalysisTask("brightness")).toBeNull();
  });

  it("have the types of their subjects, parameters and results", () => {
    const kind = defineAnalysis({
      id: "example",
      label: "Example",
      priority: "background",
      subject: "archive",
      parameters: [
        { name: "levels", label: "Levels", description: "", kind: "integer", default: 1, minimum: 1, maximum: 9 },
        { name: "scale", label: "Scale", description: "", kind: "choice", default: "linear", choices: ["linear", "nines"] },
        { name: "exact", label: "Exact", description: "", kind: "boolean", default: false },
      ],
      computesAgain: false,
      result: record({ mean: number }),
    });
    const question = kind.readQuestion({ runId: "r", generation: 3, levels: 2, scale: "nines", exact: true });
    expectTypeOf(question).toExtend<{ runId: string; generation: number; levels: number; scale: "linear" | "nines"; exact: boolean }>();
    expectTypeOf(kind.readResult).returns.toEqualTypeOf<{ mean: number }>();
    expectTypeOf(kind.id).toEqualTypeOf<"example">();
    expect(() => kind.readQuestion({ runId: "r", generation: 3, levels: 2, scale: "log", exact: true })).toThrow("linear, nines");
  });
});
