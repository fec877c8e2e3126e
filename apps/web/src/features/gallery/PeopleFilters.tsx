/** The gallery's filters by what people say. */
import { FilterSelect } from "../marks/FilterSelect.tsx";
import { askings, type GalleryState, shares, voteCounts } from "./galleryState.ts";

interface PeopleFiltersProps {
  readonly state: GalleryState;
  readonly onChange: (change: Partial<GalleryState>) => void;
}

const askedLabels: Record<(typeof askings)[number], string> = { yes: "asked", no: "never asked" };
const percentOf = (value: string): string => `${Number(value) * 100}%`;

export function PeopleFilters({ state, onChange }: PeopleFiltersProps) {
  return (
    <>
      <FilterSelect
        name="people"
        anyLabel="any"
        value={state.asked}
        isSet={state.asked !== null}
        options={askings.map((value) => ({ value, text: askedLabels[value] }))}
        onChange={(asked) => onChange({ asked: askings.find((value) => value === asked) ?? null })}
      />
      <FilterSelect
        name="recognised by at least"
        anyLabel="any share"
        value={state.share}
        isSet={state.share !== null}
        options={shares.map((value) => ({ value, text: percentOf(value) }))}
        onChange={(share) => onChange({ share: shares.find((value) => value === share) ?? null })}
      />
      <FilterSelect
        name="by at most"
        anyLabel="any share"
        value={state.below}
        isSet={state.below !== null}
        options={shares.map((value) => ({ value, text: percentOf(value) }))}
        onChange={(below) => onChange({ below: shares.find((value) => value === below) ?? null })}
      />
      <FilterSelect
        name="votes"
        anyLabel="any"
        value={state.votes}
        isSet={state.votes !== null}
        options={voteCounts.map((value) => ({ value, text: `≥ ${value}` }))}
        onChange={(votes) => onChange({ votes: voteCounts.find((value) => value === votes) ?? null })}
      />
    </>
  );
}
