"use client";
/** The bar of the studies that are selected in the list, with the way to their comparison. */
import { Button, ButtonLink } from "../marks/Button.tsx";
import floatStyles from "../marks/Float.module.css";
import { formatCount } from "../marks/numbers.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { comparisonAddress, maxStudies } from "../studyComparison/comparisonState.ts";
import barStyles from "./AskAboutImages.module.css";

interface CompareBarProps {
  /** Keys of studies, in order of selection. */
  readonly selected: readonly string[];
  onClear(): void;
}

export function CompareBar({ selected, onClear }: CompareBarProps) {
  // Who may not create studies may not read their results either.
  const { may } = usePermissions();
  const isTooMany = selected.length > maxStudies;
  return (
    <div className={`${barStyles.bar} ${floatStyles.float}`} role="region" aria-label="Selected studies">
      <span role="status">
        <span className="n12">{formatCount(selected.length)}</span> selected
        {isTooMany ? `; at most ${maxStudies} are compared at once` : selected.length === 1 ? "; select another one to compare" : ""}
      </span>
      <Button look="quiet" onClick={onClear}>
        Clear
      </Button>
      {selected.length < 2 || isTooMany || !may("createStudy") ? null : (
        <ButtonLink look="primary" href={comparisonAddress(selected)}>
          Compare
        </ButtonLink>
      )}
    </div>
  );
}
