/** The result of a verification: "Verified bit for bit on 27 Nov 2026" or the first step that differs, with the parts that differ. */
import type { RunProvenanceQuery } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./ProvenanceSection.module.css";

type RunNode = Extract<NonNullable<RunProvenanceQuery["node"]>, { readonly chainHash?: unknown }>;
type Verification = NonNullable<RunNode["verification"]>;

const maxFindings = 5;

const singular: Readonly<Record<string, string>> = {
  generations: "generation",
  trajectories: "trajectory",
  attacks: "attack",
  links: "link",
};

function dateOf(time: unknown): string {
  return new Date(String(time)).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** With enough digits to show a difference in the last bits. */
function formatPart(value: number | null | undefined): string {
  return typeof value === "number" ? String(value) : "none";
}

/** Stored values that differ, and what was not checked. A verification from before figures were verified has said nothing about them. */
function VerificationNotes({ verification: { findings, findingCount, notChecked } }: { readonly verification: Verification }) {
  if (!findings)
    return <p className="t12 muted">Only the search was verified, not the figures, scores and images. Verify again to check them.</p>;
  const more = (findingCount ?? 0) - Math.min(findings.length, maxFindings);
  return (
    <>
      {findings.length === 0 ? null : (
        <ul className={styles.parts} aria-label="Stored values that differ">
          {findings.slice(0, maxFindings).map(({ column, place, stored, computed }) => (
            <li key={`${column} ${place}`} className="t12 muted">
              <span>
                {column} of {place}
              </span>
              <span className="n12">
                {stored ?? "none"} → {computed ?? "none"}
              </span>
            </li>
          ))}
          {more > 0 ? <li className="t12 muted">and {formatCount(more)} more</li> : null}
        </ul>
      )}
      {(notChecked ?? []).map((what) => (
        <p key={what} className="t12 muted">
          Not checked: {what}.
        </p>
      ))}
    </>
  );
}

export function VerificationResult({ verification }: { readonly verification: Verification }) {
  const { verdict, unit, steps, engine, tolerance, largestDifference, difference, analysis } = verification;
  const notes = <VerificationNotes verification={verification} />;
  const when = analysis.endedAt ? ` on ${dateOf(analysis.endedAt)}` : "";
  const count = (
    <>
      <span className="n12">{formatCount(steps ?? 0)}</span> {steps === 1 ? (singular[unit ?? ""] ?? unit) : unit}
    </>
  );
  if (verdict === "EQUAL")
    return (
      <div role="status">
        <p className="second" suppressHydrationWarning>
          Verified bit for bit{when}: {count}, {engine}.
        </p>
        {notes}
      </div>
    );
  if (verdict === "CLOSE")
    return (
      <div role="status">
        <p className="second" suppressHydrationWarning>
          Verified within <span className="n12">{tolerance}</span>
          {when}: {count}, largest difference <span className="n12">{(largestDifference ?? 0).toExponential(1)}</span>. {engine} is not the
          engine and instruction set of the run, so bits need not be equal.
        </p>
        {notes}
      </div>
    );
  if (verdict !== "DIFFERENT") return null;
  if (!difference)
    return (
      <div role="status">
        <p className="fieldError" suppressHydrationWarning>
          Stored values differ{when}, although the hash chain does not: they were changed after the run stored them.
        </p>
        {notes}
        <p className="t12 muted">{engine}</p>
      </div>
    );
  return (
    <div role="status">
      <p className="fieldError" suppressHydrationWarning>
        Differs at {singular[unit ?? ""] ?? "step"} <span className="n12">{formatCount(difference.step)}</span>
        {when}. {difference.reason}
      </p>
      {difference.parts.length === 0 ? null : (
        <ul className={styles.parts} aria-label="What differs">
          {difference.parts.slice(0, 5).map(({ name, stored, computed }) => (
            <li key={name} className="t12 muted">
              <span>{name}</span>
              <span className="n12">
                {formatPart(stored)} → {formatPart(computed)}
              </span>
            </li>
          ))}
          {difference.partCount > 5 ? <li className="t12 muted">and {formatCount(difference.partCount - 5)} more</li> : null}
        </ul>
      )}
      {notes}
      <p className="t12 muted">{engine}</p>
    </div>
  );
}
