"use client";
/** Whose votes the page counts: as planned, or of all voters. */
import { useQueryState } from "nuqs";
import { voterChoices, votersParser } from "./resultsState.ts";
import styles from "./StudyResults.module.css";
import { type CountsOfResults, namesOfChoices } from "./voterWords.ts";

interface VoterSwitchProps {
  readonly voters: (typeof voterChoices)[number];
  readonly counts: CountsOfResults;
}

export function VoterSwitch({ voters, counts }: VoterSwitchProps) {
  const [, setVoters] = useQueryState("voters", votersParser);
  const names = namesOfChoices(counts);
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
