/**
 * `npm run train:mnist`: trains LeNet on MNIST and writes the model and its card. The weights in the repository were made by it.
 * Progress goes to standard error; the test set is read once, after training, to report the error.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readMnist } from "@pareidolia/classifiers/data/mnist/readMnist";
import { instructionSet } from "@pareidolia/classifiers/engines/onnxruntime/instructionSet";
import { sha256 } from "@pareidolia/classifiers/sha256";
import { errorRate } from "@pareidolia/classifiers/training/errorRate";
import { trainingRecipe, trainLeNet } from "@pareidolia/classifiers/training/trainLeNet";
import { type ModelCard, modelFolder } from "@pareidolia/classifiers/zoo/modelCard";
import { cacheFolder } from "./cacheFolder.ts";
import { readOptions, readWhole, UsageError } from "./readOptions.ts";
import { runCommand } from "./runCommand.ts";

const help = `npm run train:mnist -- [--seed N] [--epochs N] [--out FOLDER]

  --seed N       seed of weights, order and shifts (default 1)
  --epochs N     at most so many passes over the training set (default 12)
  --out FOLDER   where lenet.onnx and lenet.json go (default: the zoo's models folder)`;

/** The paper's networks are trained to 0.94%; worse than this is not worth keeping. */
const largestTestError = 0.01;
/** Fixed, since the trained bytes depend on it. */
const threads = 2;

async function train() {
  const { values, positionals } = readOptions(
    { seed: { type: "string" }, epochs: { type: "string" }, out: { type: "string" }, help: { type: "boolean" } },
    help,
  );
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is not expected here.\n\n${help}`);
  const seed = readWhole("seed", values.seed, { fallback: 1, minimum: 0, maximum: 2 ** 31 - 1 });
  const epochs = readWhole("epochs", values.epochs, { fallback: 12, minimum: 1, maximum: 1000 });
  const out = values.out === undefined ? fileURLToPath(modelFolder) : resolve(values.out);

  const cache = {
    cacheFolder: cacheFolder(process.env),
    onProgress: (progress: { path: string; received: number; total: number | null }) =>
      line(
        `${progress.path}: ${(progress.received / 2 ** 20).toFixed(1)} MB${progress.total === null ? "" : ` of ${(progress.total / 2 ** 20).toFixed(1)}`}`,
      ),
  };
  const digits = await readMnist("train", cache);
  const test = await readMnist("t10k", cache);
  const trained = await trainLeNet({
    digits,
    seed,
    epochs,
    threads,
    onBatch: ({ epoch, seen, count, loss }) => {
      if (seen % 9600 === 0) line(`epoch ${epoch} of at most ${epochs}: ${seen} of ${count} digits, loss ${loss.toFixed(4)}`);
    },
    onEpoch: ({ epoch, meanLoss, validationError, best }) =>
      line(
        `epoch ${epoch}: mean loss ${meanLoss.toFixed(4)}, validation error ${percent(validationError)}${best ? ", the best so far" : ""}`,
      ),
  });
  const testError = await errorRate({ file: trained.file, digits: test, threads });
  const card: ModelCard = {
    sha256: sha256(trained.file),
    bytes: trained.file.length,
    testError,
    validationError: trained.validationError,
    seed,
    epochs: { asked: epochs, run: trained.epochs, kept: trained.bestEpoch },
    command: `npm run train:mnist -- --seed ${seed} --epochs ${epochs}`,
    engine: `onnxruntime ${trained.runtimeVersion} CPU, ${instructionSet()}`,
    recipe: trainingRecipe,
    dataset: {
      "train-images-idx3-ubyte": digits.hashes.images,
      "train-labels-idx1-ubyte": digits.hashes.labels,
      "t10k-images-idx3-ubyte": test.hashes.images,
      "t10k-labels-idx1-ubyte": test.hashes.labels,
    },
  };
  const holds = testError <= largestTestError;
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "lenet.onnx"), trained.file);
  await writeFile(join(out, "lenet.json"), `${JSON.stringify(card, null, 2)}\n`);
  console.log(`Test error ${percent(testError)} (bar: at most ${percent(largestTestError)}), SHA-256 ${card.sha256}, written to ${out}.`);
  return { holds };
}

function line(text: string): void {
  process.stderr.write(`${text}\n`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

await runCommand(train);
