"use client";
/** Every two studies by the images that both have: the mean difference of an image's shares, its effect size, and their correlation. */
import { useQueryState } from "nuqs";
import { useRef } from "react";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { DifferenceCells, FigureCell } from "../studyResults/FigureTable.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { drawnValues, figureCells, figureColumns } from "../studyResults/readResults.ts";
import { formatPoints, formatUnit, namesOfPopulations, populationsOf } from "../studyResults/resultFormats.ts";
import { ComparedFigures } from "./ComparedFigures.tsx";
import { namedPairs } from "./comparedImages.ts";
import { pairParser } from "./comparisonState.ts";
import { PairedShares } from "./PairedShares.tsx";
import { type Comparison, comparisonQuery } from "./readComparison.ts";
import styles from "./StudyComparison.module.css";

/** Of an axis: `−20`, `0`, `+20`. */
const formatWholePoints = (share: number): string => (share === 0 ? "0" : formatPoints(share).replace(/\.00$/, ""));

export function ComparedPairs({ comparison }: { readonly comparison: Comparison }) {
  const svg = useRef<SVGSVGElement>(null);
  const [wanted, setPair] = useQueryState("pair", pairParser);
  const pairs = namedPairs(comparison);
  const chosen = wanted < pairs.length ? wanted : 0;
  const ofDifferences = populationsOf(pairs.map(({ figure }) => figure));
  const keys = comparison.studies.map(({ key }) => key);
  const tools = useDataTools({
    name: `${keys.join("-")}-pairs`,
    columns: [
      "pair",
      "shared images",
      ...figureColumns.map((name) => `difference ${name}`),
      "effect",
      "effect low",
      "effect high",
      "effect for",
      "p",
      "p, Holm",
      ...figureColumns.map((name) => `correlation ${name}`),
    ],
    rows: pairs.map(({ name, shared, figure, difference, corrected, correlation }) => [
      name,
      shared,
      ...figureCells(figure),
      ...(difference.defined
        ? [
            difference.effect.estimate,
            difference.effect.low,
            difference.effect.high,
            namesOfPopulations[difference.difference.over],
            difference.p,
          ]
        : [null, null, null, null, null]),
      corrected,
      ...figureCells(correlation),
    ]),
    query: comparisonQuery(keys),
    svg,
  });
  const reach = Math.max(0.1, ...pairs.flatMap(({ figure }) => drawnValues(figure).map(Math.abs)));
  const edge = Math.min(1, Math.ceil(reach * 10) / 10);
  return (
    <ResultSection title="The same images" tools={tools} note="images with votes in both studies, paired">
      <ComparedFigures
        chart={{
          rows: pairs.map(({ name, figure }) => ({ key: name, name, figure })),
          mostNameWidth: 170,
          domain: [-edge, edge],
          ticks: [-edge, 0, edge],
          format: formatWholePoints,
          label:
            "The mean difference of an image’s shares between two studies, in percentage points, with 95% intervals. The table has the numbers.",
          svg,
        }}
        tableLabel="Figures of the pairs"
        columns={[
          "Pair",
          "Shared",
          { name: "Difference, points", over: ofDifferences },
          { name: "d", over: ofDifferences },
          "p, Holm",
          { name: "Correlation", over: populationsOf(pairs.map(({ correlation }) => correlation)) },
        ]}
      >
        {pairs.map((pair, index) => (
          <tr key={pair.name}>
            <th scope="row">
              <button
                type="button"
                className="link"
                aria-pressed={index === chosen}
                onClick={() => void setPair(index === 0 ? null : index)}
              >
                {pair.name}
              </button>
            </th>
            <td className="right n">{formatCount(pair.shared)}</td>
            <DifferenceCells difference={pair.difference} p={pair.corrected} />
            <FigureCell figure={pair.correlation} format={formatUnit} cases="images" />
          </tr>
        ))}
      </ComparedFigures>
      <p className={`t12 muted ${styles.below}`}>
        Each image is paired with itself, so it does not matter which images a study has besides. Intervals are for other images and other
        voters; the voters’ part is each study’s own, as if no person voted in two of the studies. d is the mean difference in standard
        deviations of the differences: .2 is small, .5 medium, .8 large. p is corrected for the number of pairs (Holm). The correlation is
        not corrected for the number of votes, so few votes lower it.
      </p>
      <PairedShares comparison={comparison} pair={pairs[chosen]} />
    </ResultSection>
  );
}
