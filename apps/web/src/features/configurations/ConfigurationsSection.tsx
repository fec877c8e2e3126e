"use client";
/** The results of a random search: its ranked configurations with their images. The trajectories of one are shown below. */
import { useQueryState } from "nuqs";
import { useMemo } from "react";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import type { AscentOnPage } from "../run/runOnPage.ts";
import { isActive, isOver } from "../run/runStates.ts";
import type { MethodSpec } from "../run/useMethodSpecs.ts";
import styles from "./Configurations.module.css";
import { ConfigurationTable } from "./ConfigurationTable.tsx";
import { configurationsQuery } from "./configurationsQuery.ts";
import {
  configurationRule,
  drawnOf,
  fixedKeys,
  type Order,
  orderRule,
  readOrder,
  type Standing,
  sortStandings,
  writeOrder,
} from "./standings.ts";
import type { ChosenConfiguration } from "./useChosenConfiguration.ts";
import type { Configurations } from "./useConfigurations.ts";

interface ConfigurationsSectionProps {
  readonly run: AscentOnPage;
  readonly search: Configurations;
  readonly chosen: ChosenConfiguration;
  /** Names of the drawn parameters. */
  readonly drawn: readonly string[];
  readonly specs: readonly MethodSpec[];
}

const columns = ["configuration", "rank", "stored", "ended", "reached", "medianStep", "medianConfidence"] as const;
const noStandings: readonly Standing[] = [];

function cell(value: unknown): string | number | null {
  if (typeof value === "number") return value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function emptyTitle(state: AscentOnPage["state"]): string {
  return isOver(state) ? "No configurations" : "No configurations yet";
}

function emptyText(state: AscentOnPage["state"]): string {
  if (isActive(state)) return "Configurations appear here with the first checkpoint.";
  return isOver(state)
    ? "The run ended before its first checkpoint."
    : "The run stopped before its first checkpoint. Resume it to continue.";
}

export function ConfigurationsSection({ run, search, chosen, drawn, specs }: ConfigurationsSectionProps) {
  const [requestedOrder, setOrder] = useQueryState("order", { history: "replace" });
  const order = useMemo(() => readOrder(requestedOrder, drawn), [requestedOrder, drawn]);
  const all = search.standings ?? noStandings;
  const standings = useMemo(() => all.filter(({ stored }) => stored > 0), [all]);
  const labels = useMemo(() => new Map(specs.map(({ name, label }) => [name, label])), [specs]);
  const { toolbar, content } = useDataTools({
    name: `${run.key}-configurations`,
    columns: [...columns, ...drawn],
    rows: sortStandings(standings, order).map((standing) => [
      standing.index,
      standing.rank,
      standing.stored,
      standing.ended,
      standing.foolingCount,
      standing.medianFoolingStep ?? null,
      standing.median ?? null,
      ...drawn.map((name) => cell(drawnOf(standing)[name])),
    ]),
    query: configurationsQuery(run.id),
  });
  const choose = (next: Order) => void setOrder(writeOrder(next) === "rank" ? null : writeOrder(next));
  if (search.error) return <RequestError message={search.error.message} onRetry={search.retry} />;
  if (search.standings === null) return <SkeletonLines count={4} height={112} />;
  const addressCheck = <AddressCheck rules={[configurationRule(all.length), orderRule(drawn)]} />;
  if (standings.length === 0)
    return (
      <>
        {addressCheck}
        <EmptyState title={emptyTitle(run.state)}>{emptyText(run.state)}</EmptyState>
      </>
    );
  return (
    <section className={styles.section} aria-labelledby="configurations">
      <div className="sectionHead">
        <h2 id="configurations">
          Configurations{" "}
          {standings.length < all.length ? (
            <span className="t12 muted">
              <span className="n12">{formatCount(standings.length)}</span> of <span className="n12">{formatCount(all.length)}</span> started
            </span>
          ) : null}
        </h2>
        <span className={styles.tools}>
          <OrderChoice order={order} drawn={drawn} labels={labels} onOrder={choose} />
          {toolbar}
        </span>
      </div>
      {content}
      <p className={`t12 muted ${styles.about}`}>
        Ranked by the number of images that reached <span className="n12">.9999</span>, then by median confidence, then by the number of
        steps.
      </p>
      {addressCheck}
      <ConfigurationTable run={run} standings={standings} search={search} chosen={chosen} order={order} labels={labels} onOrder={choose} />
    </section>
  );
}

interface OrderChoiceProps {
  readonly order: Order;
  readonly drawn: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  onOrder(order: Order): void;
}

function OrderChoice({ order, drawn, labels, onOrder }: OrderChoiceProps) {
  const parameters = drawn.map((name) => ({ key: name, label: labels.get(name) ?? name }));
  return (
    <span className={styles.order}>
      <label>
        <span className="t12 muted">Order</span>
        <select className="input" value={order.key} onChange={(event) => onOrder({ key: event.target.value, descending: false })}>
          {[...fixedKeys, ...parameters].map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={toolButtonStyles.toolButton}
        aria-label={order.descending ? "Highest first; reverse the order" : "Lowest first; reverse the order"}
        onClick={() => onOrder({ key: order.key, descending: !order.descending })}
      >
        {order.descending ? "↓" : "↑"}
      </button>
    </span>
  );
}
