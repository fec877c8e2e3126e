/**
 * The address parameters of the chain form besides model, recipe, preset and parameters: the data set, the name, the number of retrainings.
 */
import { retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import type { NewRunMethodsQuery } from "../../graphql/generated/graphql.ts";
import type { AddressReader } from "../marks/addressProblems.ts";
import { type AskedProblems, keepNumber, type ModelChoice, pick } from "./askedValues.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

export interface AskedChain {
  readonly datasetId: string;
  readonly name: string;
  readonly iterations: string;
  readonly problems: AskedProblems;
}

interface Given {
  readonly models: readonly (ModelChoice & { readonly labels: readonly string[] })[];
  readonly datasets: NewRunMethodsQuery["chainDatasets"];
}

export function askedChain(asked: AddressReader, { models, datasets }: Given): AskedChain {
  const dataset = pick("dataset", asked, datasets, datasets[0]);
  const iterations = asked.get("iterations") || "3";
  const fits = readWholeNumber(iterations, retrainingLimits.iterations) !== null;
  const numberProblem = fits ? {} : keepNumber("iterations", "Retrainings", iterations, wholeNumberWords(retrainingLimits.iterations));
  return {
    datasetId: dataset.id,
    name: asked.get("name") ?? "Fooling class",
    iterations,
    problems: {
      ...dataset.problems,
      ...numberProblem,
      ...modelProblem(
        asked,
        models,
        datasets.find(({ id }) => id === dataset.id),
      ),
    },
  };
}

/** Reports a model whose classes differ from the data set's; a missing model is reported elsewhere. */
function modelProblem(asked: AddressReader, models: Given["models"], dataset: Given["datasets"][number] | undefined): AskedProblems {
  const model = models.find(({ slug }) => slug === asked.get("model"));
  if (model === undefined || dataset === undefined || model.labels.length === dataset.classes) return {};
  const words = `${model.name} does not have the ${dataset.classes} classes of ${dataset.label}; another model is chosen instead.`;
  return { model: { atField: words, atTop: words } };
}
