"use client";
/** A list of goal switches: each niche taken by the child of another niche's elite, with parent and child, newest first. */
import { useState } from "react";
import { RunPhylogenyDocument } from "../../graphql/generated/graphql.ts";
import { Terms } from "../glossary/Terms.tsx";
import { Button } from "../marks/Button.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { AsOfGeneration } from "./AsOfGeneration.tsx";
import type { AnalysedRun } from "./analysedRun.ts";
import { goalSwitchesQuery } from "./analysisQueries.ts";
import styles from "./RunAnalyses.module.css";
import { useOnDemandQuery } from "./useOnDemandQuery.ts";

const pageSize = 25;

export function GoalSwitches({ run }: { readonly run: AnalysedRun }) {
  const { data, status } = useOnDemandQuery(RunPhylogenyDocument, run);
  const [shown, setShown] = useState(pageSize);
  const node = data?.node?.__typename === "EvolutionRun" ? data.node : null;
  const phylogeny = node?.phylogeny;
  const nameOf = (niche: number) => run.model.labels[niche] ?? String(niche);
  const switches = [...(phylogeny?.goalSwitches ?? [])].sort((a, b) => b.generation - a.generation || a.niche - b.niche);
  const tools = useDataTools({
    name: `${run.key}-goal-switches`,
    columns: ["place", "generation", "niche", "label", "from"],
    rows: switches.map(({ generation, niche, from }, index) => [index + 1, generation, niche, nameOf(niche), from.map(nameOf).join("; ")]),
    query: goalSwitchesQuery(run.id),
  });
  if (!phylogeny) {
    if (status.error) return <RequestError message={status.error.message} onRetry={status.refresh} />;
    if (node === null) return <p className="muted">{status.loading ? "Loading." : "The run has no lineages."}</p>;
    return (
      <>
        <AsOfGeneration status={status} />
        <p className="second">The archive’s elites have too many ancestors to analyse on this page.</p>
      </>
    );
  }
  const { goalSwitchShare, nodeCount, nodes } = phylogeny;
  if (goalSwitchShare === 0)
    return (
      <>
        <AsOfGeneration status={status} />
        <p className="second">No niche was taken by the child of another niche’s elite yet.</p>
      </>
    );
  return (
    <>
      <AsOfGeneration status={status} />
      <div className="sectionHead">
        <p className="second">
          <span className="n12">{(goalSwitchShare * 100).toFixed(1)}%</span> <Terms>of the niches were won by a goal switch</Terms>, among{" "}
          <span className="n12">{formatCount(nodeCount)}</span> ancestors of the archive.
          {nodes.length < nodeCount ? (
            <>
              {" "}
              The list has the <span className="n12">{formatCount(switches.length)}</span> switches among the newest{" "}
              <span className="n12">{formatCount(nodes.length)}</span> of <span className="n12">{formatCount(nodeCount)}</span> ancestors.
            </>
          ) : null}
        </p>
        {tools.toolbar}
      </div>
      {tools.content}
      <ol className={styles.rows}>
        {switches.slice(0, shown).map(({ generation, niche, from, child }) => {
          const born = nodes[child];
          const parent = nodes[born?.parents[0] ?? -1];
          return (
            <li key={`${child} ${niche}`} className={styles.goalSwitch}>
              <span className="n11 muted">gen {formatCount(generation)}</span>
              {parent ? <img className={styles.thumbnail} src={parent.imageUrl} alt="" loading="lazy" /> : <span />}
              <span>{from.map(nameOf).join(", ")}</span>
              <span role="img" aria-label="became">
                →
              </span>
              {born ? <img className={styles.thumbnail} src={born.imageUrl} alt="" loading="lazy" /> : <span />}
              <b>{nameOf(niche)}</b>
              <span className="n12">{born ? `at best ${formatConfidence(born.confidence)}` : ""}</span>
            </li>
          );
        })}
      </ol>
      {switches.length > shown ? (
        <Button onClick={() => setShown((now) => now + pageSize)}>
          {formatCount(Math.min(pageSize, switches.length - shown))} more of {formatCount(switches.length - shown)}
        </Button>
      ) : null}
    </>
  );
}
