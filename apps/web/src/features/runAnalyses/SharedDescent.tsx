"use client";
/** Whether classes with related elites have close labels: label distances by relatedness, and the most related pairs. */
import { useRef, useState } from "react";
import { RunRelatednessDocument, type RunRelatednessQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { AsOfGeneration } from "./AsOfGeneration.tsx";
import type { AnalysedRun } from "./analysedRun.ts";
import { labelDistanceQuery, relatedPairsQuery } from "./analysisQueries.ts";
import { LabelDistanceChart } from "./LabelDistanceChart.tsx";
import styles from "./RunAnalyses.module.css";
import { useOnDemandQuery } from "./useOnDemandQuery.ts";

type Relatedness = NonNullable<Extract<NonNullable<RunRelatednessQuery["node"]>, { __typename: "EvolutionRun" }>["relatedness"]>;

const pageSize = 10;
const bandColumns = ["relatedness", "pairs", "lowerQuartile", "median", "upperQuartile"];
const pairColumns = ["first", "firstLabel", "second", "secondLabel", "relatedness", "labelDistance"];

export function SharedDescent({ run }: { readonly run: AnalysedRun }) {
  const { data, status } = useOnDemandQuery(RunRelatednessDocument, run);
  const node = data?.node?.__typename === "EvolutionRun" ? data.node : null;
  if (node === null)
    return status.error ? <RequestError message={status.error.message} onRetry={status.refresh} /> : <p className="muted">Loading.</p>;
  const { relatedness } = node;
  return (
    <>
      <AsOfGeneration status={status} />
      {relatedness == null ? (
        <p className="second">The archive’s elites have too many ancestors to compare on this page.</p>
      ) : relatedness.all.pairs === 0 ? (
        <p className="second">Fewer than two niches have an elite.</p>
      ) : (
        <>
          <Distances relatedness={relatedness} run={run} />
          <ClosestPairs relatedness={relatedness} run={run} />
        </>
      )}
    </>
  );
}

interface RelatednessProps {
  readonly relatedness: Relatedness;
  readonly run: AnalysedRun;
}

function Distances({ relatedness: { bands, all, relatedPairs }, run }: RelatednessProps) {
  const svg = useRef<SVGSVGElement>(null);
  const tools = useDataTools({
    name: `${run.key}-label-distance`,
    columns: bandColumns,
    rows: [...bands, all].map(({ label, pairs, distance }) => [
      label,
      pairs,
      distance?.lower ?? null,
      distance?.median ?? null,
      distance?.upper ?? null,
    ]),
    query: labelDistanceQuery(run.id),
    svg,
  });
  return (
    <>
      <div className="sectionHead">
        <p className="second">
          <span className="n12">{formatCount(relatedPairs)}</span> of <span className="n12">{formatCount(all.pairs)}</span> pairs of niches
          share an ancestor. The last row is the control: if labels were assigned to the elites at random, every row would be expected to
          look like the control.
        </p>
        {tools.toolbar}
      </div>
      {tools.content}
      <LabelDistanceChart svg={svg} bands={bands} all={all} />
      <p className={`t12 muted ${styles.note}`}>
        Each line spans the quartiles of the label distance, with a dot at the median. Relatedness is the share of common ancestors among
        all ancestors of two elites, along first parents. Label distance is the distance of two classes in the model’s list of labels.
        ImageNet’s list follows its tree of concepts, so near labels are near concepts; in an unordered list, the distance has no meaning.
        Pairs from one lineage are not independent, so this is a description and not a test.
      </p>
    </>
  );
}

function ClosestPairs({ relatedness: { pairs, relatedPairs }, run }: RelatednessProps) {
  const [shown, setShown] = useState(pageSize);
  const nameOf = (niche: number) => run.model.labels[niche] ?? String(niche);
  const tools = useDataTools({
    name: `${run.key}-related-pairs`,
    columns: pairColumns,
    rows: pairs.map(({ first, second, relatedness, labelDistance }) => [
      first,
      nameOf(first),
      second,
      nameOf(second),
      relatedness,
      labelDistance,
    ]),
    query: relatedPairsQuery(run.id),
  });
  if (pairs.length === 0) return null;
  return (
    <>
      <div className="sectionHead">
        <h3>
          Most related{" "}
          <span className="t12 muted">
            {formatCount(pairs.length)} of {formatCount(relatedPairs)} pairs
          </span>
        </h3>
        {tools.toolbar}
      </div>
      {tools.content}
      <ol className={styles.rows}>
        {pairs.slice(0, shown).map(({ first, second, relatedness, labelDistance, firstElite, secondElite }) => (
          <li key={`${first} ${second}`} className={styles.pair}>
            <ElitePreview elite={firstElite} name={nameOf(first)} />
            <ElitePreview elite={secondElite} name={nameOf(second)} />
            <span className="n12">{relatedness === 1 ? "one elite" : `related ${relatedness.toFixed(2).replace(/^0/, "")}`}</span>
            <span className="n12">{formatCount(labelDistance)} apart</span>
          </li>
        ))}
      </ol>
      {pairs.length > shown ? (
        <Button onClick={() => setShown((now) => now + pageSize)}>
          {formatCount(Math.min(pageSize, pairs.length - shown))} more of {formatCount(pairs.length - shown)}
        </Button>
      ) : null}
    </>
  );
}

function ElitePreview({
  elite,
  name,
}: {
  readonly elite: { readonly id: string; readonly image: { readonly url: string } };
  readonly name: string;
}) {
  return (
    <Link href={`/elites/${encodeURIComponent(elite.id)}`} className={styles.elitePreview}>
      <img className={styles.thumbnail} src={elite.image.url} alt="" loading="lazy" />
      <span>{name}</span>
    </Link>
  );
}
