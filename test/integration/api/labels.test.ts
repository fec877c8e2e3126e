/** Label filters over two label spaces, over real HTTP and Postgres: class 1 is a digit for one network and an animal for the other. */
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";

const animals = { ...testModel, id: "animals", name: "Animals", sha256: "3".repeat(64), labels: ["goldfish", "Tiger shark", "sea dog"] };

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  const { database, objectStore } = api;
  const input = { width: 8, height: 8, channels: 1 } as const;
  for (const [model, classes] of [
    [testModel, 5],
    [animals, 3],
  ] as const) {
    const runId = await seedRun(database, { model, generations: 2 });
    await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier: createLinearClassifier({ input, classes }) }));
  }
});
afterAll(() => api.close());

async function labelsOf(filter: string): Promise<string[]> {
  const { body } = await api.query(`{ elites(first: 100, filter: { ${filter} }) { totalCount nodes { label } } }`);
  expect(body.errors).toBeUndefined();
  const { nodes, totalCount } = body.data.elites;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ label }: { label: string }) => label).sort();
}

describe("a label filter", () => {
  it("finds a class by its label, and no class of another label space with the same index", async () => {
    expect(await labelsOf('label: ["Tiger shark"]')).toEqual(["Tiger shark"]);
    expect(await labelsOf('label: ["1", "goldfish"]')).toEqual(["1", "goldfish"]);
    expect(await labelsOf('label: ["tiger"]')).toEqual([]);
  });

  it("finds classes by a part of their label, ignoring case", async () => {
    expect(await labelsOf('labelContains: "SHARK"')).toEqual(["Tiger shark"]);
    expect(await labelsOf('labelContains: "g"')).toEqual(["Tiger shark", "goldfish", "sea dog"]);
    expect(await labelsOf('labelContains: "%"')).toEqual([]);
  });

  it("can be limited to one label space, in which an index means one class", async () => {
    const { nodes } = (await api.query("{ models { nodes { slug labelSpace } } }")).body.data.models;
    const { labelSpace } = nodes.find(({ slug }: { slug: string }) => slug === "animals");
    expect(await labelsOf(`niche: [1], labelSpace: "${labelSpace}"`)).toEqual(["Tiger shark"]);
    expect(await labelsOf("niche: [1]")).toEqual(["1", "Tiger shark"]);
    expect(await labelsOf('labelSpace: "labels:unknown"')).toEqual([]);
  });
});
