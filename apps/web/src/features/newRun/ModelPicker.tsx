"use client";
/** The models in groups, with a search field if there are many. A chain's networks are collapsed unless one is selected or the search finds one. */
import { useMemo, useState } from "react";
import choiceListStyles from "./ChoiceList.module.css";
import styles from "./ModelPicker.module.css";
import { type ModelChoice, modelDetail } from "./modelDetail.ts";
import { groupModels, matchesModel } from "./modelGroups.ts";

interface ModelPickerProps {
  readonly models: readonly ModelChoice[];
  readonly value: string;
  readonly problem?: string | undefined;
  onChange(id: string): void;
}

/** The search field appears with this many models. */
const searchThreshold = 7;

export function ModelPicker({ models, value, problem, onChange }: ModelPickerProps) {
  const [search, setSearch] = useState("");
  const found = useMemo(() => models.filter((model) => matchesModel(model, search)), [models, search]);
  const groups = useMemo(() => groupModels(found), [found]);
  const chosen = models.find(({ id }) => id === value);
  const option = (model: ModelChoice) => (
    <label key={model.id}>
      <input type="radio" name="model" value={model.id} checked={model.id === value} onChange={() => onChange(model.id)} />
      <span>
        <b>{model.name}</b>
        <span className="t12 muted">{modelDetail(model)}</span>
      </span>
    </label>
  );
  return (
    <fieldset className={`${choiceListStyles.choiceList} ${styles.modelPicker}`}>
      <legend>Model</legend>
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
      {models.length < searchThreshold ? null : (
        <input
          className="input"
          type="search"
          aria-label="Search models"
          placeholder="Search models"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
            // Enter chooses the first match and does not start the run.
            event.preventDefault();
            const first = groups[0]?.models[0];
            if (search.trim() !== "" && first) onChange(first.id);
          }}
        />
      )}
      <div className={styles.modelGroups}>
        {groups.map(({ key, title, isChain, models: members }) =>
          isChain ? (
            <details key={`${key} ${search === ""}`} open={search !== "" || members.some(({ id }) => id === value)}>
              <summary className={`${styles.modelGroup} t12 muted`}>
                {title} <span className="n11">{members.length}</span>
              </summary>
              {members.map(option)}
            </details>
          ) : (
            <div key={key} role="group" aria-label={title}>
              {groups.length > 1 ? <p className={`${styles.modelGroup} t12 muted`}>{title}</p> : null}
              {members.map(option)}
            </div>
          ),
        )}
      </div>
      <p className="t12 muted" role="status">
        {found.length === 0 ? `No model matches “${search}”. ` : ""}
        {chosen !== undefined && !found.includes(chosen) ? `${chosen.name} is selected.` : ""}
      </p>
    </fieldset>
  );
}
