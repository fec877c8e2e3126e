"use client";
/** The settings of a shared run, sufficient to repeat it, on the page and as a file. */
import { CopyButton } from "../marks/CopyButton.tsx";
import { downloadFile } from "../marks/downloadFile.ts";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValuesStyles from "../marks/KeyValues.module.css";
import { norms } from "../marks/norms.ts";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { parameterEntries } from "../run/parameterEntries.ts";
import { planOf, type RecipeRow, recipeDocument } from "./recipe.ts";
import type { SharedRun } from "./sharedRun.ts";

/** The sign of an attack's norm beside its bounds. */
function nameOf({ name }: RecipeRow, run: SharedRun): string {
  return name === "Bounds" && run.__typename === "PerturbationRun" && run.norm != null ? `Bounds, ${norms[run.norm].sign}` : name;
}

export function SharedRecipe({ run }: { readonly run: SharedRun }) {
  const { model, framing, archiveHash } = run;
  return (
    <section aria-labelledby="recipe">
      <div className="sectionHead">
        <h2 id="recipe">Recipe</h2>
        <button
          type="button"
          className={toolButtonStyles.toolButton}
          onClick={() => downloadFile(`${run.key}-recipe.json`, `${JSON.stringify(recipeDocument(run), null, 2)}\n`, "application/json")}
        >
          JSON
        </button>
      </div>
      <dl className={keyValuesStyles.keyRows}>
        <KeyRow name="Method">{run.methodLabel}</KeyRow>
        <KeyRow name="Preset">{run.presetLabel}</KeyRow>
        <KeyRow name="Seed" number>
          {run.seed}
        </KeyRow>
        <KeyRow name="Model">{model.name}</KeyRow>
        {model.sha256 === "" ? null : (
          <KeyRow name="Model SHA-256" number>
            <span title={model.sha256}>{model.sha256.slice(0, 8)}</span> <CopyButton text={model.sha256} />
          </KeyRow>
        )}
        {framing === null ? null : (
          <KeyRow name="Framing">
            {framing.crops === 1 ? "one crop" : `${framing.crops} crops`} of <span className="n12">{framing.imageSize}</span> px
          </KeyRow>
        )}
        {planOf(run).map((row) => (
          <KeyRow key={row.name} name={nameOf(row, run)} number={row.isNumber ?? false}>
            {row.text}
          </KeyRow>
        ))}
        {parameterEntries(run.parameters, []).map(({ name, label, text, isNumber }) => (
          <KeyRow key={name} name={label} number={isNumber}>
            {text}
          </KeyRow>
        ))}
        <KeyRow name="Evaluations" number>
          {formatCount(run.evaluations)}
        </KeyRow>
        {archiveHash === null ? null : (
          <KeyRow name="Archive hash" number>
            <span title={archiveHash}>{archiveHash.slice(0, 8)}</span> <CopyButton text={archiveHash} />
          </KeyRow>
        )}
      </dl>
    </section>
  );
}
