/** Trajectories and perturbations of all runs by GraphQL, as the gallery lists them, over real HTTP and Postgres. */
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readGallery } from "../../support/galleryStatements.ts";
import { findLeaks } from "../../support/leaks.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;
let ascent: { id: string; key: string };
let attack: { id: string; key: string };
beforeAll(async () => {
  api = await startMutationApi();
  const shared = { experimentId: "EXP-1", modelId: api.modelId, seed: 3 };
  const ascentInput = { ...shared, preset: await api.presetOf(), parameters: { iterations: 5 }, classes: [1, 4], starts: 2 };
  ascent = (await api.mutate("startAscent", ascentInput)).run;
  await carryOutRun({ runId: await api.runIdOf(ascent.key) }, api.context());
  const { id: sourceId } = await api.storePhoto();
  const attackInput = { ...shared, sourceId, attack: "pgd", preset: await api.presetOf("pgd"), bounds: [1, 64] };
  attack = (await api.mutate("startPerturbation", attackInput)).run;
  await carryOutRun({ runId: await api.runIdOf(attack.key) }, api.context());
});
afterAll(() => api.close());

interface Row {
  readonly id: string;
  readonly label: string;
  readonly storedConfidence: number;
  readonly success?: boolean;
}
async function list(field: "trajectories" | "perturbations", args: string): Promise<{ totalCount: number; nodes: Row[] }> {
  const fields = field === "trajectories" ? "label" : "label: storedLabel success";
  const { body } = await api.query(`{ ${field}(${args}) { totalCount pageInfo { endCursor } nodes { id storedConfidence ${fields} } } }`);
  expect(body.errors).toBeUndefined();
  return body.data[field];
}

describe("the trajectories of all ascents", () => {
  it("are sorted by confidence, and paged without gaps", async () => {
    const all = await list("trajectories", "first: 10");
    expect(all.totalCount).toBe(4);
    const confidences = all.nodes.map(({ storedConfidence }) => storedConfidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    const read: string[] = [];
    let after = "null";
    for (let page = 0; page < 4; page++) {
      const query = `{ trajectories(first: 1, after: ${after}, orderBy: { field: CREATED_AT, direction: ASC }) { pageInfo { endCursor } nodes { id } } }`;
      const { trajectories } = (await api.query(query)).body.data;
      read.push(...trajectories.nodes.map(({ id }: Row) => id));
      after = JSON.stringify(trajectories.pageInfo.endCursor);
    }
    expect([...read].sort()).toEqual(all.nodes.map(({ id }) => id).sort());
  });

  it("are filtered by run, experiment, model, method, label, label space and confidence", async () => {
    const { body } = await api.query("{ models { nodes { slug labelSpace } } }");
    const { labelSpace } = body.data.models.nodes[0];
    expect((await list("trajectories", 'filter: { label: ["4"] }')).nodes.map(({ label }) => label)).toEqual(["4", "4"]);
    for (const filter of [
      `runId: "${ascent.key}"`,
      'experimentId: "EXP-1"',
      `modelId: "${api.modelId}"`,
      'method: ["gradient-ascent"]',
      `labelSpace: "${labelSpace}"`,
      "minimumConfidence: 0",
    ])
      expect((await list("trajectories", `filter: { ${filter} }`)).totalCount, filter).toBe(4);
    for (const filter of [`runId: "${attack.key}"`, 'method: ["pgd"]', 'label: ["nothing"]', 'labelSpace: "other"', "maximumConfidence: 0"])
      expect((await list("trajectories", `filter: { ${filter} }`)).totalCount, filter).toBe(0);
  });

  it("include the parameters of each trajectory", async () => {
    const { nodes } = (await api.query("{ trajectories(first: 1) { nodes { parameters createdAt run { key } } } }")).body.data.trajectories;
    expect(nodes[0]).toMatchObject({ parameters: { iterations: 5 }, createdAt: expect.any(String), run: { key: ascent.key } });
  });
});

describe("the results of all attacks", () => {
  it("are filtered by success, and by the label of the result", async () => {
    const all = await list("perturbations", "first: 10");
    expect(all.totalCount).toBe(2);
    const fooled = all.nodes.filter(({ success }) => success);
    expect((await list("perturbations", "filter: { success: true }")).nodes.map(({ id }) => id)).toEqual(fooled.map(({ id }) => id));
    expect((await list("perturbations", "filter: { success: false }")).totalCount).toBe(2 - fooled.length);
    for (const { label } of all.nodes)
      for (const node of (await list("perturbations", `filter: { label: ["${label}"] }`)).nodes) expect(node.label).toBe(label);
    expect((await list("perturbations", `filter: { runId: "${ascent.key}" }`)).totalCount).toBe(0);
  });
});

it.each([
  ["ascent", 4],
  ["perturbation", 2],
] as const)("a gallery page of %s results takes at most 4 statements, images included", async (kind, count) => {
  const { list: page, statements } = await readGallery(api, kind);
  expect([page.nodes.length, page.totalCount]).toEqual([count, count]);
  expect(statements).toBeGreaterThan(0);
  expect(statements).toBeLessThanOrEqual(4);
  for (const { image } of page.nodes) {
    const selection = "... on Image { id url width height }";
    expect((await api.query(`{ node(id: "${image.id}") { ${selection} } }`)).body.data.node).toEqual(image);
  }
});

it.each([
  "{ trajectories(filter: { minimumConfidence: 2 }) { totalCount } }",
  '{ trajectories(after: "W10") { totalCount } }',
  '{ perturbations(filter: { runId: "EXP-1" }) { totalCount } }',
  '{ perturbations(filter: { runId: "RUN-999" }) { totalCount } }',
])("the API answers %s with a 4xx status and a readable error", async (query) => {
  const { status, text } = await api.query(query);
  expect([status >= 400 && status < 500, JSON.parse(text).errors.length > 0]).toEqual([true, true]);
  expect(findLeaks(text)).toEqual([]);
});
