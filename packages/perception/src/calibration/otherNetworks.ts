/**
 * How well other networks' labels predict people's (Feather et al. 2023: people recognise the images that other networks recognise): for
 * each network, how often people give its label; and how people's agreement with a target label rises with the number of other networks
 * that give it.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import type { BootstrapOutcome } from "../numbers/bcaBootstrap.ts";
import { tally } from "./people.ts";
import { meanWithInterval } from "./scores.ts";

export interface PeopleAndNetworks {
  readonly images: number;
  readonly classes: number;
  /** Votes for each class, images x classes. */
  readonly counts: Int32Array;
  /** For each network, its label of each image; -1 if it has none. */
  readonly labels: readonly Int32Array[];
}

export interface NetworkPrediction {
  /** Images with votes and a label. */
  readonly images: number;
  /** Mean share of people who gave the network's label. */
  readonly share: BootstrapOutcome;
  /** Share of images on which it is (one of) people's most frequent label(s), ties counting 1 / their number. */
  readonly mostFrequent: BootstrapOutcome;
}

/**
 * A prediction for each network, and the ceiling: how often one person gives the same label as another, or as most of the others. Null for
 * a network without a label of an image with votes.
 * @throws AppError INVALID_INPUT for columns of the wrong length.
 */
export function predictPeople(data: PeopleAndNetworks, options: BootstrapOptions) {
  checkColumns(data);
  return { networks: data.labels.map((labels) => predictionBy(data, labels, options)), people: peopleCeiling(data, options) };
}

function predictionBy(
  { images, classes, counts }: PeopleAndNetworks,
  labels: Int32Array,
  options: BootstrapOptions,
): NetworkPrediction | null {
  const [shares, firsts]: [number[], number[]] = [[], []];
  for (let i = 0; i < images; i++) {
    const label = labels[i] as number;
    const { votes, most, ties } = tally(counts, classes, i);
    if (label < 0 || votes === 0) continue;
    const own = counts[i * classes + label] as number;
    shares.push(own / votes);
    firsts.push(own === most ? 1 / ties : 0);
  }
  if (shares.length === 0) return null;
  const mean = (values: number[]): BootstrapOutcome => meanWithInterval(Float64Array.from(values), options);
  return { images: shares.length, share: mean(shares), mostFrequent: mean(firsts) };
}

/** The same for one person against the others of the same image, averaged over its people; images with at least two votes. */
function peopleCeiling({ images, classes, counts }: PeopleAndNetworks, options: BootstrapOptions): NetworkPrediction | null {
  const [shares, firsts]: [number[], number[]] = [[], []];
  for (let i = 0; i < images; i++) {
    const { votes } = tally(counts, classes, i);
    if (votes < 2) continue;
    let [share, first] = [0, 0];
    const others = counts.slice(i * classes, (i + 1) * classes);
    for (let c = 0; c < classes; c++) {
      const own = others[c] as number;
      if (own === 0) continue;
      others[c] = own - 1;
      const { most, ties } = tally(others, classes, 0);
      others[c] = own;
      share += (own / votes) * ((own - 1) / (votes - 1));
      if (own - 1 === most) first += own / votes / ties;
    }
    shares.push(share);
    firsts.push(first);
  }
  if (shares.length === 0) return null;
  const mean = (values: number[]): BootstrapOutcome => meanWithInterval(Float64Array.from(values), options);
  return { images: shares.length, share: mean(shares), mostFrequent: mean(firsts) };
}

export interface AgreementByNetworks {
  /** Number of other networks that give the target label. */
  readonly networks: number;
  readonly images: number;
  /** Mean share of people who gave the target label. */
  readonly share: BootstrapOutcome;
}

/**
 * @param target of each image, such as the label of the network that it was made for; `labels` are those of the other networks.
 * @returns an entry for each number of networks that occurs, ascending.
 * @throws AppError INVALID_INPUT for columns of the wrong length.
 */
export function agreementByNetworks(
  data: PeopleAndNetworks,
  target: Int32Array,
  options: BootstrapOptions,
): readonly AgreementByNetworks[] {
  checkColumns({ ...data, labels: [...data.labels, target] });
  const shares: number[][] = Array.from({ length: data.labels.length + 1 }, () => []);
  for (let i = 0; i < data.images; i++) {
    const { votes } = tally(data.counts, data.classes, i);
    const label = target[i] as number;
    if (votes === 0 || label < 0) continue;
    const agreeing = data.labels.reduce((count, labels) => count + (labels[i] === label ? 1 : 0), 0);
    shares[agreeing]?.push((data.counts[i * data.classes + label] as number) / votes);
  }
  return shares.flatMap((values, networks) =>
    values.length === 0 ? [] : [{ networks, images: values.length, share: meanWithInterval(Float64Array.from(values), options) }],
  );
}

function checkColumns({ images, classes, counts, labels }: PeopleAndNetworks): void {
  if (counts.length !== images * classes || labels.some((column) => column.length !== images))
    throw new AppError("INVALID_INPUT", "Comparing people and networks needs votes and labels for every image.");
  if (labels.some((column) => column.some((label) => label >= classes)))
    throw new AppError("INVALID_INPUT", "A network's label is outside the classes of the votes.");
}
