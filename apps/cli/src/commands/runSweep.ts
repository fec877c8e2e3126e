/** `pareidolia run sweep`: many runs that differ in some properties. */

import { successOf } from "@pareidolia/client/errors";
import { planSweep, startSweep } from "@pareidolia/client/operations";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { drawPairs } from "../output/table.ts";
import { pageAddress } from "../pageAddress.ts";
import { followSweep } from "./follow.ts";
import { type Input, readValue, withoutUndefined } from "./runInput.ts";
import { type KindOfRun, kinds, type RunOptions, readInput, sent, withExperiment } from "./runKinds.ts";

/** `path=a,b,c`, or `path=` and a JSON list. */
function readAxis(text: string): { readonly path: string; readonly values: readonly unknown[] } {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1)
    throw new CliError("usage", `--axis ${text} has no values. Write it like --axis parameters.sigma=0.5,1,2.`);
  const [path, given] = [text.slice(0, at), text.slice(at + 1)];
  const list = readValue(given);
  return { path, values: Array.isArray(list) ? list : given.split(",").map((value) => readValue(value.trim())) };
}

export async function sweep(context: Context, options: RunOptions): Promise<void> {
  const kind: KindOfRun = kinds[options.kind ?? "evolution"];
  const axes = (options.axis ?? []).map(readAxis);
  if (axes.length === 0) throw new CliError("usage", "Name at least one axis, such as --axis generations=100,200.");
  // What an axis varies is not in the input of the run.
  const run = await readInput(context, kind, options, { defaults: {}, required: {} });
  for (const { path } of axes) if (!path.startsWith("parameters.")) run[path] ??= axes.find((axis) => axis.path === path)?.values[0];
  const settings = withoutUndefined({ name: options.name, replicates: options.replicates });
  const inputWith = (varied: Input) => ({ ...settings, run: { [kind.field]: varied }, axes }) as never;
  const plan = async (varied: Input) => (await context.client.query(planSweep, { input: inputWith(varied) }, sent(context))).planSweep;
  if (options.dryRun === true) {
    const planned = await plan(run);
    return context.print({
      json: planned,
      text: () => `The sweep has ${planned.pointCount} points and ${planned.runCount} runs. Nothing was started.\n`,
    });
  }
  const input = inputWith(await withExperiment(context, options, run, plan));
  const started = successOf((await context.client.mutate(startSweep, { input }, sent(context))).startSweep).sweep;
  if (options.watch === true) {
    context.note(`Started ${started.key} with ${started.runCount} runs.`);
    return followSweep(context, started.id);
  }
  const { id, key, state, pointCount, runCount } = started;
  const address = await pageAddress(context, `/sweeps/${key}`);
  await context.print({
    json: { id, key, name: started.name, state, pointCount, runCount, url: address },
    text: () =>
      drawPairs([
        ["Sweep", key],
        ["Points", String(pointCount)],
        ["Runs", String(runCount)],
        ["Page", address],
        ["Follow it", `pareidolia watch ${key}`],
      ]),
  });
}
