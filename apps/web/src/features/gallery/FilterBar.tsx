"use client";
/** The gallery's filters in one bar. They are native selects, which work with keyboards, screen readers and phones. */
import styles from "../marks/FilterBar.module.css";
import { type FilterOption, FilterSelect } from "../marks/FilterSelect.tsx";
import { galleryKinds, type KindFilter } from "./galleryKinds.ts";
import { confidences, type GalleryState, holdings, kinds, orders, outcomes, peopleOrders } from "./galleryState.ts";
import { PeopleFilters } from "./PeopleFilters.tsx";
import type { GalleryChoices } from "./useGalleryChoices.ts";

interface FilterBarProps {
  readonly state: GalleryState;
  readonly choices: GalleryChoices;
  readonly onChange: (change: Partial<GalleryState>) => void;
  readonly count: string;
  /** Whether the reader may list images by what people say. */
  readonly showsPeople: boolean;
}

const holdingLabels: Record<GalleryState["holding"], string> = { now: "current", ever: "current and replaced" };
const outcomeLabels: Record<GalleryState["outcome"], string> = { fooled: "fooled the model", any: "any" };
const orderLabels: Record<GalleryState["order"], string> = {
  highest: "most confident first",
  lowest: "least confident first",
  newest: "newest first",
  oldest: "oldest first",
  recognised: "most recognised first",
  unrecognised: "least recognised first",
  votes: "most votes first",
};

function listLabels(state: GalleryState, choices: GalleryChoices): FilterOption[] {
  const models = choices.models.filter(({ id }) => state.model === null || id === state.model);
  return [...new Set(models.flatMap(({ labels }) => labels))].map((label) => ({ value: label, text: label }));
}

export function FilterBar({ state, choices, onChange, count, showsPeople }: FilterBarProps) {
  const has = (filter: KindFilter) => galleryKinds[state.kind].filters.includes(filter);
  const shownOrders = orders.filter((order) => showsPeople || !peopleOrders.includes(order));
  return (
    <div className={styles.bar} role="search" aria-label="Filter the gallery">
      <FilterSelect
        name="kind"
        value={state.kind}
        isSet={state.kind !== "evolution"}
        options={kinds.map((value) => ({ value, text: galleryKinds[value].label }))}
        onChange={(kind) =>
          onChange({
            kind: kinds.find((value) => value === kind) ?? "evolution",
            run: null,
            encoding: null,
            method: null,
          })
        }
      />
      <FilterSelect
        name="experiment"
        anyLabel="any"
        value={state.experiment}
        isSet={state.experiment !== null}
        options={choices.experiments.map(({ id, key, name }) => ({ value: id, text: `${key} ${name}` }))}
        onChange={(experiment) => onChange({ experiment, run: null })}
      />
      <FilterSelect
        name="run"
        anyLabel="any"
        value={state.run}
        isSet={state.run !== null}
        options={choices.runs.map(({ id, key, name }) => ({ value: id, text: `${key} ${name}` }))}
        onChange={(run) => onChange({ run })}
      />
      <FilterSelect
        name="model"
        anyLabel="any"
        value={state.model}
        isSet={state.model !== null}
        options={choices.models.map(({ id, name }) => ({ value: id, text: name }))}
        onChange={(model) => onChange({ model })}
      />
      {has("encoding") ? (
        <FilterSelect
          name="encoding"
          anyLabel="any"
          value={state.encoding}
          isSet={state.encoding !== null}
          options={choices.encodings.map(({ id, label }) => ({ value: id, text: label }))}
          onChange={(encoding) => onChange({ encoding })}
        />
      ) : null}
      {has("method") ? (
        <FilterSelect
          name="method"
          anyLabel="any"
          value={state.method}
          isSet={state.method !== null}
          options={choices.methods.map(({ id, label }) => ({ value: id, text: label }))}
          onChange={(method) => onChange({ method })}
        />
      ) : null}
      <FilterSelect
        name="label"
        anyLabel="any"
        value={state.label}
        isSet={state.label !== null}
        options={listLabels(state, choices)}
        onChange={(label) => onChange({ label })}
      />
      <FilterSelect
        name="confidence"
        anyLabel="any"
        value={state.min}
        isSet={state.min !== null}
        options={confidences.map((value) => ({ value, text: `≥ ${value.slice(1)}` }))}
        onChange={(min) => onChange({ min: confidences.find((value) => value === min) ?? null })}
      />
      {has("holding") ? (
        <FilterSelect
          name="elites"
          value={state.holding}
          isSet={state.holding !== "now"}
          options={holdings.map((value) => ({ value, text: holdingLabels[value] }))}
          onChange={(holding) => onChange({ holding: holdings.find((value) => value === holding) ?? "now" })}
        />
      ) : null}
      {has("outcome") ? (
        <FilterSelect
          name="outcome"
          value={state.outcome}
          isSet={state.outcome !== "fooled"}
          options={outcomes.map((value) => ({ value, text: outcomeLabels[value] }))}
          onChange={(outcome) => onChange({ outcome: outcomes.find((value) => value === outcome) ?? "fooled" })}
        />
      ) : null}
      {showsPeople ? <PeopleFilters state={state} onChange={onChange} /> : null}
      <FilterSelect
        name="order"
        value={state.order}
        isSet={state.order !== "highest"}
        options={shownOrders.map((value) => ({ value, text: orderLabels[value] }))}
        onChange={(order) => onChange({ order: orders.find((value) => value === order) ?? "highest" })}
      />
      <output className={styles.count}>{count}</output>
    </div>
  );
}
