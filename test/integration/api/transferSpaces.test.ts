/** Transfer within one question about networks of different classes, over real HTTP and Postgres. */
import { toFloatImage } from "@pareidolia/core/image";
import { decodePng } from "@pareidolia/images/png";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
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

describe("transfer of one image that holds every class", () => {
  it("counts it once, for the class that its own network is surest of", async () => {
    const { database, objectStore } = api;
    const runId = await seedRun(database, { generations: 1, offspring: 2, seed: 7 });
    await carryOutRun({ runId }, api.context());
    const elites = await database.connection.elite.findMany({ where: { runId, replacedAt: null }, include: { genome: true } });
    const [first] = elites;
    if (first === undefined) throw new Error("There is no elite.");
    // Whatever the second generation found, the first image is all classes' now.
    await database.connection.elite.updateMany({ where: { runId, replacedAt: null }, data: { genomeId: first.genomeId } });
    const { number } = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    const image = decodePng(await objectStore.get(imageKey(first.genome.imageSha256)));
    const { openClassifier } = api.context();
    const [, other] = await Promise.all(["linear", "twin"].map((slug) => openClassifier({ slug } as ModelToOpen)));
    const surest = elites.reduce((best, elite) => (elite.storedFitness > best.storedFitness ? elite : best));
    const asked = `{ transferMatrix(runIds: ["RUN-${number}"]) { unscored cells { source { slug } other { slug } images otherConfidence { value } } } }`;
    expect(elites.length).toBe(5);
    expect((await api.query(asked)).body.data.transferMatrix.unscored).toBe(1);
    await api.mutate("scoreTransfer", { runIds: [`RUN-${number}`] });
    const { id } = await database.connection.analysis.findFirstOrThrow({ where: { kind: "transfer", state: "QUEUED" } });
    await analyse({ analysisId: id }, api.context());
    const { unscored, cells } = (await api.query(asked)).body.data.transferMatrix;
    expect(unscored).toBe(0);
    const told = cells.map(({ other: { slug }, images }: { other: { slug: string }; images: number }) => [slug, images]);
    expect(told.sort()).toEqual([
      ["linear", 1],
      ["twin", 1],
    ]);
    const confidence = (await other?.predict([toFloatImage(image)]))?.probabilities[surest.niche];
    const shown = cells.find((cell: { other: { slug: string } }) => cell.other.slug === "twin").otherConfidence[0].value;
    expect(shown).toBeCloseTo(confidence as number, 6);
  });
});
