"use client";
/** The curves of an imported run, one metric at a time; the first one is shown first. */
import { useRef, useState } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { FilterSelect } from "../marks/FilterSelect.tsx";
import { HistoryChart, type MetricHistory } from "./HistoryChart.tsx";

interface HistoriesProps {
  /** Such as RUN-12, for names of files. */
  readonly runKey: string;
  /** At least one. */
  readonly histories: readonly MetricHistory[];
  /** The GraphQL query of the curves. */
  readonly query: string;
}

export function Histories({ runKey, histories, query }: HistoriesProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(888);
  const svg = useRef<SVGSVGElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const history = histories.find(({ metric }) => metric === chosen) ?? (histories[0] as MetricHistory);
  const { metric, steps, values } = history;
  const { toolbar, content } = useDataTools({
    name: `${runKey}-${metric.replaceAll(/[^A-Za-z0-9._-]+/g, "-")}`,
    columns: ["step", metric],
    rows: () => steps.map((step, index) => [step, values[index] as number]),
    query,
    svg,
  });
  return (
    <section aria-labelledby="histories" ref={frame}>
      <div className="sectionHead">
        <h2 id="histories">
          Curves <span className="t12 muted">as the source states them</span>
        </h2>
        {toolbar}
      </div>
      {histories.length === 1 ? (
        <p className="t12 second">{metric}</p>
      ) : (
        <FilterSelect
          name="Metric"
          value={metric}
          isSet={false}
          options={histories.map((each) => ({ value: each.metric, text: each.metric }))}
          onChange={setChosen}
        />
      )}
      {content}
      <HistoryChart history={history} width={Math.max(280, width)} svg={svg} />
    </section>
  );
}
