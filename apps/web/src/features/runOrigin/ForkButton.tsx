"use client";
/** Forks an evolution at the generation that the scrubber shows: a dialog with the settings that may change. */
import { evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ForkRunDocument, ParameterSpecsDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { ExpertParameters } from "../newRun/ExpertParameters.tsx";
import { NumberField } from "../newRun/NumberField.tsx";
import { asValues, overridesOf, problemWith, type Values } from "../newRun/parameterForm.ts";
import { readWholeNumber, wholeNumberError } from "../newRun/wholeNumbers.ts";
import type { EvolutionOnPage } from "../run/runOnPage.ts";
import { DifferenceList, type ShownDifference } from "./DifferenceList.tsx";
import styles from "./ForkButton.module.css";

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
  const router = useRouter();
  const { data } = useLiveQuery({ query: ParameterSpecsDocument, requestPolicy: "cache-first" });
  const [, fork] = useMutation(ForkRunDocument);
  const original = asValues(run.parameters);
  const [values, setValues] = useState<Values>(original);
  const [generations, setGenerations] = useState(String(Math.max(run.generations, generation + 1)));
  const [seed, setSeed] = useState(String(run.seed));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef(crypto.randomUUID());
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

  async function submit(): Promise<void> {
    if (!isValid || busy) return;
    setBusy(true);
    const input = { runId: run.id, generation, generations: count, seed: newSeed, parameters: changed, idempotencyKey: key.current };
    const answer = await fork({ input });
    const result = answer.data?.forkRun;
    if (result?.__typename === "ForkRunSuccess") {
      router.push(`/runs/${result.run.key}`);
      return;
    }
    // A refused request created nothing, and the next one may differ.
    key.current = crypto.randomUUID();
    setProblem(mutationProblem(result, answer.error));
    setBusy(false);
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
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
      <p className="t12 muted" role="status">
        {differences.length === 0 ? (
          <>Without changes, the fork repeats {run.key} from there, bit for bit.</>
        ) : (
          <>
            Differs from {run.key} in: <DifferenceList differences={differences} />.
          </>
        )}
      </p>
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={busy || !isValid}>
          {busy ? "Forking" : "Fork"}
        </Button>
      </div>
    </form>
  );
}
