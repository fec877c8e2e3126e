"use client";
/** The gallery's filters as tokens in one bar. Each is a native control, so it works with every keyboard, reader and phone. */
import styles from "./Gallery.module.css";
import { galleryKinds, type KindToken } from "./galleryKinds.ts";
import { confidences, type GalleryState, holdings, kinds, orders, outcomes } from "./galleryState.ts";
import type { GalleryChoices } from "./useGalleryChoices.ts";

interface FilterBarProps {
  readonly state: GalleryState;
  readonly choices: GalleryChoices;
  readonly onChange: (change: Partial<GalleryState>) => void;
  readonly count: string;
}

interface Option {
  readonly value: string;
  readonly text: string;
}

interface TokenProps {
  readonly name: string;
  readonly value: string | null;
  /** Whether it narrows or reorders what is shown by default. */
  readonly set: boolean;
  /** Words for "not restricted"; absent when the token always has a value. */
  readonly any?: string;
  readonly options: readonly Option[];
  readonly onPick: (value: string | null) => void;
}

function Token({ name, value, set, any, options, onPick }: TokenProps) {
  const known = value === null || options.some((option) => option.value === value);
  return (
    <label className={styles.token} data-set={set || undefined}>
      <span>{name}</span>
      <select value={value ?? ""} onChange={(event) => onPick(event.target.value === "" ? null : event.target.value)}>
        {any === undefined ? null : <option value="">{any}</option>}
        {known ? null : <option value={value}>unknown</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}

const holdingWords: Record<GalleryState["holding"], string> = { now: "their niche now", ever: "a niche at any time" };
const outcomeWords: Record<GalleryState["outcome"], string> = { fooled: "fooled the model", any: "any" };
const orderWords: Record<GalleryState["order"], string> = {
  highest: "most confident first",
  lowest: "least confident first",
  newest: "newest first",
  oldest: "oldest first",
};

function listLabels(state: GalleryState, choices: GalleryChoices): Option[] {
  const models = choices.models.filter(({ id }) => state.model === null || id === state.model);
  return [...new Set(models.flatMap(({ labels }) => labels))].map((label) => ({ value: label, text: label }));
}

export function FilterBar({ state, choices, onChange, count }: FilterBarProps) {
  const has = (token: KindToken) => galleryKinds[state.kind].tokens.includes(token);
  return (
    <div className={styles.bar} role="search" aria-label="Filter the gallery">
      <Token
        name="made by"
        value={state.kind}
        set={state.kind !== "evolution"}
        options={kinds.map((value) => ({ value, text: galleryKinds[value].label }))}
        onPick={(kind) => onChange({ kind: kinds.find((value) => value === kind) ?? "evolution", run: null, encoding: null, method: null })}
      />
      <Token
        name="experiment"
        any="any"
        value={state.experiment}
        set={state.experiment !== null}
        options={choices.experiments.map(({ id, key, name }) => ({ value: id, text: `${key} ${name}` }))}
        onPick={(experiment) => onChange({ experiment, run: null })}
      />
      <Token
        name="run"
        any="any"
        value={state.run}
        set={state.run !== null}
        options={choices.runs.map(({ id, key, name }) => ({ value: id, text: `${key} ${name}` }))}
        onPick={(run) => onChange({ run })}
      />
      <Token
        name="model"
        any="any"
        value={state.model}
        set={state.model !== null}
        options={choices.models.map(({ id, name }) => ({ value: id, text: name }))}
        onPick={(model) => onChange({ model })}
      />
      {has("encoding") ? (
        <Token
          name="encoding"
          any="any"
          value={state.encoding}
          set={state.encoding !== null}
          options={choices.encodings.map(({ id, label }) => ({ value: id, text: label }))}
          onPick={(encoding) => onChange({ encoding })}
        />
      ) : null}
      {has("method") ? (
        <Token
          name="method"
          any="any"
          value={state.method}
          set={state.method !== null}
          options={choices.methods.map(({ id, label }) => ({ value: id, text: label }))}
          onPick={(method) => onChange({ method })}
        />
      ) : null}
      <Token
        name="label"
        any="any"
        value={state.label}
        set={state.label !== null}
        options={listLabels(state, choices)}
        onPick={(label) => onChange({ label })}
      />
      <Token
        name="confidence"
        any="any"
        value={state.min}
        set={state.min !== null}
        options={confidences.map((value) => ({ value, text: `≥ ${value.slice(1)}` }))}
        onPick={(min) => onChange({ min: confidences.find((value) => value === min) ?? null })}
      />
      {has("holding") ? (
        <Token
          name="holds"
          value={state.holding}
          set={state.holding !== "now"}
          options={holdings.map((value) => ({ value, text: holdingWords[value] }))}
          onPick={(holding) => onChange({ holding: holdings.find((value) => value === holding) ?? "now" })}
        />
      ) : null}
      {has("outcome") ? (
        <Token
          name="outcome"
          value={state.outcome}
          set={state.outcome !== "fooled"}
          options={outcomes.map((value) => ({ value, text: outcomeWords[value] }))}
          onPick={(outcome) => onChange({ outcome: outcomes.find((value) => value === outcome) ?? "fooled" })}
        />
      ) : null}
      <Token
        name="order"
        value={state.order}
        set={state.order !== "highest"}
        options={orders.map((value) => ({ value, text: orderWords[value] }))}
        onPick={(order) => onChange({ order: orders.find((value) => value === order) ?? "highest" })}
      />
      <output className={styles.count}>{count}</output>
    </div>
  );
}
