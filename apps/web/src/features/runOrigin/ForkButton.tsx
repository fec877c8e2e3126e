"use client";
/** Forks an evolution at the generation that the scrubber shows: a dialog with the settings that may change. */
import { evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ParameterSpecsDocument } from "../../graphql/generated/graphql.ts";
import { Dialog } from "../marks/Dialog.tsx";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { ExpertParameters } from "../newRun/ExpertParameters.tsx";
import { NumberField } from "../newRun/NumberField.tsx";
import { asValues, overridesOf, problemWith, type Values } from "../newRun/parameterForm.ts";
import { readWholeNumber, wholeNumberError } from "../newRun/wholeNumbers.ts";
import type { EvolutionOnPage } from "../run/runOnPage.ts";
import type { ShownDifference } from "./DifferenceList.tsx";
import styles from "./ForkButton.module.css";
import { ForkFormFrame } from "./ForkFormFrame.tsx";
import { useFork } from "./useFork.ts";

interface ForkButtonProps {
  readonly run: EvolutionOnPage;
  /** The generation to fork at; negative while there is none. */
  readonly generation: number;
}

export function ForkButton({ run, generation }: ForkButtonProps) {
  const [at, setAt] = useState<number | null>(null);
  return (
    <>
      <button type="button" className={toolButtonStyles.toolButton} disabled={generation < 0} onClick={() => setAt(generation)}>
        Fork here
      </button>
      <Dialog title={`Fork ${run.key} at generation ${formatCount(at ?? 0)}`} open={at !== null} wide onClose={() => setAt(null)}>
        {at === null ? null : <ForkForm run={run} generation={at} onClose={() => setAt(null)} />}
      </Dialog>
    </>
  );
}

function ForkForm({ run, generation, onClose }: ForkButtonProps & { readonly onClose: () => void }) {
  const { data } = useLiveQuery({ query: ParameterSpecsDocument, requestPolicy: "cache-first" });
  const { busy, problem, submit } = useFork();
  const original = asValues(run.parameters);
  const [values, setValues] = useState<Values>(original);
  const [generations, setGenerations] = useState(String(Math.max(run.generations, generation + 1)));
  const [seed, setSeed] = useState(String(run.seed));
  const encoding = data?.encodings.find(({ id }) => id === run.encoding);
  const fixed = encoding?.drawingParameters ?? [];
  const specs = [...(encoding?.parameters ?? []), ...(data?.searchParameters ?? [])].filter(({ name }) => !fixed.includes(name));
  const generationRule = { minimum: generation + 1, maximum: evolutionLimits.generations.maximum };
  const count = readWholeNumber(generations, generationRule);
  const newSeed = readWholeNumber(seed, seedLimits);
  const changed = overridesOf(values, original);
  const differences: ShownDifference[] = [
    { name: "generations", label: "Generations", before: run.generations, after: count },
    ...specs.map(({ name, label }) => ({ name, label, before: original[name], after: values[name] })),
    { name: "seed", label: "Seed", before: run.seed, after: newSeed },
  ].filter(({ before, after }) => after !== null && before !== after);
  const isValid = count !== null && newSeed !== null && specs.every((spec) => problemWith(spec, values[spec.name]) === null);

  return (
    <ForkFormFrame
      runKey={run.key}
      differences={differences}
      isValid={isValid}
      busy={busy}
      problem={problem}
      onClose={onClose}
      onSubmit={() => void submit({ runId: run.id, generation, generations: count, seed: newSeed, parameters: changed })}
    >
      <p className="second">
        The fork starts with the archive of generation <span className="n12">{formatCount(generation)}</span> and evolves it with these
        settings. Model, encoding and offspring stay as they are.
      </p>
      <div className={styles.fields}>
        <NumberField
          label="Generations"
          value={generations}
          problem={count === null ? wholeNumberError(generationRule) : null}
          onChange={setGenerations}
        />
        <NumberField label="Seed" value={seed} problem={newSeed === null ? wholeNumberError(seedLimits) : null} onChange={setSeed} />
      </div>
      <ExpertParameters
        specs={specs}
        values={values}
        paper={original}
        reference={run.key}
        onChange={(name, value) => setValues({ ...values, [name]: value })}
        onReset={() => setValues(original)}
      />
    </ForkFormFrame>
  );
}
