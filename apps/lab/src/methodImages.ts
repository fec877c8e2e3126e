/**
 * `npm run images`: computes the small images that illustrate each method in the form of a new run until a workspace has its own
 * results. Each image is a real result of the method on LeNet and MNIST, with the confidence on its stored bytes.
 */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { amplifiedDifference } from "@pareidolia/ascent/perturbation/differenceImage";
import { runAttack } from "@pareidolia/ascent/perturbation/runAttack";
import { getAscent, getAttack } from "@pareidolia/ascent/registry";
import { runAscent } from "@pareidolia/ascent/runAscent";
import { readMnist } from "@pareidolia/classifiers/data/mnist/readMnist";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type ByteImage, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import { MapElites } from "@pareidolia/evolution/mapElites";
import { encodePng } from "@pareidolia/images/png";
import { cacheFolder } from "./cacheFolder.ts";
import { readOptions, readWhole } from "./readOptions.ts";
import { runCommand } from "./runCommand.ts";

const help = `npm run images [-- --seed N]

  --seed N   seed of evolution, ascent and attack (default 1)

Writes apps/web/src/features/newRun/methodImages.json.`;

const target = fileURLToPath(new URL("../../web/src/features/newRun/methodImages.json", import.meta.url));
const network = "lenet";
/** The digit that illustrates evolution and ascent. */
const shownClass = 3;
const shownGenerations = [0, 3, 10, 60];
const offspring = 10;
const attackBound = 48;

interface MethodImage {
  readonly width: number;
  readonly height: number;
  /** Base64 of a PNG. */
  readonly png: string;
  /** Class of the image, or the class that it was made for; null for a difference image. */
  readonly class: number | null;
  /** For this class, on the stored bytes. */
  readonly confidence: number | null;
}

function encodeImage(image: ByteImage, of: { readonly class: number; readonly confidence: number } | null): MethodImage {
  const { width, height } = image;
  const png = Buffer.from(encodePng(image)).toString("base64");
  return { width, height, png, class: of?.class ?? null, confidence: of?.confidence ?? null };
}

async function evolve(classifier: DifferentiableClassifier, seed: number): Promise<{ evolve: MethodImage[]; retrain: MethodImage[] }> {
  const values = cppnEncoding.presets.find(({ id }) => id === "normalised")?.values;
  if (values === undefined) throw new AppError("INTERNAL", "The CPPN encoding has no preset for normalised coordinates.");
  const encoding = cppnEncoding.create(classifier.input, values);
  const search = new MapElites({ encoding, niches: classifier.labels.length, seed, offspring, insertion: "every-class" });
  const score = async (niche: number): Promise<MethodImage> => {
    const elite = search.elites[niche];
    if (elite == null) throw new AppError("INTERNAL", `Niche ${niche} is empty.`);
    const image = quantiseImage(encoding.decode(elite.genome));
    const { probabilities } = await classifier.predict([toFloatImage(image)]);
    return encodeImage(image, { class: niche, confidence: probabilities[niche] as number });
  };
  const shown: MethodImage[] = [];
  for (let generation = 0; generation <= Math.max(...shownGenerations); generation++) {
    await evaluateGeneration({ search, encoding, classifier });
    if (shownGenerations.includes(generation)) shown.push(await score(shownClass));
  }
  const retrain: MethodImage[] = [];
  for (const niche of classifier.labels.keys()) retrain.push(await score(niche));
  return { evolve: shown, retrain };
}

async function ascend(classifier: DifferentiableClassifier, seed: number): Promise<MethodImage[]> {
  const definition = getAscent("gradient-ascent");
  const ascent = definition.create({
    shape: classifier.input,
    classes: classifier.labels.length,
    pairs: [{ classIndex: shownClass, seed }],
    parameters: { ...definition.presets.find(({ id }) => id === "paper-unregularised")?.values, targetConfidence: 0.9999 },
    mean: [127.5],
  });
  await runAscent({ ascent, classifier });
  const [result] = ascent.results;
  const reached = result?.milestones.filter(({ level }) => [0.5, 0.99, 0.9999].includes(level)) ?? [];
  if (result?.start == null || reached.length < 3) throw new AppError("INTERNAL", "The ascent did not reach .9999. Choose another seed.");
  return [result.start, ...reached].map(({ image, storedConfidence }) =>
    encodeImage(image, { class: shownClass, confidence: storedConfidence }),
  );
}

/** The first test image of each digit, with the network's confidence, for comparison with the fooling images. */
async function readDigits(classifier: DifferentiableClassifier): Promise<MethodImage[]> {
  const { images, labels, shape } = await readMnist("t10k", { cacheFolder: cacheFolder(process.env) });
  const size = shape.width * shape.height * shape.channels;
  const digits: MethodImage[] = [];
  for (const digit of classifier.labels.keys()) {
    const at = labels.indexOf(digit);
    const image = { ...shape, pixels: Uint8Array.from(images.subarray(at * size, (at + 1) * size)) };
    const { probabilities } = await classifier.predict([toFloatImage(image)]);
    digits.push(encodeImage(image, { class: digit, confidence: probabilities[digit] as number }));
  }
  return digits;
}

/** The first digit of the test set, the difference, and the changed image that the network labels two digits higher. */
async function perturb(classifier: DifferentiableClassifier, seed: number): Promise<MethodImage[]> {
  const { images, labels, shape } = await readMnist("t10k", { cacheFolder: cacheFolder(process.env) });
  const original = { ...shape, pixels: Uint8Array.from(images.subarray(0, shape.width * shape.height)) };
  const source = labels[0] as number;
  const [result] = await runAttack({
    attack: getAttack("pgd"),
    classifier,
    cases: [{ image: original, source, target: (source + 2) % classifier.labels.length, seed }],
    parameters: { steps: 40, epsilon: attackBound },
  });
  if (result?.success !== true || result.target === null) throw new AppError("INTERNAL", "The attack failed. Choose another seed.");
  return [
    encodeImage(original, { class: source, confidence: result.source.before }),
    encodeImage(amplifiedDifference(original, result.adversarial).image, null),
    encodeImage(result.adversarial, { class: result.target.classIndex, confidence: result.target.after }),
  ];
}

await runCommand(async () => {
  const { values } = readOptions({ seed: { type: "string" }, help: { type: "boolean" } }, help);
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  const seed = readWhole("seed", values.seed, { fallback: 1, minimum: 0, maximum: 2 ** 31 - 1 });
  const classifier = await openZooClassifier({ id: network, cacheFolder: cacheFolder(process.env) });
  try {
    const evolved = await evolve(classifier, seed);
    const images = {
      command: `npm run images -- --seed ${seed}`,
      model: network,
      evolve: evolved.evolve,
      ascend: await ascend(classifier, seed),
      perturb: await perturb(classifier, seed),
      retrain: evolved.retrain,
      digits: await readDigits(classifier),
    };
    const text = `${JSON.stringify(images, null, 2)}\n`;
    await writeFile(target, text);
    for (const [method, shown] of Object.entries(images))
      if (Array.isArray(shown))
        console.log(`${method}: ${shown.map(({ confidence }) => confidence?.toFixed(4) ?? "difference").join(", ")}`);
    console.log(`${text.length} bytes written to ${target}.`);
    return { holds: true };
  } finally {
    await classifier.dispose();
  }
});
