/**
 * Consistency below the agreement between people: whether people and other networks agree with the label of the same images, and whether
 * another half of the voters would order the images alike.
 */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { formatCount } from "../marks/numbers.ts";
import type { AgreementWords } from "./agreementWords.ts";
import { FigureText } from "./FigureText.tsx";
import { type FigureOrReason, figureCells } from "./readResults.ts";
import { formatCounted, formatUnit } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

export type ConsistencyPhase = StudyResult<"consistency">["planned"]["phases"][number];

/** Networks beside the figures; the table has all. */
const maxNetworks = 3;

function reliabilityOf({ halves }: ConsistencyPhase): FigureOrReason {
  return halves.defined ? halves.reliability : halves;
}

/** Rows of the table of agreement: name, images, pairs that the mean is over, and the figure. */
export function consistencyRows(phase: ConsistencyPhase) {
  return [
    ["error consistency, pairs of people", phase.images, phase.pairsUsed, ...figureCells(phase.people)],
    ...phase.networks.map(({ model, images, pairsUsed, consistency }) => [
      `error consistency, people and ${model}`,
      images,
      pairsUsed,
      ...figureCells(consistency),
    ]),
    ["reliability of shares", phase.images, null, ...figureCells(reliabilityOf(phase))],
  ];
}

interface ConsistencyProps {
  readonly phase: ConsistencyPhase;
  readonly seed: number | undefined;
  readonly words: Pick<AgreementWords, "observed">;
}

export function Consistency({ phase, seed, words }: ConsistencyProps) {
  const { people, networks, halves, compared } = phase;
  return (
    <>
      <dl className={styles.keyFigures}>
        <dt>Error consistency of people, κ</dt>
        <dd>
          <FigureText figure={people} format={formatUnit} cases="answers" />
        </dd>
        {networks.slice(0, maxNetworks).map(({ model, consistency, pairsUsed }) => (
          <Network key={model} model={model} figure={consistency} used={pairsUsed} compared={compared} />
        ))}
        <dt>Reliability of shares</dt>
        <dd>
          <FigureText figure={reliabilityOf(phase)} format={formatUnit} cases="images" />
        </dd>
      </dl>
      <p className={`t12 muted ${styles.below}`}>
        Error consistency (Geirhos et al. 2020) compares two observers by {words.observed}: 1 if these are the same images, 0 if no more of
        them are the same than by chance. {describePairs(phase)}{" "}
        {networks.length === 0
          ? "The network that gave the labels makes no errors by this measure. Networks that score the images, on each elite’s page, are compared here."
          : "Networks are those that have scored the images, without the one that gave the label."}{" "}
        Intervals of error consistency are for other images.
      </p>
      {halves.defined ? (
        <p className={`t12 muted ${styles.below}`}>
          Reliability is the part of the variance of the images’ shares that is due to the images. Near 1, other voters would order the
          images alike; low, more votes are needed. The interval is for other images and other voters of the same kinds (Feldt 1965). Split
          halves of {formatCounted(halves.voters, "voter")} correlate to {formatUnit(halves.splitHalf)}, stepped up to all of them (Spearman
          and Brown): the mean of {halves.exhaustive ? "all" : ""} {formatCounted(halves.splits, "split")}
          {seed === undefined || halves.exhaustive ? "" : `, seed ${seed}`}; 95% of splits give {formatUnit(halves.lowestSplits)} to{" "}
          {formatUnit(halves.maxSplits)}.
        </p>
      ) : null}
    </>
  );
}

/**
 * Which pairs the mean is over. Someone who is always right, or always wrong, on the images that both saw has a kappa of 0 with any partner, which
 * says nothing about errors; the mean with these pairs is given, so that the choice can be seen.
 */
function describePairs({ people, pairs, allPairs, pairsUsed, pairsAtZero }: ConsistencyPhase): string {
  if (pairs === 0) return "";
  const all = pairs < allPairs ? `${formatCount(pairs)} random pairs of ${formatCount(allPairs)}` : formatCounted(pairs, "pair");
  const ofAll = pairsUsed < pairs ? `${formatCount(pairsUsed)} of ${all}` : all;
  const atZero =
    pairsAtZero === 0
      ? ""
      : ` ${formatCounted(pairsAtZero, "pair")} with a person who is always right, or always wrong, on the images that both saw ` +
        `${pairsAtZero === 1 ? "is" : "are"} left out: κ is 0 there, whatever the other does.`;
  const withThem =
    pairsAtZero === 0 || people.estimate === undefined
      ? ""
      : ` With ${pairsAtZero === 1 ? "it" : "them"}, the mean is ${formatUnit((people.estimate * pairsUsed) / (pairsUsed + pairsAtZero))}.`;
  const rest = pairs - pairsUsed - pairsAtZero;
  const nothing = rest === 0 ? "" : ` ${formatCounted(rest, "pair")} ${rest === 1 ? "has" : "have"} nothing to compare.`;
  return `${pairsUsed === 0 ? "" : `It is the mean over ${ofAll}.`}${atZero}${withThem}${nothing}`.trim();
}

interface NetworkProps {
  readonly model: string;
  readonly figure: FigureOrReason;
  /** Voters whose errors are compared with the network's, and all. */
  readonly used: number;
  readonly compared: number;
}

function Network({ model, figure, used, compared }: NetworkProps) {
  return (
    <>
      <dt>People and {model}, κ</dt>
      <dd>
        <FigureText figure={figure} format={formatUnit} cases="answers" />
        {figure.estimate !== undefined && used < compared ? (
          <span className="t12 muted">
            {" "}
            mean over {formatCount(used)} of {formatCount(compared)} people
          </span>
        ) : null}
      </dd>
    </>
  );
}
