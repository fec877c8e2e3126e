/**
 * Trains several networks with a fooling class, and a control without it for each (the paper, section 3.6). Retrained networks are the
 * units: runs against one network share its weights, so many runs against few networks say little. Each network with the class is the
 * DNN_2 of a separate chain, with its own seed and fooling images. Its control is trained for as many epochs on the data set alone.
 */
import { errorRate } from "@pareidolia/classifiers/training/errorRate";
import { trainingThreads } from "@pareidolia/classifiers/training/retrainIteration";
import { trainClassifier } from "@pareidolia/classifiers/training/trainClassifier";
import { linkSeeds } from "@pareidolia/evolution/retraining/retrainingChain";
import {
  evolveAgainst,
  openTrained,
  type RetrainingStudy,
  reportEpochs,
  resultsOf,
  type StudiedNetwork,
  summarise,
  trainOnce,
} from "./retrainedNetwork.ts";
import { retrainChain } from "./retrainingChain.ts";

export interface PairsOptions extends RetrainingStudy {
  readonly pairs: number;
  /** Number of runs against DNN_1 that make the fooling images for one network. */
  readonly foolingRuns: number;
  /** Number of runs against each network of a pair. */
  readonly runs: number;
  /** Of the fooling class. */
  readonly weight: number;
}

export interface RetrainedPairs {
  /** DNN_1, with all runs that made fooling images. */
  readonly first: StudiedNetwork;
  readonly retrained: readonly StudiedNetwork[];
  readonly controls: readonly StudiedNetwork[];
}

export async function retrainPairs(options: PairsOptions): Promise<RetrainedPairs> {
  const { pairs, foolingRuns, runs, weight } = options;
  const against: StudiedNetwork[] = [];
  const retrained: StudiedNetwork[] = [];
  const controls: StudiedNetwork[] = [];
  for (let pair = 1; pair <= pairs; pair++) {
    const study = { ...options, seed: options.seed + pair - 1 };
    const links = [
      { runs: foolingRuns, weight },
      { runs, weight },
    ];
    const nameOf = (network: number): string => `DNN_${network}, pair ${pair}`;
    // Concurrently: a training uses one core.
    const [chain, control] = await Promise.all([
      retrainChain({ ...study, links, nameOf }),
      studyControl(study, { name: `control, pair ${pair}`, runs }),
    ]);
    const [first, second] = chain.networks;
    if (first === undefined || second === undefined) throw new RangeError("A pair needs a chain of two networks.");
    against.push(first);
    retrained.push(second);
    controls.push(control);
  }
  const [one] = against;
  if (one === undefined) throw new RangeError("A study needs at least one pair.");
  return { first: { ...one, confidences: against.flatMap(({ confidences }) => confidences) }, retrained, controls };
}

/** The control has the seeds of a third link, which the pair's chain does not have. */
const controlLink = 3;

async function studyControl(
  study: RetrainingStudy,
  { name, runs }: { readonly name: string; readonly runs: number },
): Promise<StudiedNetwork> {
  const { model, data, recipe, generations, offspring } = study;
  const seeds = linkSeeds(study.seed, controlLink, runs);
  const { file, testError } = await trainOnce(study, name, async () => {
    const trained = await trainClassifier({
      recipe,
      seed: seeds.training,
      threads: trainingThreads,
      network: model.network(),
      centring: data.centring,
      fitted: data.fitted,
      validation: data.validation,
      onEpoch: reportEpochs(study, name),
    });
    return { file: trained.file, testError: await errorRate({ file: trained.file, images: data.test, threads: trainingThreads }) };
  });
  const classifier = await openTrained(study, file, []);
  try {
    const classes = model.dataSet.labels.length;
    const reached = resultsOf(await evolveAgainst(study, name, classifier, { seeds: seeds.runs, classes, generations, offspring }));
    const control = { ...reached, testError, share: 0, foolingError: null, foolingImages: 0 };
    study.onProgress(`${model.id}, ${name}: ${summarise(control)}`);
    return control;
  } finally {
    await classifier.dispose();
  }
}
