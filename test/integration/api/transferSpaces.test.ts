/** Transfer within one question about networks of different classes, over real HTTP and Postgres. */
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { evolveRun } from "@pareidolia/workers/tasks/evolveRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AskedApi, startAskedApi } from "../../support/askedApi.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";

const letters = { ...testModel, id: "letters", name: "Letters", sha256: "2".repeat(64), labels: ["a", "b", "c"] };
const spelling = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 3 });

let api: AskedApi;
beforeAll(async () => {
  api = await startAskedApi();
  const { database, objectStore } = api;
  const runId = await seedRun(database, { model: letters });
  await evolveRun({ runId }, evolveContext({ database, objectStore, classifier: spelling }));
});
afterAll(() => api.close());

describe("transfer over two label spaces", () => {
  it("misses the pairs of an image and a network of its own classes, and none once those are scored", async () => {
    const matrix =
      '{ transferMatrix(runIds: ["RUN-1", "RUN-2"]) { unscored models { slug } cells { source { slug } other { slug } images } } }';
    // Five elites that the twin has not seen; the three letters have no other network.
    expect((await api.query(matrix)).body.data.transferMatrix.unscored).toBe(5);
    await api.mutate("scoreTransfer", { runIds: ["RUN-1", "RUN-2"] });
    const { id } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "transfer" } });
    const { openClassifier, ...context } = api.context();
    await analyse(
      { analysisId: id },
      { ...context, openClassifier: async (asked) => (asked.slug === "letters" ? spelling : openClassifier(asked)) },
    );
    const { unscored, models, cells } = (await api.query(matrix)).body.data.transferMatrix;
    expect([unscored, models.map(({ slug }: { slug: string }) => slug).sort()]).toEqual([0, ["letters", "linear", "twin"]]);
    const pairs = cells.map(({ source, other, images }: Record<string, { slug: string }>) => [source?.slug, other?.slug, images]);
    expect(pairs.sort()).toEqual([
      ["letters", "letters", 3],
      ["linear", "linear", 5],
      ["linear", "twin", 5],
    ]);
  });
});
