"use client";
/** Whose votes count: those that the plan keeps, or everyone's. The choice is in the URL. */
import type { SideName } from "@pareidolia/perception/study/results/evidence";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";

const sideNames = ["planned", "everyone"] as const satisfies readonly SideName[];
const sideLabels: Record<SideName, string> = { planned: "As planned", everyone: "All voters" };

export function useSide() {
  return useQueryState("voters", parseAsStringLiteral(sideNames).withDefault("planned"));
}

export function SideChoice({ counts }: { readonly counts: StudyResult["counts"] }) {
  const [side, setSide] = useSide();
  const { voters, votes } = counts[side];
  return (
    <span role="group" aria-label="Voters whose votes count">
      {sideNames.map((name) => (
        <button
          key={name}
          type="button"
          className={toolButtonStyles.toolButton}
          aria-pressed={side === name}
          onClick={() => void setSide(name)}
        >
          {sideLabels[name]}
        </button>
      ))}
      <span className="t12 muted">
        {formatCount(voters)} {voters === 1 ? "voter" : "voters"}, {formatCount(votes)} {votes === 1 ? "vote" : "votes"}
      </span>
    </span>
  );
}
