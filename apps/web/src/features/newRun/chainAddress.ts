/** The chain form's own values in the page's address: data set and number of retrainings. */
import { retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import type { NewRunMethodsQuery } from "../../graphql/generated/graphql.ts";
import type { AddressReader } from "../marks/addressProblems.ts";
import { type AddressProblems, invalidNumber, type ModelChoice, readChoice } from "./methodAddress.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

export interface RequestedChain {
  readonly datasetId: string;
  readonly iterations: string;
  readonly problems: AddressProblems;
}

interface Options {
  readonly models: readonly (ModelChoice & { readonly labels: readonly string[] })[];
  readonly datasets: NewRunMethodsQuery["chainDatasets"];
}

export function chainFromAddress(address: AddressReader, { models, datasets }: Options): RequestedChain {
  const dataset = readChoice("dataset", address, datasets, datasets[0]);
  const iterations = address.get("iterations") || "3";
  const isValid = readWholeNumber(iterations, retrainingLimits.iterations) !== null;
  const numberProblem = isValid
    ? {}
    : invalidNumber("iterations", "Retrainings", iterations, wholeNumberError(retrainingLimits.iterations));
  return {
    datasetId: dataset.id,
    iterations,
    problems: {
      ...dataset.problems,
      ...numberProblem,
      ...modelProblem(
        address,
        models,
        datasets.find(({ id }) => id === dataset.id),
      ),
    },
  };
}

/** Reports a model whose classes differ from the data set's. `methodAddress` reports a model that does not exist. */
function modelProblem(
  address: AddressReader,
  models: Options["models"],
  dataset: Options["datasets"][number] | undefined,
): AddressProblems {
  const model = models.find(({ slug }) => slug === address.get("model"));
  if (model === undefined || dataset === undefined || model.labels.length === dataset.classes) return {};
  const message = `${model.name} does not have the ${dataset.classes} classes of ${dataset.label}; another model is used instead.`;
  return { model: { atField: message, atTop: message } };
}
