/** The run that a run was imported from, forked from or repeats, and the settings that differ. */
import type { RunOriginFragment } from "../../graphql/generated/graphql.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { DifferenceList } from "./DifferenceList.tsx";

interface OriginNoteProps {
  readonly run: RunOriginFragment;
  /** What a fork has from its original, as a noun: a generation, or a number of links. */
  readonly unit: "generation" | "link";
}

export function OriginNote({ run, unit }: OriginNoteProps) {
  return (
    <>
      <RestoredNote run={run} />
      <ForkNote run={run} unit={unit} />
    </>
  );
}

function RestoredNote({ run: { restoredFrom } }: Pick<OriginNoteProps, "run">) {
  if (restoredFrom == null) return null;
  const { key, workspace, at } = restoredFrom;
  return (
    <p className="second" suppressHydrationWarning>
      Imported from <span className="n12">{key}</span> of the workspace {workspace},{" "}
      {new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}.
    </p>
  );
}

function ForkNote({ run, unit }: OriginNoteProps) {
  const { forkedFrom, forkedFromGeneration, rerunOf, differences } = run;
  const isFork = typeof forkedFromGeneration === "number";
  const origin = forkedFrom ?? rerunOf ?? null;
  if (!isFork && origin === null) return null;
  return (
    <p className="second">
      {isFork ? "Forked from " : "Repeats "}
      {origin === null ? (
        "a run that was deleted"
      ) : (
        <Link className="link" href={`/runs/${origin.key}`}>
          {origin.key}
        </Link>
      )}
      {isFork ? (
        <>
          {" "}
          {unit === "generation" ? "at generation" : "after link"} <span className="n12">{formatCount(forkedFromGeneration)}</span>
        </>
      ) : null}
      {differences === null || differences === undefined || origin === null ? (
        "."
      ) : differences.length === 0 ? (
        " with the same settings."
      ) : (
        <>
          . Differs from {origin.key} in: <DifferenceList differences={differences} />.
        </>
      )}
    </p>
  );
}
