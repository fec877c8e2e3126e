/** The runs of an experiment with their results, newest first. */

import type { ExperimentPageQuery } from "../../graphql/generated/graphql.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { OutcomeCount, OutcomeMedian } from "../marks/Outcome.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { ThumbnailStrip } from "../marks/ThumbnailStrip.tsx";
import { RunRecognition } from "../people/RunRecognition.tsx";
import { listImages } from "../run/listImages.ts";
import experimentTableStyles from "./ExperimentTable.module.css";

type Experiment = Extract<NonNullable<ExperimentPageQuery["node"]>, { __typename: "Experiment" }>;

export function RunTable({ runs, total, hasMore }: { runs: Experiment["runs"]["nodes"]; total: string; hasMore: boolean }) {
  // Labellers, viewers and visitors read nothing of what people say.
  const showsPeople = runs.some(({ recognition }) => recognition != null);
  return (
    <>
      <table className={`${experimentTableStyles.experimentTable} ${experimentTableStyles.runTable}`}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col" className={experimentTableStyles.wide}>
              Images
            </th>
            <th scope="col" className={`right ${experimentTableStyles.wide}`}>
              Seed
            </th>
            <th scope="col" className={`right ${experimentTableStyles.wide}`}>
              Generation
            </th>
            <th scope="col">Median confidence</th>
            <th scope="col" className={experimentTableStyles.wide}>
              Reached
            </th>
            {showsPeople ? (
              <th scope="col" className={experimentTableStyles.wide}>
                People named it
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <td className="n12 muted">{run.key}</td>
              <td className={experimentTableStyles.experimentName}>
                <Link href={`/runs/${run.key}`}>{run.name}</Link>
              </td>
              <td>
                <StateGlyph state={run.state} />
              </td>
              <td className={experimentTableStyles.wide}>
                <ThumbnailStrip images={listImages(run)} />
              </td>
              <td className={`${experimentTableStyles.wide} n right`}>{run.seed}</td>
              <td className={`${experimentTableStyles.wide} n right`}>
                {run.__typename === "EvolutionRun" ? (
                  <>
                    {formatCount(run.generation ?? 0)} <span className="muted">/ {formatCount(run.generations)}</span>
                  </>
                ) : (
                  <span className="muted">–</span>
                )}
              </td>
              <td>
                <OutcomeMedian outcome={run.outcome} />
              </td>
              <td className={`${experimentTableStyles.wide} t12`}>
                <OutcomeCount outcome={run.outcome} />
              </td>
              {showsPeople ? (
                <td className={experimentTableStyles.wide}>
                  <RunRecognition recognition={run.recognition ?? null} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {hasMore ? (
        <p className={`${experimentTableStyles.listCount} t12 muted`}>
          The newest {formatCount(runs.length)} of {total} runs. Press ⌘K to find the others.
        </p>
      ) : null}
    </>
  );
}
