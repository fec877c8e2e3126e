"use client";
/** The table of a search's configurations in the selected order, 20 more at a time. */
import { useEffect, useMemo, useState } from "react";
import { drawnSummary } from "../ascent/drawnValues.ts";
import { trajectoryCount } from "../ascent/trajectoryCount.ts";
import { Button } from "../marks/Button.tsx";
import { formatCount } from "../marks/numbers.ts";
import type { AscentOnPage } from "../run/runOnPage.ts";
import { ascendAddress } from "./ascendAddress.ts";
import { ConfigurationRow } from "./ConfigurationRow.tsx";
import styles from "./Configurations.module.css";
import { drawnOf, type Order, type Standing, sortStandings, writeOrder } from "./standings.ts";
import type { ChosenConfiguration } from "./useChosenConfiguration.ts";
import type { Configurations } from "./useConfigurations.ts";
import { useSteadyOrder } from "./useSteadyOrder.ts";

const pageSize = 20;
const noImages: readonly never[] = [];

interface ConfigurationTableProps {
  readonly run: AscentOnPage;
  /** Only configurations with stored images. */
  readonly standings: readonly Standing[];
  readonly search: Configurations;
  readonly chosen: ChosenConfiguration;
  readonly order: Order;
  readonly labels: ReadonlyMap<string, string>;
  onOrder(order: Order): void;
}

export function ConfigurationTable(props: ConfigurationTableProps) {
  const { run, standings, search, chosen, order, labels } = props;
  const [rowLimit, setRowLimit] = useState(pageSize);
  const sorted = useMemo(() => sortStandings(standings, order).map(({ index }) => index), [standings, order]);
  const { indexes, handlers } = useSteadyOrder(sorted, writeOrder(order));
  const first = indexes.slice(0, rowLimit);
  // The row named in the address is always included, if necessary after the others.
  const { shown } = chosen;
  const rows = shown === null || first.includes(shown) || !indexes.includes(shown) ? first : [...first, shown];
  const byIndex = new Map(standings.map((standing) => [standing.index, standing]));
  const { showImages } = search;
  // A string is equal between renders if the rows are.
  const rowKey = rows.join(" ");
  useEffect(() => showImages(rowKey.split(" ").map(Number)), [showImages, rowKey]);
  const runParameters = drawnOf(run);
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <SortHead sortKey="rank" label="Rank" {...props} />
            <SortHead sortKey="configuration" label="Configuration" {...props} />
            <th scope="col" className={`right ${styles.wide}`}>
              ≥ .9999
            </th>
            <th scope="col" className={styles.wide}>
              Median confidence
            </th>
            <SortHead sortKey="step" label="Median step" className={`right ${styles.wide}`} {...props} />
            <th scope="col" className={styles.wide}>
              <span className="visuallyHidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody {...handlers}>
          {rows.map((index) => {
            const standing = byIndex.get(index);
            if (standing === undefined) return null;
            const drawn = drawnOf(standing);
            return (
              <ConfigurationRow
                key={index}
                standing={standing}
                images={search.images.get(index) ?? noImages}
                trajectories={trajectoryCount(run)}
                drawnValues={drawnSummary(drawn, runParameters, labels)}
                isShown={index === shown}
                ascendHref={ascendAddress(run, drawn)}
                onChoose={() => chosen.choose(index)}
                onRetry={search.failedIndexes.has(index) ? search.retryImages : null}
              />
            );
          })}
        </tbody>
      </table>
      {rows.length < indexes.length ? (
        <div className={styles.showMore}>
          <Button onClick={() => setRowLimit(rowLimit + pageSize)}>
            Show more; {formatCount(rows.length)} of {formatCount(indexes.length)} shown
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface SortHeadProps {
  readonly sortKey: string;
  readonly label: string;
  readonly className?: string;
  readonly order: Order;
  onOrder(order: Order): void;
}

function SortHead({ sortKey, label, className, order, onOrder }: SortHeadProps) {
  const sorted = order.key === sortKey;
  return (
    <th scope="col" className={className} aria-sort={sorted ? (order.descending ? "descending" : "ascending") : undefined}>
      <button type="button" className={styles.sort} onClick={() => onOrder({ key: sortKey, descending: sorted && !order.descending })}>
        {label}
        <span aria-hidden="true">{sorted ? (order.descending ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
}
