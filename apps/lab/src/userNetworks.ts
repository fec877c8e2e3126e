/** Selects the user's networks that an experiment can use, with the reasons for refusing the others. */
import type { Experiment, ModelShelf } from "./experiments/experiment.ts";

export interface ChosenNetworks {
  /** The same shelf, with only those of the user's networks that the experiment can use. */
  readonly models: ModelShelf;
  /** One sentence for each refused network. */
  readonly refusals: readonly string[];
}

/** @throws AppError if a network cannot be opened. */
export async function chooseNetworks({ id, networks }: Pick<Experiment, "id" | "networks">, models: ModelShelf): Promise<ChosenNetworks> {
  const accepted: string[] = [];
  const refusals: string[] = [];
  for (const name of models.userModels) {
    const reason = networks.refuse(await models.open(name));
    if (reason === null) accepted.push(name);
    else refusals.push(`${id} cannot use "${name}": ${reason}.`);
  }
  return { models: { ...models, userModels: accepted }, refusals };
}
