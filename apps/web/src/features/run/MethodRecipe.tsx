"use client";
/** The settings of an ascent, attack or retraining, sufficient to repeat it. */
import type { ReactNode } from "react";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValuesStyles from "../marks/KeyValues.module.css";
import { formatCount } from "../marks/numbers.ts";
import { parameterEntries } from "./parameterEntries.ts";
import type { RunOnPage } from "./runOnPage.ts";
import { useMethodSpecs } from "./useMethodSpecs.ts";

interface MethodRecipeProps {
  readonly run: RunOnPage;
  /** Names of parameters that the run draws at random and that therefore have no single value. */
  readonly drawn?: readonly string[];
  /** Names of parameters that have no effect in this run. */
  readonly unused?: readonly string[];
  readonly children?: ReactNode;
}

export function MethodRecipe({ run, drawn = [], unused = [], children }: MethodRecipeProps) {
  const specs = useMethodSpecs(run.method);
  const entries = parameterEntries(run.parameters, specs).filter(({ name }) => !unused.includes(name));
  const crop = "sourceCrop" in run ? run.sourceCrop : null;
  return (
    <section>
      <div className="sectionHead">
        <h2>Recipe</h2>
      </div>
      <dl className={keyValuesStyles.keyRows}>
        <KeyRow name="Seed" number>
          {run.seed}
        </KeyRow>
        <KeyRow name="Method">{run.methodLabel}</KeyRow>
        <KeyRow name="Preset">{run.presetLabel}</KeyRow>
        <KeyRow name="Model">{run.model.name}</KeyRow>
        {run.framing ? (
          <KeyRow name="Framing">
            {run.framing.crops === 1 ? "one crop" : `${run.framing.crops} crops`} of <span className="n12">{run.framing.imageSize}</span> px
          </KeyRow>
        ) : null}
        {crop ? (
          <KeyRow name="Crop of the source" number>
            {crop.x.toFixed(2)}, {crop.y.toFixed(2)}, size {crop.size.toFixed(2)}
          </KeyRow>
        ) : null}
        {children}
        {entries.map(({ name, label, text, isNumber }) => (
          <KeyRow key={name} name={label} number={isNumber && !drawn.includes(name)}>
            {drawn.includes(name) ? <span className="muted">drawn</span> : text}
          </KeyRow>
        ))}
        <KeyRow name="Evaluations" number>
          {formatCount(run.evaluations)}
        </KeyRow>
      </dl>
    </section>
  );
}
