/**
 * Trains one of this project's networks, and writes the model and its card, like those in the repository. Progress goes to standard
 * error. The test set is used only once, after training, to report the error.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { instructionSet } from "@pareidolia/classifiers/engines/instructionSet";
import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { errorRate } from "@pareidolia/classifiers/training/errorRate";
import { getOwnModel } from "@pareidolia/classifiers/training/ownModels";
import { trainClassifier } from "@pareidolia/classifiers/training/trainClassifier";
import { type ModelCard, modelFolder } from "@pareidolia/classifiers/zoo/modelCard";
import { cacheFolder } from "./cacheFolder.ts";
import { readWhole } from "./readOptions.ts";

export const trainingOptions = {
  seed: { type: "string" },
  epochs: { type: "string" },
  out: { type: "string" },
  help: { type: "boolean" },
} as const;

export const trainingHelp = `  --seed N       seed of weights, order and variations (default: the committed model's)
  --epochs N     maximum number of passes over the training set (default: the recipe's)
  --out FOLDER   folder for the model and its card (default: the zoo's models folder)`;

/** Fixed, since the trained bytes depend on it. With a single thread, no waiting thread takes a core from other processes. */
const threads = 1;

/** @param command the command line before the options, for the model card. */
export async function trainOwnModel(
  id: string,
  values: { readonly seed?: string | undefined; readonly epochs?: string | undefined; readonly out?: string | undefined },
  command: string,
): Promise<{ readonly holds: boolean }> {
  const model = getOwnModel(id);
  const seed = readWhole("seed", values.seed, { fallback: model.seed, minimum: 0, maximum: 2 ** 31 - 1 });
  const epochs = readWhole("epochs", values.epochs, { fallback: model.recipe.epochs, minimum: 1, maximum: 1000 });
  const recipe = { ...model.recipe, epochs };
  const out = values.out === undefined ? fileURLToPath(modelFolder) : resolve(values.out);

  const { fitted, validation, test, centring, hashes } = await model.dataSet.read({
    cacheFolder: cacheFolder(process.env),
    onProgress: ({ path, received, total }) => line(`${path}: ${megabytes(received)} MB${total === null ? "" : ` of ${megabytes(total)}`}`),
  });
  const trained = await trainClassifier({
    network: model.network(),
    centring,
    recipe,
    fitted,
    validation,
    seed,
    threads,
    onBatch: ({ epoch, seen, count, loss }) => {
      if (seen % 9600 === 0) line(`epoch ${epoch} of at most ${epochs}: ${seen} of ${count} images, loss ${loss.toFixed(4)}`);
    },
    onEpoch: ({ epoch, meanLoss, validationError, best }) =>
      line(
        `epoch ${epoch}: mean loss ${meanLoss.toFixed(4)}, validation error ${percent(validationError)}${best ? ", the best so far" : ""}`,
      ),
  });
  const testError = await errorRate({ file: trained.file, images: test, threads });
  const interval = wilsonInterval(Math.round(testError * test.count), test.count);
  const card: ModelCard = {
    sha256: sha256(trained.file),
    bytes: trained.file.length,
    testError,
    testErrorInterval: [interval.low, interval.high],
    testImages: `${model.dataSet.name}: ${model.dataSet.testImages}`,
    validationError: trained.validationError,
    seed,
    epochs: { asked: epochs, run: trained.epochs, kept: trained.bestEpoch },
    command: `${command} --seed ${seed} --epochs ${epochs}`,
    engine: `onnxruntime ${trained.runtimeVersion} CPU, ${instructionSet()}`,
    recipe,
    dataset: hashes,
  };
  await mkdir(out, { recursive: true });
  await writeFile(join(out, `${id}.onnx`), trained.file);
  await writeFile(join(out, `${id}.json`), `${JSON.stringify(card, null, 2)}\n`);
  console.log(
    `Test error ${percent(testError)} (bar: at most ${percent(model.largestTestError)}; 95% interval ${percent(interval.low)} to ${percent(interval.high)}, ${card.testImages}), SHA-256 ${card.sha256}, written to ${out}.`,
  );
  return { holds: testError <= model.largestTestError };
}

function line(text: string): void {
  process.stderr.write(`${text}\n`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
