"use client";
/** The page of an imported run: the source's figures, curve and images. Nothing in it was measured here. */
import { useRef } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValuesStyles from "../marks/KeyValues.module.css";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { parameterEntries } from "../run/parameterEntries.ts";
import { RunHead } from "../run/RunHead.tsx";
import { RunLayout } from "../run/RunLayout.tsx";
import type { ImportedOnPage } from "../run/runOnPage.ts";
import { Discussion } from "../tracking/Discussion.tsx";
import { CurveChart, curveSeries } from "./CurveChart.tsx";
import { Histories } from "./Histories.tsx";
import { ImportedImages } from "./ImportedImages.tsx";
import styles from "./ImportedView.module.css";
import { curveColumns, importedCurveQuery, importedHistoriesQuery, importedMetricsQuery } from "./importedQueries.ts";

function metricsOf({ metrics }: ImportedOnPage): readonly (readonly [string, number])[] {
  return Object.entries(metrics as Readonly<Record<string, number>>);
}

export function ImportedView({ run }: { readonly run: ImportedOnPage }) {
  const metrics = metricsOf(run);
  const parameters = parameterEntries(run.parameters, []);
  return (
    <RunLayout
      head={<RunHead run={run} />}
      progress={
        <section>
          <StateGlyph state={run.state} />
          <p className="t12 second">
            Another program computed this run{run.sourceState === "" ? "" : `, and calls it ${run.sourceState}`}. Its figures were not
            measured here, and it cannot be forked, run again or verified.
          </p>
        </section>
      }
      facts={
        <>
          <section>
            <div className="sectionHead">
              <h2>Source</h2>
            </div>
            <dl className={keyValuesStyles.keyRows}>
              <KeyRow name="Program">{run.methodLabel}</KeyRow>
              <KeyRow name="Name there">{run.sourceKey}</KeyRow>
              {run.import === null ? null : (
                <KeyRow name="File">
                  <Link className="link" href={`/import?import=${encodeURIComponent(run.import.id)}`}>
                    {run.import.fileName}
                  </Link>
                </KeyRow>
              )}
            </dl>
          </section>
          {parameters.length === 0 ? null : (
            <section>
              <div className="sectionHead">
                <h2>Parameters</h2>
              </div>
              <dl className={keyValuesStyles.keyRows}>
                {parameters.map(({ name, text, isNumber }) => (
                  <KeyRow key={name} name={name} number={isNumber}>
                    {text}
                  </KeyRow>
                ))}
              </dl>
            </section>
          )}
        </>
      }
    >
      {metrics.length === 0 && run.images.nodes.length === 0 && run.curve.length === 0 && run.histories.length === 0 ? (
        <EmptyState title="No figures">The file gives neither metrics nor images of this run.</EmptyState>
      ) : null}
      {metrics.length === 0 ? null : <Metrics run={run} metrics={metrics} />}
      {run.curve.length === 0 ? null : <Curve run={run} />}
      {run.histories.length === 0 ? null : <Histories runKey={run.key} histories={run.histories} query={importedHistoriesQuery(run.id)} />}
      {run.images.nodes.length === 0 ? null : <ImportedImages run={run} />}
      <Discussion id={run.id} />
    </RunLayout>
  );
}

function Metrics({ run, metrics }: { readonly run: ImportedOnPage; readonly metrics: readonly (readonly [string, number])[] }) {
  const { toolbar, content } = useDataTools({
    name: `${run.key}-metrics`,
    columns: ["metric", "value"],
    rows: metrics.map(([name, value]) => [name, value]),
    query: importedMetricsQuery(run.id),
  });
  return (
    <section aria-labelledby="metrics">
      <div className="sectionHead">
        <h2 id="metrics">
          Metrics <span className="t12 muted">as the source states them</span>
        </h2>
        {toolbar}
      </div>
      {content}
      <dl className={styles.metrics}>
        {metrics.map(([name, value]) => (
          <div key={name}>
            <dt className="t12 muted">{name}</dt>
            <dd className="n20">{Number.isInteger(value) ? formatCount(value) : Number(value.toPrecision(5))}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Curve({ run }: { readonly run: ImportedOnPage }) {
  const [frame, width] = useElementWidth<HTMLDivElement>(888);
  const svg = useRef<SVGSVGElement>(null);
  const { toolbar, content } = useDataTools({
    name: `${run.key}-curve`,
    columns: curveColumns,
    rows: () => run.curve.map((point) => curveColumns.map((column) => point[column])),
    query: importedCurveQuery(run.id),
    svg,
  });
  return (
    <section aria-labelledby="curve" ref={frame}>
      <div className="sectionHead">
        <h2 id="curve">
          Fitness <span className="t12 muted">{curveSeries.map(({ key }) => key).join(", ")} over the archive</span>
        </h2>
        {toolbar}
      </div>
      {content}
      <CurveChart points={run.curve} width={Math.max(280, width)} svg={svg} />
    </section>
  );
}
