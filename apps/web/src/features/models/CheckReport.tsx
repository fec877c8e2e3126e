/** The results of a model's last check: its format, operators and parameters, and its speed in a trial run. */
import { formatCount, formatRate } from "../marks/numbers.ts";
import styles from "./Models.module.css";

interface Engine {
  readonly engine: string;
  readonly scores: number;
  readonly gradients: number;
}
interface Report {
  readonly format?: string;
  readonly nodes?: number;
  readonly parameters?: number;
  readonly multiplications?: number;
  readonly operators?: unknown;
  readonly engines?: readonly Engine[];
}

function formatOperators(operators: unknown): string | null {
  if (typeof operators !== "object" || operators === null) return null;
  if (Array.isArray(operators)) return operators.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join(", ");
  return Object.entries(operators)
    .map(([name, count]) => (count === 1 ? name : `${name} × ${String(count)}`))
    .join(", ");
}

export function CheckReport({ report }: { readonly report: unknown }) {
  if (typeof report !== "object" || report === null) return null;
  const { format, nodes, parameters, multiplications, operators, engines } = report as Report;
  const operatorText = formatOperators(operators);
  return (
    <details className={styles.report}>
      <summary>Check results</summary>
      <dl className={styles.facts}>
        {format === undefined ? null : <Fact name="Format" value={format} />}
        {typeof parameters === "number" ? <Fact name="Parameters" value={formatCount(parameters)} number /> : null}
        {typeof multiplications === "number" ? <Fact name="Multiplications" value={formatCount(multiplications)} number /> : null}
        {typeof nodes === "number" ? <Fact name="Nodes" value={formatCount(nodes)} number /> : null}
        {operatorText === null ? null : <Fact name="Operators" value={operatorText} />}
        {engines?.map(({ engine, scores, gradients }) => (
          <Fact key={engine} name="Trial run" value={`${engine}: ${formatRate(scores)} images/s, ${formatRate(gradients)} gradients/s`} />
        ))}
      </dl>
    </details>
  );
}

function Fact({ name, value, number = false }: { readonly name: string; readonly value: string; readonly number?: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={number ? "n12" : undefined}>{value}</dd>
    </>
  );
}
