"use client";
/** Whose votes the page counts: as planned, or of all voters. */
import { useQueryState } from "nuqs";
import { formatCount } from "../marks/numbers.ts";
import { voterChoices, votersParser } from "./resultsState.ts";
import styles from "./StudyResults.module.css";

interface VoterSwitchProps {
  readonly voters: (typeof voterChoices)[number];
  readonly planned: number;
  readonly everyone: number;
}

export function VoterSwitch({ voters, planned, everyone }: VoterSwitchProps) {
  const [, setVoters] = useQueryState("voters", votersParser);
  const names = { planned: `As planned, ${formatCount(planned)}`, all: `All ${formatCount(everyone)}` };
  return (
    <div className={styles.switch} role="group" aria-label="Voters that count">
      {voterChoices.map((choice) => (
        <button key={choice} type="button" aria-pressed={choice === voters} onClick={() => void setVoters(choice)}>
          {names[choice]}
        </button>
      ))}
    </div>
  );
}
