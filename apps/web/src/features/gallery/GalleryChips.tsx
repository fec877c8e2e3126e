"use client";
/** Common conditions as chips: each adds its condition to the search, or removes it. */
import { hasCondition, toggleCondition } from "@pareidolia/search/toggleCondition";
import styles from "./GalleryChips.module.css";

interface Chip {
  readonly label: string;
  readonly condition: string;
}

/** At most one chip of a group is on. */
type ChipGroup = readonly Chip[];

const groups: readonly ChipGroup[] = [
  [
    { label: "evolution", condition: "kind = evolution" },
    { label: "gradient ascent", condition: "kind = ascent" },
    { label: "perturbation", condition: "kind = perturbation" },
    { label: "retraining", condition: "kind = retraining" },
  ],
  [
    { label: "≥ .99", condition: "confidence >= 0.99" },
    { label: "≥ .9999", condition: "confidence >= 0.9999" },
  ],
  [
    { label: "last 24 hours", condition: "created > -24h" },
    { label: "last 7 days", condition: "created > -7d" },
  ],
];

/** By what people say, for those who may read it. */
const peopleGroups: readonly ChipGroup[] = [
  [
    { label: "never asked", condition: "votes = none" },
    { label: "with votes", condition: "votes > 0" },
  ],
  [
    { label: "not recognised", condition: "recognised < 0.1" },
    { label: "recognised", condition: "recognised >= 0.5" },
  ],
];

interface GalleryChipsProps {
  readonly search: string;
  readonly showsPeople: boolean;
  readonly onSearch: (search: string) => void;
}

export function GalleryChips({ search, showsPeople, onSearch }: GalleryChipsProps) {
  const shown = showsPeople ? [...groups, ...peopleGroups] : groups;
  return (
    <div className={styles.chips} role="group" aria-label="Common conditions">
      {shown.map((group) => (
        <span key={group[0]?.condition} className={styles.group}>
          {group.map(({ label, condition }) => (
            <button
              key={condition}
              type="button"
              className={styles.chip}
              aria-pressed={hasCondition(search, condition)}
              title={condition}
              onClick={() =>
                onSearch(
                  toggleCondition(
                    search,
                    condition,
                    group.map((other) => other.condition),
                  ),
                )
              }
            >
              {label}
            </button>
          ))}
        </span>
      ))}
    </div>
  );
}
