/** Runs an evolution for two mutation rates with three seeds each, follows the sweep, and prints the median confidence of each point. */
import { createClient } from "@pareidolia/client";
import { successOf } from "@pareidolia/client/errors";
import { waitForSweep } from "@pareidolia/client/jobs/followWork";
import { createExperiment, findSweep, models, startSweep } from "@pareidolia/client/operations";

const client = createClient({ url: process.env.PAREIDOLIA_URL ?? "http://localhost:3000", token: process.env.PAREIDOLIA_KEY });

const { experiment } = successOf((await client.mutate(createExperiment, { input: { name: "Mutation rates" } })).createExperiment);
const model = (await client.query(models)).models.nodes.find(({ slug }) => slug === "lenet");
if (model === undefined) throw new Error("This server has no LeNet.");

const run = { experimentId: experiment.id, modelId: model.id, encoding: "direct", preset: "paper", seed: 1, generations: 5, offspring: 20 };
const axes = [{ path: "parameters.mutationRate", values: [0.05, 0.2] }];
const started = await client.mutate(startSweep, { input: { run: { evolution: run }, axes, replicates: 3 } });
const { sweep } = successOf(started.startSweep);

const ended = await waitForSweep(client, sweep.key, {
  onChange: ({ progress, runCount }) => console.log(`${progress.succeeded} of ${runCount} runs`),
});

const results = (await client.query(findSweep, { id: ended.key })).sweep?.results;
for (const { values, median } of results?.points ?? [])
  console.log(`rate ${values.join(", ")}: median confidence ${median?.estimate.toFixed(3)}`);
