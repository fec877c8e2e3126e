/** Results of a study when another network scores its images: queued as after a vote, at once or by recovery. */
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { writeScores } from "@pareidolia/persistence/lab/scores/writeScores";
import { recoverOnce } from "@pareidolia/workers/recovery";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { startVoteWatch } from "@pareidolia/workers/studies/voteWatch";
import { computeStudyResults } from "@pareidolia/workers/tasks/computeStudyResults.task";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AskedImage, castBallot, computeResults, openStudyOf } from "../../support/askedImages.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;
let queue: Queue;
let computer: StudyComputer;
let images: AskedImage[];
let studyId: string;

const modelIdOf = async (slug: string) => (await api.database.connection.model.findFirstOrThrow({ where: { slug } })).id;

/** Scores of the images, each with its own label first. */
const score = async (slug: string, scored: readonly AskedImage[]) => {
  const modelId = await modelIdOf(slug);
  const rows = scored.map(({ sha256, label }) => ({
    image: { sha256 },
    probabilities: Float32Array.from({ length: 5 }, (_, index) => (index === label ? 0.6 : 0.1)),
  }));
  await api.database.transaction(({ connection }) => writeScores(connection, modelId, rows));
};

const statusOfJob = () => api.database.transaction(({ executor }) => queue.statusOf(executor, "computeStudyResults", { studyId }));
const endJobs = () => api.database.connection.$executeRaw`
  UPDATE pareidolia_jobs.job SET state = 'completed' WHERE name = 'computeStudyResults'`;
const recover = () => recoverOnce({ database: api.database, queue, leaseSeconds: 60, onAlarm: () => {} });
const compute = async () => {
  await computeResults(api, studyId, { queue, computer });
  await endJobs();
};
/** Other networks in the results, each with the number of images that it has scored. */
async function networks() {
  const row = await api.database.connection.studyResult.findUniqueOrThrow({ where: { studyId_kind: { studyId, kind: "consistency" } } });
  const { planned } = row.result as unknown as {
    planned: { phases: { networks: { model: string; images: number }[] }[] };
  };
  return planned.phases[0]?.networks.map(({ model, images: count }) => [model, count]);
}

beforeAll(async () => {
  api = await startMutationApi();
  queue = await openQueue({ url: api.databaseUrl });
  computer = new StudyComputer();
});
afterAll(async () => {
  await computer.close();
  await queue.close();
  await api.close();
});

beforeEach(async () => {
  const { connection } = api.database;
  await connection.score.deleteMany({ where: { modelId: await modelIdOf("twin") } });
  const rows = await connection.elite.findMany({
    where: { replacedAt: null },
    orderBy: { niche: "asc" },
    include: { genome: { select: { imageSha256: true } } },
  });
  images = [...new Map(rows.map(({ niche, genome }) => [genome.imageSha256, { label: niche, sha256: genome.imageSha256 }])).values()];
  const study = await openStudyOf(api, images.slice(0, 3));
  studyId = study.study.id;
  for (const answers of [
    [true, true, false],
    [true, false, true],
  ])
    await castBallot(api, study, { answers });
  await compute();
});

describe("the results of a study whose images another network scores", () => {
  it("are queued within moments, and have the network's answers beside people's", async () => {
    expect(await networks()).toEqual([]);
    await recover();
    expect(await statusOfJob()).toBe("absent");
    const errors: unknown[] = [];
    const { databaseUrl: url, database } = api;
    const watch = await startVoteWatch({ url, database, queue, milliseconds: 20, onError: (error) => errors.push(error) });
    try {
      await score("twin", images.slice(0, 2));
      await expect.poll(statusOfJob, { timeout: 10_000 }).toBe("pending");
    } finally {
      await watch.close();
    }
    expect(errors).toEqual([]);
    await compute();
    expect(await networks()).toEqual([["Twin", 2]]);
    await recover();
    expect(await statusOfJob()).toBe("absent");
  });

  it("are queued by recovery if no worker learned of the scores", async () => {
    await score("twin", images.slice(0, 1));
    expect(await statusOfJob()).toBe("absent");
    await recover();
    expect(await statusOfJob()).toBe("pending");
    await compute();
    expect(await networks()).toEqual([["Twin", 1]]);
  });

  it("are queued again by the task if scores arrive while it computes", async () => {
    const late = {
      compute: async (...given: Parameters<StudyComputer["compute"]>) => {
        const results = await computer.compute(...given);
        await score("twin", images.slice(0, 3));
        return results;
      },
    };
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    await computeStudyResults({ studyId }, { database: api.database, queue, computer: late, stop: new AbortController().signal, log });
    expect(await networks()).toEqual([]);
    expect(await statusOfJob()).toBe("pending");
    await compute();
    expect(await networks()).toEqual([["Twin", 3]]);
  });

  it("stay as they are after scores of the network that gave the labels, of networks with other classes, and of other images", async () => {
    const { connection } = api.database;
    await connection.score.deleteMany({ where: { modelId: await modelIdOf("linear"), imageSha256: images[0]?.sha256 ?? "" } });
    await score("linear", images.slice(0, 1));
    await score("twin", images.slice(3));
    const twin = await modelIdOf("twin");
    const { labelSpace } = await connection.model.findUniqueOrThrow({ where: { id: twin } });
    await connection.model.update({ where: { id: twin }, data: { labelSpace: "other" } });
    await score("twin", images.slice(0, 1));
    await connection.model.update({ where: { id: twin }, data: { labelSpace } });
    await recover();
    expect(await statusOfJob()).toBe("absent");
  });

  it("distinguish the network from one of the same name that gave the labels", async () => {
    const { connection } = api.database;
    const twin = await modelIdOf("twin");
    await connection.model.update({ where: { id: twin }, data: { name: "Linear" } });
    await score("twin", images.slice(0, 2));
    await compute();
    await connection.model.update({ where: { id: twin }, data: { name: "Twin" } });
    expect(await networks()).toEqual([["Linear (2)", 2]]);
  });

  it("are queued once: repeated scores are no news", async () => {
    await score("twin", images.slice(0, 2));
    await compute();
    await score("twin", images.slice(0, 2));
    await recover();
    expect(await statusOfJob()).toBe("absent");
  });
});
