/** Selects the user's networks that an experiment accepts, with the reasons for rejecting the others. */
import type { Experiment, ModelShelf } from "./experiments/experiment.ts";

export interface ChosenNetworks {
  /** The same shelf, with the networks that the experiment accepts. */
  readonly models: ModelShelf;
  /** One sentence for each rejected network. */
  readonly refusals: readonly string[];
}

/** @throws AppError as opening a network does. */
export async function chooseNetworks({ id, networks }: Pick<Experiment, "id" | "networks">, models: ModelShelf): Promise<ChosenNetworks> {
  const accepted: string[] = [];
  const refusals: string[] = [];
  for (const name of models.own) {
    const reason = networks.refuse(await models.open(name));
    if (reason === null) accepted.push(name);
    else refusals.push(`${id} cannot use "${name}": ${reason}.`);
  }
  return { models: { ...models, own: accepted }, refusals };
}
