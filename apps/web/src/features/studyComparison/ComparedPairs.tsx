"use client";
/** Every two studies by the images that both have: the mean difference of an image's shares, its effect size, and their correlation. */
import { useQueryState } from "nuqs";
import { useRef } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { FigureText } from "../studyResults/FigureText.tsx";
import { IntervalRows } from "../studyResults/IntervalRows.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { figureCells, figureColumns } from "../studyResults/readResults.ts";
import { formatInterval, formatP, formatPoints, formatUnit } from "../studyResults/resultFormats.ts";
import { type NamedPair, namedPairs } from "./comparedImages.ts";
import { pairParser } from "./comparisonState.ts";
import { PairedShares } from "./PairedShares.tsx";
import { type Comparison, comparisonQuery } from "./readComparison.ts";
import styles from "./StudyComparison.module.css";

/** Of an axis: `−20`, `0`, `+20`. */
const formatWholePoints = (share: number): string => (share === 0 ? "0" : formatPoints(share).replace(/\.00$/, ""));

export function ComparedPairs({ comparison }: { readonly comparison: Comparison }) {
  const [frame, width] = useElementWidth<HTMLDivElement>(480);
  const svg = useRef<SVGSVGElement>(null);
  const [wanted, setPair] = useQueryState("pair", pairParser);
  const pairs = namedPairs(comparison);
  const chosen = wanted < pairs.length ? wanted : 0;
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
      "p",
      "p, Holm",
      ...figureColumns.map((name) => `correlation ${name}`),
    ],
    rows: pairs.map(({ name, shared, figure, difference, corrected, correlation }) => [
      name,
      shared,
      ...figureCells(figure),
      ...(difference.defined
        ? [difference.effect.estimate, difference.effect.low, difference.effect.high, difference.p]
        : [null, null, null, null]),
      corrected,
      ...figureCells(correlation),
    ]),
    query: comparisonQuery(keys),
    svg,
  });
  const reach = Math.max(0.1, ...pairs.flatMap(({ figure }) => (figure.defined ? [Math.abs(figure.low), Math.abs(figure.high)] : [])));
  const edge = Math.min(1, Math.ceil(reach * 10) / 10);
  return (
    <ResultSection title="The same images" tools={tools} note="images with votes in both studies, paired">
      <div className={styles.two}>
        <div ref={frame}>
          <IntervalRows
            rows={pairs.map(({ name, figure }) => ({ key: name, name, figure }))}
            width={width}
            nameWidth={Math.min(170, width * 0.42)}
            domain={[-edge, edge]}
            ticks={[-edge, 0, edge]}
            format={formatWholePoints}
            label="The mean difference of an image’s shares between two studies, in percentage points, with 95% intervals. The table has the numbers."
            svg={svg}
          />
        </div>
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Figures of the pairs">
          <table className={styles.figures}>
            <thead>
              <tr>
                <th scope="col">Pair</th>
                <th scope="col" className="right">
                  Shared
                </th>
                <th scope="col" className="right">
                  Difference, points
                </th>
                <th scope="col" className="right">
                  d
                </th>
                <th scope="col" className="right">
                  p, Holm
                </th>
                <th scope="col" className="right">
                  Correlation
                </th>
              </tr>
            </thead>
            <tbody>
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
                  <PairCells pair={pair} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
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

function PairCells({ pair: { difference, figure, corrected, correlation } }: { readonly pair: NamedPair }) {
  return (
    <>
      {difference.defined ? (
        <>
          <td className="right">
            <FigureText figure={figure} format={formatPoints} cases="images" />
          </td>
          <td className="right">
            <span className="n">{formatUnit(difference.effect.estimate)}</span>{" "}
            <span className="n11 muted">{formatInterval(difference.effect, formatUnit)}</span>
          </td>
          <td className="right n">{corrected === null ? "–" : formatP(corrected).replace(/^p = /, "")}</td>
        </>
      ) : (
        <td colSpan={3} className="t12 muted">
          {difference.reason}
        </td>
      )}
      <td className="right">
        <FigureText figure={correlation} format={formatUnit} cases="images" />
      </td>
    </>
  );
}
