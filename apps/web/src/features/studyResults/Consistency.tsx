/**
 * Consistency below the agreement between people: whether people and other networks agree with the label of the same images, and whether
 * another half of the voters would order the images alike.
 */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { formatCount } from "../marks/numbers.ts";
import { FigureText } from "./FigureText.tsx";
import { type FigureOrReason, figureCells } from "./readResults.ts";
import { formatCounted, formatUnit } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

export type ConsistencyPhase = StudyResult<"consistency">["planned"]["phases"][number];

/** Networks beside the figures; the table has all. */
const mostNetworks = 3;

function reliabilityOf({ halves }: ConsistencyPhase): FigureOrReason {
  return halves.defined ? { defined: true, ...halves.reliability } : halves;
}

/** Rows of the table of agreement: name, images, and the figure. */
export function consistencyRows(phase: ConsistencyPhase) {
  return [
    ["error consistency, pairs of people", phase.images, ...figureCells(phase.people)],
    ...phase.networks.map(({ model, images, consistency }) => [
      `error consistency, people and ${model}`,
      images,
      ...figureCells(consistency),
    ]),
    ["split-half reliability", phase.images, ...figureCells(reliabilityOf(phase))],
  ];
}

export function Consistency({ phase, seed }: { readonly phase: ConsistencyPhase; readonly seed: number | undefined }) {
  const { people, networks, halves, pairs, allPairs } = phase;
  return (
    <>
      <dl className={styles.keyFigures}>
        <dt>Error consistency of people, κ</dt>
        <dd>
          <FigureText figure={people} format={formatUnit} cases="answers" />
        </dd>
        {networks.slice(0, mostNetworks).map(({ model, consistency }) => (
          <Network key={model} model={model} figure={consistency} />
        ))}
        <dt>Split-half reliability</dt>
        <dd>
          <FigureText figure={reliabilityOf(phase)} format={formatUnit} cases="images" />
        </dd>
      </dl>
      <p className={`t12 muted ${styles.below}`}>
        Error consistency (Geirhos et al. 2020) compares two observers by the images whose label they agree with: 1 if these are the same
        images, 0 if no more of them are the same than by chance. It is the mean over{" "}
        {pairs < allPairs ? `${formatCount(pairs)} random pairs of ${formatCount(allPairs)}` : formatCounted(pairs, "pair")}.{" "}
        {networks.length === 0
          ? "The network that gave the labels makes no errors by this measure. Networks that score the images, on each elite’s page, are compared here."
          : "Networks are those that have scored the images, without the one that gave the label."}{" "}
        Intervals are for other images.
      </p>
      {halves.defined ? (
        <p className={`t12 muted ${styles.below}`}>
          Split-half reliability is the correlation of the images’ shares between two halves of {formatCounted(halves.voters, "voter")},
          stepped up to all of them (Spearman and Brown). Near 1, other voters would order the images alike; low, more votes are needed.
          Mean of {halves.exhaustive ? "all" : ""} {formatCounted(halves.splits, "split")}
          {seed === undefined || halves.exhaustive ? "" : `, seed ${seed}`}; 95% of splits give {formatUnit(halves.lowestSplits)} to{" "}
          {formatUnit(halves.highestSplits)}.
        </p>
      ) : null}
    </>
  );
}

function Network({ model, figure }: { readonly model: string; readonly figure: FigureOrReason }) {
  return (
    <>
      <dt>People and {model}, κ</dt>
      <dd>
        <FigureText figure={figure} format={formatUnit} cases="answers" />
      </dd>
    </>
  );
}
