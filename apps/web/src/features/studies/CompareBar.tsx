"use client";
/** The bar of the studies that are selected in the list, with the way to their comparison. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewStudyDocument } from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import floatStyles from "../marks/Float.module.css";
import { formatCount } from "../marks/numbers.ts";
import { comparisonAddress, mostStudies } from "../studyComparison/comparisonState.ts";
import barStyles from "./AskAboutImages.module.css";
import { mayEditStudies } from "./studyRoles.ts";

interface CompareBarProps {
  /** Keys of studies, in order of selection. */
  readonly selected: readonly string[];
  onClear(): void;
}

export function CompareBar({ selected, onClear }: CompareBarProps) {
  const { data } = useLiveQuery({ query: NewStudyDocument, requestPolicy: "cache-first" });
  const isTooMany = selected.length > mostStudies;
  return (
    <div className={`${barStyles.bar} ${floatStyles.float}`} role="region" aria-label="Selected studies">
      <span role="status">
        <span className="n12">{formatCount(selected.length)}</span> selected
        {isTooMany ? `; at most ${mostStudies} are compared at once` : selected.length === 1 ? "; select another one to compare" : ""}
      </span>
      <Button look="quiet" onClick={onClear}>
        Clear
      </Button>
      {selected.length < 2 || isTooMany || !mayEditStudies(data?.viewer.role) ? null : (
        <ButtonLink look="primary" href={comparisonAddress(selected)}>
          Compare
        </ButtonLink>
      )}
    </div>
  );
}
