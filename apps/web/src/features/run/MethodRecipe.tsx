/** What an ascent, attack or retraining was asked to do: enough to do it again. */
import type { ReactNode } from "react";
import { formatCount } from "../marks/numbers.ts";
import type { RunOnPage } from "./runOnPage.ts";

function entriesOf(parameters: unknown): [string, unknown][] {
  return typeof parameters === "object" && parameters !== null ? Object.entries(parameters) : [];
}

/** `smallNormPercentile` as `Small norm percentile`. */
function words(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function MethodRecipe({ run, children }: { readonly run: RunOnPage; readonly children?: ReactNode }) {
  return (
    <section>
      <div className="sectionHead">
        <h2>Recipe</h2>
      </div>
      <dl className="keyValues">
        <dt>Seed</dt>
        <dd className="n12">{run.seed}</dd>
        <dt>Method</dt>
        <dd>{run.methodLabel}</dd>
        <dt>Preset</dt>
        <dd>{run.presetLabel}</dd>
        <dt>Model</dt>
        <dd>{run.model.name}</dd>
        {run.framing ? (
          <>
            <dt>Framing</dt>
            <dd>
              {run.framing.crops === 1 ? "one crop" : `${run.framing.crops} crops`} of <span className="n12">{run.framing.imageSize}</span>{" "}
              px
            </dd>
          </>
        ) : null}
        {children}
        {entriesOf(run.parameters).map(([name, value]) => (
          <Entry key={name} label={words(name)} value={value} />
        ))}
        <dt>Evaluations</dt>
        <dd className="n12">{formatCount(run.evaluations)}</dd>
      </dl>
    </section>
  );
}

function Entry({ label, value }: { readonly label: string; readonly value: unknown }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className={typeof value === "number" ? "n12" : undefined}>
        {typeof value === "boolean" ? (value ? "yes" : "no") : String(value)}
      </dd>
    </>
  );
}
