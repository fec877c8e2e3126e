/** The demo runs of a new installation: the launcher starts them through the public API, once. */
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { startDemoRuns } from "@pareidolia/launcher/demoRuns";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { expect, it } from "vitest";
import { startTestApi } from "../../support/api.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

const query = "{ runs(first: 10) { nodes { state experiment { name } ... on EvolutionRun { encoding preset generations } } } }";

it("start once, on a system without experiments", async () => {
  const api = await startTestApi();
  try {
    const { connection } = api.database;
    await seedLocalOwner(connection);
    await seedModels(connection, (await readListedModels({ cacheFolder: sharedCacheFolder() })).models);
    expect(await startDemoRuns(api.url)).toBe(3);
    expect(await startDemoRuns(api.url)).toBe(0);
    const run = { state: "QUEUED", experiment: { name: "MNIST, two encodings" }, generations: 200 };
    const { nodes } = (await api.query(query)).body.data.runs;
    expect(nodes).toHaveLength(3);
    expect(nodes).toEqual(
      expect.arrayContaining([
        { ...run, encoding: "direct", preset: "paper" },
        { ...run, encoding: "cppn", preset: "normalised" },
        { ...run, encoding: "cppn", preset: "released-code" },
      ]),
    );
  } finally {
    await api.close();
  }
});

it("do not start without LeNet", async () => {
  const api = await startTestApi();
  try {
    await seedLocalOwner(api.database.connection);
    expect(await startDemoRuns(api.url)).toBe(0);
  } finally {
    await api.close();
  }
});
