/** Imports of files of other programs: previewed, mapped, stored all at once or not at all, undone, and apart by workspace. */
import { importLimits } from "@pareidolia/exchange/imports/foreignData";
import { encodePng } from "@pareidolia/images/png";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStranger, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { archiveOf, makeProductExport } from "../../support/productExport.ts";
import { carryOutImport, changeImport, handIn, importRowId, readImport } from "../../support/productImport.ts";
import { zipOf as zipFiles } from "../../support/zipFiles.ts";
import { zipOf } from "../../support/zipOf.ts";
import { fixture } from "../../unit/exchange/imports/fixture.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

const text = (content: string) => new TextEncoder().encode(content);
const png = (grey: number) => encodePng({ width: 4, height: 4, channels: 1, pixels: new Uint8Array(16).fill(grey) });
const results = () =>
  zipOf({
    "mmm/bestfit.dat": "0 0.1 0.15 0.3 10 0.05\n50 0.92 0.9 0.99999 3 0.4\n",
    "mmm/map_gen_50/map_50_1_0.92.png": png(20),
    "mmm/map_gen_50/map_50_0_0.99999.png": png(10),
    "mmm/map_gen_50/map_50_2_0.5.png": "no image",
  });

async function previewed(bytes: Uint8Array, fileName: string): Promise<string> {
  const id = await handIn(api, bytes, fileName);
  await carryOutImport(api, id);
  return id;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the answer
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const { body } = await api.query(query, variables);
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

const rowCounts = async () => ({
  runs: await api.database.connection.run.count(),
  experiments: await api.database.connection.experiment.count(),
  images: await api.database.connection.importedImage.count(),
});

describe("an import", () => {
  it("shows what it would make before it stores anything, and stores it with images, figures and a report", async () => {
    const before = await rowCounts();
    const id = await previewed(await results(), "run one.zip");
    const ready = await readImport(api, id);
    expect(ready).toMatchObject({ state: "READY", format: { id: "sferes" }, report: null, runCount: 0 });
    expect(ready.preview).toMatchObject({
      runCount: 1,
      imageCount: 3,
      experimentName: "run one",
      runs: [{ key: "mmm", name: "mmm", imageCount: 3, hasCurve: true, metrics: { fitnessMedian: 0.92 } }],
    });
    expect(await rowCounts()).toEqual(before);

    const started = await changeImport(api, "startImport", { importId: id, experimentName: "Released code" });
    expect(started.import.state).toBe("WRITING");
    expect(await rowCounts()).toEqual(before);
    await carryOutImport(api, id);
    const done = await readImport(api, id);
    expect(done).toMatchObject({
      state: "SUCCEEDED",
      runCount: 1,
      experiments: [{ name: "Released code" }],
      report: { runCount: 1, imageCount: 2, skippedCount: 1 },
    });
    expect(done.report.skipped[0].what).toContain("map_50_2_0.5.png");

    const { runs } = await ask(`{ runs(search: "kind = imported AND method = sferes", first: 5) { nodes { key name state kind
      ... on ImportedRun { metrics sourceKey import { fileName } curve { generation median }
        images(first: 10) { nodes { index niche claimed image { width height } } totalCount } } } } }`);
    expect(runs.nodes[0]).toMatchObject({
      name: "mmm",
      state: "SUCCEEDED",
      kind: "imported",
      sourceKey: "mmm",
      metrics: { fitnessMaximum: 0.99999 },
      import: { fileName: "run one.zip" },
      curve: [
        { generation: 0, median: 0.1 },
        { generation: 50, median: 0.92 },
      ],
    });
    expect(runs.nodes[0].images).toEqual({
      nodes: [
        { index: 0, niche: 0, claimed: 0.99999, image: { width: 4, height: 4 } },
        { index: 1, niche: 1, claimed: 0.92, image: { width: 4, height: 4 } },
      ],
      totalCount: 2,
    });
  });

  it("of metric histories stores the curves of each run, and an export of them is restored with the same content", async () => {
    const id = await previewed(text("Step,first - loss,second - loss\n0,1,3\n10,0.5,\n"), "chart.csv");
    const ready = await readImport(api, id);
    expect(ready.preview).toMatchObject({
      runCount: 2,
      runs: [{ name: "first", hasCurve: true, metrics: { loss: 0.5 } }, { name: "second" }],
    });
    await changeImport(api, "startImport", { importId: id, experimentName: "Curves" });
    await carryOutImport(api, id);
    const done = await readImport(api, id);
    const query = `{ runs(search: "kind = imported AND method = wandb", first: 20) { nodes { name
      ... on ImportedRun { metrics histories { metric steps values } } } } }`;
    const named = async (): Promise<{ metrics: object; histories: object[] }[]> =>
      (await ask(query)).runs.nodes.filter(({ name }: { name: string }) => name === "first");
    const [first] = await named();
    expect(first).toMatchObject({ metrics: { loss: 0.5 }, histories: [{ metric: "loss", steps: [0, 10], values: [1, 0.5] }] });
    const input = { subject: "EXPERIMENT", subjectId: done.experiments[0].key };
    const made = await makeProductExport(api, input);
    const again = await previewed(await archiveOf(api, made.url), "export.zip");
    await changeImport(api, "startImport", { importId: again });
    await carryOutImport(api, again);
    const restored = await readImport(api, again);
    expect([restored.state, restored.failure]).toEqual(["SUCCEEDED", null]);
    const copy = await makeProductExport(api, { ...input, subjectId: restored.experiments[0].key });
    expect(copy.content).toBe(made.content);
    expect((await named()).map(({ histories }) => histories)).toEqual([first?.histories, first?.histories]);
  });

  it("cannot be forked, rerun, resumed or verified, and says why", async () => {
    const { runs } = await ask(`{ runs(search: "kind = imported", first: 1) { nodes { id key } } }`);
    const [run] = runs.nodes;
    const errors = "__typename ... on Error { message }";
    const { forkRun, verifyRun, resumeRun, rerunRuns } = await ask(
      `mutation ($id: ID!, $fork: ForkRunInput!) { forkRun(input: $fork) { ${errors} } verifyRun(input: { runId: $id }) { ${errors} }
        resumeRun(input: { runId: $id }) { ${errors} } rerunRuns(input: { runIds: [$id], seeds: SAME }) { ${errors}
          ... on RerunRunsSuccess { items { skipped message } } } }`,
      { id: run.id, fork: { runId: run.id, generation: 0 } },
    );
    const reason = /it was imported, and another program computed it/;
    for (const answer of [forkRun, verifyRun, resumeRun]) expect(answer.message).toMatch(reason);
    expect(rerunRuns.items).toEqual([{ skipped: "IMPORTED", message: "It was imported, so it cannot be computed here." }]);
  });

  it("maps columns as a member chooses", async () => {
    const id = await previewed(await fixture("wandbPage.csv"), "export.csv");
    const { preview } = await readImport(api, id);
    expect(preview.columns).toContainEqual(expect.objectContaining({ column: "accuracy", role: "METRIC" }));
    const refused = await changeImport(api, "mapImportColumns", { importId: id, columns: [{ column: "none", use: "METRIC" }] });
    expect(refused).toMatchObject({ __typename: "InvalidInputError", field: "input.columns.0.column" });
    const columns = [
      { column: "accuracy", use: "IGNORED" },
      { column: "batch_size", use: "METRIC" },
      { column: "User", use: "TAG" },
    ];
    expect(await changeImport(api, "mapImportColumns", { importId: id, columns })).toMatchObject({ import: { state: "INSPECTING" } });
    await carryOutImport(api, id);
    const mapped = (await readImport(api, id)).preview;
    expect(mapped.runs[0].metrics).toEqual({ "val/loss": 0.5, batch_size: 32 });
    expect(mapped.runs[0].parameters).toEqual({ optimizer: "adam" });
    expect(mapped.runs[0].tags).toContainEqual(expect.stringMatching(/^User=/));
    expect(mapped.unmapped).toContain("accuracy");
  });

  it("stores the names of runs as one line that shows every character", async () => {
    const written = new TextDecoder().decode(await fixture("mlflow.csv"));
    const id = await previewed(text(written.replace(",first,", ',"safe\u202Egpj.exe\nsecond\u200B line",')), "names.csv");
    await changeImport(api, "startImport", { importId: id, experimentName: "Names" });
    await carryOutImport(api, id);
    const { importId } = await api.database.connection.run.findFirstOrThrow({ where: { name: "second" }, orderBy: { number: "desc" } });
    const runs = await api.database.connection.run.findMany({ where: { importId }, orderBy: { number: "asc" } });
    expect(runs.map(({ name }) => name)).toEqual(["safegpj.exe second line", "second", "third"]);
  });

  it("goes to the trash when it is undone, with the experiment that it made, and can be restored", async () => {
    const id = await previewed(await fixture("mlflow.csv"), "mlflow.csv");
    await changeImport(api, "startImport", { importId: id });
    await carryOutImport(api, id);
    expect(await readImport(api, id)).toMatchObject({ runCount: 3, experiments: [{ name: "mlflow" }] });
    expect(await changeImport(api, "undoImport", { importId: id })).toMatchObject({ runCount: 3, refused: [], import: { runCount: 0 } });
    expect(await changeImport(api, "undoImport", { importId: id })).toMatchObject({ runCount: 0, refused: [] });
    const { trash } = await ask("{ trash(first: 1) { nodes { name runCount } } }");
    expect(trash.nodes).toEqual([{ name: "mlflow", runCount: 3 }]);
  });

  it("keeps an experiment that has other runs, and moves only its own to the trash", async () => {
    const { experiments } = await ask(`{ experiments(search: "name ~ Released", first: 1) { nodes { id key } } }`);
    const [target] = experiments.nodes;
    const id = await previewed(await fixture("mlflow.csv"), "again.csv");
    expect((await readImport(api, id)).preview.warnings[0]).toContain("was imported on");
    await changeImport(api, "startImport", { importId: id, experimentId: target.key });
    await carryOutImport(api, id);
    expect(await readImport(api, id)).toMatchObject({ runCount: 3, experiments: [{ key: target.key }] });
    await changeImport(api, "undoImport", { importId: id });
    const { node } = await ask("query ($id: ID!) { node(id: $id) { ... on Experiment { runCount } } }", { id: target.id });
    expect(node.runCount).toBe(1);
  });

  it("returns the same import for the same key, and starts once", async () => {
    const id = await previewed(await fixture("pyribs.csv"), "archive.csv");
    const input = { importId: id, experimentName: "Archive" };
    expect((await changeImport(api, "startImport", input)).import.state).toBe("WRITING");
    expect((await changeImport(api, "startImport", input)).import.state).toBe("WRITING");
    expect(await changeImport(api, "startImport", { ...input, experimentName: "Other" })).toMatchObject({
      message: "This import has started already.",
    });
    await Promise.all([carryOutImport(api, id), carryOutImport(api, id)]);
    await carryOutImport(api, id);
    expect(await api.database.connection.run.count({ where: { importId: importRowId(id) } })).toBe(1);
  });
});

describe("an import that does not end well", () => {
  it("stores nothing when its worker dies in the middle, and is carried out by another", async () => {
    const id = await previewed(await results(), "killed.zip");
    await changeImport(api, "startImport", { importId: id });
    const before = await rowCounts();
    // The store takes the first image, and never answers for the second: the worker is then lost.
    const stop = new AbortController();
    let puts = 0;
    const objectStore = {
      ...api.objectStore,
      get: api.objectStore.get.bind(api.objectStore),
      put: async (...object: Parameters<typeof api.objectStore.put>) => {
        if (++puts < 2) return api.objectStore.put(...object);
        stop.abort();
        throw new Error("lost");
      },
    };
    await carryOutImport({ database: api.database, objectStore }, id, { stop: stop.signal });
    expect(await rowCounts()).toEqual(before);
    expect(await readImport(api, id)).toMatchObject({ state: "WRITING", runCount: 0 });
    await carryOutImport(api, id);
    expect(await readImport(api, id)).toMatchObject({ state: "SUCCEEDED", runCount: 1 });
  });

  it("stores nothing when its rows cannot be written", async () => {
    const id = await previewed(await results(), "archived.zip");
    const { createExperiment } = await ask(
      `mutation { createExperiment(input: { name: "Soon archived" }) { ... on CreateExperimentSuccess { experiment { id } } } }`,
    );
    const experimentId = createExperiment.experiment.id;
    await changeImport(api, "startImport", { importId: id, experimentId });
    await ask(`mutation ($input: ArchiveExperimentInput!) { archiveExperiment(input: $input) { __typename } }`, {
      input: { experimentId },
    });
    const before = await rowCounts();
    await carryOutImport(api, id);
    expect(await readImport(api, id)).toMatchObject({ state: "FAILED", failure: expect.stringContaining("archived or in the trash") });
    expect(await rowCounts()).toEqual(before);
  });

  it("can be cancelled, before and after the file is read", async () => {
    const id = await handIn(api, await results(), "cancelled.zip");
    expect((await changeImport(api, "cancelImport", { importId: id })).import.state).toBe("CANCELLED");
    await carryOutImport(api, id);
    expect(await readImport(api, id)).toMatchObject({ state: "CANCELLED", preview: null });
    expect(await changeImport(api, "startImport", { importId: id })).toMatchObject({ message: expect.stringContaining("was cancelled") });
  });

  it.each([
    ["nonsense", text("hello"), /it is not an archive, NumPy array, CSV or Parquet table/],
    ["a pickle", Uint8Array.of(0x80, 4, 0x95, 1, 2, 3), /it is a pickle, which is a program/],
    ["a table of prices", text("name,price\napple,1\n"), /neither those of a pyribs archive/],
    ["a table of 6,000 columns", text(`run_id,${Array.from({ length: 6_000 }, (_, i) => `c${i}`).join(",")}\n`), /columns|cells/],
    [
      "brackets that never close",
      text(`Name,State,config,summary\na,finished,"${"[".repeat(30_000)}",{}\n`),
      /^FAILED This file cannot be imported: /,
    ],
  ])("refuses %s with a message", async (_, bytes, message) => {
    const id = await previewed(bytes, "file.bin");
    const { state, failure } = await readImport(api, id);
    expect(`${state} ${failure}`).toMatch(message);
  });

  it("ends the reading of an archive that unpacks to more than it may", async () => {
    const zeros = new Uint8Array(importLimits.tableBytes + 1);
    // By zlib, since the product's compression takes several times as long.
    const id = await previewed(zipFiles([{ name: "x.npy", content: zeros }]), "bomb.zip");
    expect(await readImport(api, id)).toMatchObject({ state: "FAILED", failure: expect.stringMatching(/bytes; the limit is|unpacks/) });
  });
});

describe("imports of two workspaces", () => {
  it("are apart: another workspace neither sees nor starts them", async () => {
    await createStranger(api.database);
    const outsider = stranger;
    const id = await previewed(await fixture("mlflow.csv"), "ours.csv");
    expect(await readImport(api, id, outsider)).toBeNull();
    expect(await changeImport(api, "startImport", { importId: id }, outsider)).toMatchObject({ message: "There is no such import." });
    const theirs = await handIn(api, await fixture("mlflow.csv"), "theirs.csv", outsider);
    await carryOutImport(api, theirs);
    expect((await readImport(api, theirs, outsider)).preview.warnings.join()).not.toContain("was imported on");
    const { body } = await api.query("{ imports(first: 50) { nodes { fileName } } }", {}, outsider);
    expect(body.data.imports.nodes).toEqual([{ fileName: "theirs.csv" }]);
    expect(await readImport(api, theirs, localOwner)).toBeNull();
  });
});
