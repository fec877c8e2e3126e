/** Transfer in one query about networks of different classes, over real HTTP and Postgres. */
import { toFloatImage } from "@pareidolia/core/image";
import { decodePng } from "@pareidolia/images/png";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { ModelToOpen } from "@pareidolia/workers/classifierShelf";
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";

const letters = { ...testModel, id: "letters", name: "Letters", sha256: "2".repeat(64), labels: ["a", "b", "c"] };
const spelling = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 3 });

let api: MutationApi;
beforeAll(async () => {
  api = await startMutationApi();
  const { database, objectStore } = api;
  const runId = await seedRun(database, { model: letters });
  await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier: spelling }));
});
afterAll(() => api.close());

describe("transfer over two label spaces", () => {
  it("reports unscored pairs within each label space only, and none after scoring", async () => {
    const matrix =
      '{ transferMatrix(runIds: ["RUN-1", "RUN-2"]) { unscored models { slug } cells { source { slug } other { slug } images } } }';
    // The twin has not scored five elites, and no other network has the classes of the three letters.
    expect((await api.query(matrix)).body.data.transferMatrix.unscored).toBe(5);
    await api.mutate("scoreTransfer", { runIds: ["RUN-1", "RUN-2"] });
    const { id } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "transfer" } });
    const { openClassifier, ...context } = api.context();
    await analyse(
      { analysisId: id },
      { ...context, openClassifier: async (model) => (model.slug === "letters" ? spelling : openClassifier(model)) },
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

describe("transfer of one image that holds every niche", () => {
  it("counts the image once, for the top class of its own network", async () => {
    const { database, objectStore } = api;
    const runId = await seedRun(database, { generations: 1, offspring: 2, seed: 7 });
    await carryOutRun({ runId }, api.context());
    const elites = await database.connection.elite.findMany({ where: { runId, replacedAt: null }, include: { genome: true } });
    const [first] = elites;
    if (first === undefined) throw new Error("There is no elite.");
    // Let the first image hold every niche, whatever the second generation found.
    await database.connection.elite.updateMany({ where: { runId, replacedAt: null }, data: { genomeId: first.genomeId } });
    const { number } = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    const image = decodePng(await objectStore.get(imageKey(first.genome.imageSha256)));
    const { openClassifier } = api.context();
    const [, other] = await Promise.all(["linear", "twin"].map((slug) => openClassifier({ slug } as ModelToOpen)));
    const top = elites.reduce((best, elite) => (elite.storedFitness > best.storedFitness ? elite : best));
    const matrix = `{ transferMatrix(runIds: ["RUN-${number}"]) { unscored cells { source { slug } other { slug } images otherConfidence { value } } } }`;
    expect(elites.length).toBe(5);
    expect((await api.query(matrix)).body.data.transferMatrix.unscored).toBe(1);
    await api.mutate("scoreTransfer", { runIds: [`RUN-${number}`] });
    const { id } = await database.connection.analysis.findFirstOrThrow({ where: { kind: "transfer", state: "QUEUED" } });
    await analyse({ analysisId: id }, api.context());
    const { unscored, cells } = (await api.query(matrix)).body.data.transferMatrix;
    expect(unscored).toBe(0);
    const counts = cells.map(({ other: { slug }, images }: { other: { slug: string }; images: number }) => [slug, images]);
    expect(counts.sort()).toEqual([
      ["linear", 1],
      ["twin", 1],
    ]);
    const confidence = (await other?.predict([toFloatImage(image)]))?.probabilities[top.niche];
    const shown = cells.find((cell: { other: { slug: string } }) => cell.other.slug === "twin").otherConfidence[0].value;
    expect(shown).toBeCloseTo(confidence as number, 6);
  });
});
