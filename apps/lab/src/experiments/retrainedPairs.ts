/**
 * Several networks with a fooling class, each paired with one without (the paper, section 3.6). The retrained network is the unit: runs
 * against one network share its weights, so that many runs against few networks say little. Each has fooling images and a seed of its own;
 * its control is trained for as many epochs of the data set's own images.
 */
import { errorRate } from "@pareidolia/classifiers/training/errorRate";
import { trainClassifier } from "@pareidolia/classifiers/training/trainClassifier";
import {
  evolveAgainst,
  openTrained,
  type RetrainingStudy,
  reportEpochs,
  runSeedsOf,
  type StudiedNetwork,
  studyRetrained,
  summarise,
} from "./retrainedNetwork.ts";

export interface PairsOptions<G> extends RetrainingStudy<G> {
  readonly pairs: number;
  /** Runs against DNN_1 that make the fooling images of one network. */
  readonly foolingRuns: number;
  /** Runs against each network of a pair. */
  readonly runs: number;
}

export interface RetrainedPairs {
  /** DNN_1, measured by all runs that made fooling images. */
  readonly first: StudiedNetwork;
  readonly retrained: readonly StudiedNetwork[];
  readonly controls: readonly StudiedNetwork[];
}

/** Each pair has a block of this many seed places for its runs and trainings. */
const placesApart = 10;

export async function retrainPairs<G>(options: PairsOptions<G>): Promise<RetrainedPairs> {
  const { first, firstTestError, pairs, foolingRuns, runs, seed } = options;
  const against: StudiedNetwork[] = [];
  const retrained: StudiedNetwork[] = [];
  const controls: StudiedNetwork[] = [];
  for (let pair = 1; pair <= pairs; pair++) {
    const place = pair * placesApart;
    const runSeeds = (offset: number, count: number): readonly number[] => runSeedsOf(options, place + offset, count);
    const { images, ...reached } = await evolveAgainst(options, first, { runSeeds: runSeeds(1, foolingRuns), isOurs: false });
    against.push({ ...reached, testError: firstTestError, share: 0, foolingError: null, foolingImages: 0 });
    // At once: a training keeps one core busy.
    const [{ images: _, ...network }, control] = await Promise.all([
      studyRetrained(options, {
        name: `DNN_2, number ${pair}`,
        network: 2,
        seed: seed + place + 2,
        fooling: images,
        runSeeds: runSeeds(2, runs),
      }),
      studyControl(options, { name: `control, number ${pair}`, seed: seed + place + 3, runSeeds: runSeeds(3, runs) }),
    ]);
    retrained.push(network);
    controls.push(control);
  }
  const [one] = against;
  if (one === undefined) throw new RangeError("A study needs at least one pair.");
  return { first: { ...one, confidences: against.flatMap(({ confidences }) => confidences) }, retrained, controls };
}

async function studyControl<G>(
  study: RetrainingStudy<G>,
  { name, seed, runSeeds }: { readonly name: string; readonly seed: number; readonly runSeeds: readonly number[] },
): Promise<StudiedNetwork> {
  const { model, data, recipe, threads } = study;
  const { file } = await trainClassifier({
    recipe,
    seed,
    threads,
    network: model.network(),
    centring: data.centring,
    fitted: data.fitted,
    validation: data.validation,
    onEpoch: reportEpochs(study, name),
  });
  const testError = await errorRate({ file, images: data.test, threads });
  const { images: _, ...reached } = await evolveAgainst(study, await openTrained(study, file, []), { runSeeds, isOurs: true });
  study.onProgress(`${model.id}, ${name}: ${summarise(reached, testError)}`);
  return { ...reached, testError, share: 0, foolingError: null, foolingImages: 0 };
}
