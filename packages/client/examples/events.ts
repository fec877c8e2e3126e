/** Starts an evolution, and prints its progress while it runs: every event once, even across lost connections. */
import { createClient } from "@pareidolia/client";
import { successOf } from "@pareidolia/client/errors";
import { createExperiment, models, runEvents, startEvolution } from "@pareidolia/client/operations";

const client = createClient({ url: process.env.PAREIDOLIA_URL ?? "http://localhost:3000", token: process.env.PAREIDOLIA_KEY });

const { experiment } = successOf((await client.mutate(createExperiment, { input: { name: "Followed" } })).createExperiment);
const model = (await client.query(models)).models.nodes.find(({ slug }) => slug === "lenet");
if (model === undefined) throw new Error("This server has no LeNet.");

const input = { experimentId: experiment.id, modelId: model.id, encoding: "cppn", preset: "paper", seed: 7, generations: 5, offspring: 20 };
const { run } = successOf((await client.mutate(startEvolution, { input })).startEvolution);

for await (const { runEvents: event } of client.subscribe(runEvents, { runId: run.key })) {
  const last = event.statistics.at(-1);
  if (last === undefined) console.log(`${event.seq}  ${event.run.state}`);
  else console.log(`${event.seq}  generation ${last.generation}, median confidence ${last.median?.toFixed(3)}`);
}
console.log(`${run.key} has ended`);
