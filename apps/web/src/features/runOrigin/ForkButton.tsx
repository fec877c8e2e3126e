"use client";
/** Forks an evolution at the generation that the scrubber shows: a dialog with the settings that may change. */
import { evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ParameterSpecsDocument } from "../../graphql/generated/graphql.ts";
import { forkRefusal } from "../locks/lockRefusal.ts";
import { Dialog } from "../marks/Dialog.tsx";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { NumberField } from "../newRun/NumberField.tsx";
import { readWholeNumber, wholeNumberError } from "../newRun/wholeNumbers.ts";
import { Permitted } from "../permissions/Permitted.tsx";
import type { EvolutionOnPage } from "../run/runOnPage.ts";
import { ForkFormFrame } from "./ForkFormFrame.tsx";
import { proposedSize } from "./proposedSize.ts";
import { useFork } from "./useFork.ts";
import { useForkSettings } from "./useForkSettings.ts";

interface ForkButtonProps {
  readonly run: EvolutionOnPage;
  /** The generation to fork at; negative while there is none. */
  readonly generation: number;
}

export function ForkButton({ run, generation }: ForkButtonProps) {
  const [at, setAt] = useState<number | null>(null);
  const locked = forkRefusal(run.key, run.lock);
  return (
    <>
      <Permitted needs="forkRun">
        <button
          type="button"
          className={toolButtonStyles.toolButton}
          disabled={generation < 0 || locked !== null}
          title={locked ?? undefined}
          onClick={() => setAt(generation)}
        >
          Fork here
        </button>
      </Permitted>
      <Dialog title={`Fork ${run.key} at generation ${formatCount(at ?? 0)}`} open={at !== null} wide onClose={() => setAt(null)}>
        {at === null ? null : <ForkForm run={run} generation={at} onClose={() => setAt(null)} />}
      </Dialog>
    </>
  );
}

function ForkForm({ run, generation, onClose }: ForkButtonProps & { readonly onClose: () => void }) {
  const { data } = useLiveQuery({ query: ParameterSpecsDocument, requestPolicy: "cache-first" });
  const { busy, problem, submit } = useFork();
  const encoding = data?.encodings.find(({ id }) => id === run.encoding);
  const fixed = encoding?.drawingParameters ?? [];
  const specs = [...(encoding?.parameters ?? []), ...(data?.searchParameters ?? [])].filter(({ name }) => !fixed.includes(name));
  const settings = useForkSettings(run, specs, {
    form: `${run.key} at ${generation}`,
    at: generation,
    size: proposedSize(run.generations, generation, evolutionLimits.generations.maximum),
  });
  const rule = { minimum: generation + 1, maximum: evolutionLimits.generations.maximum };
  const count = readWholeNumber(settings.sizeText, rule);
  return (
    <ForkFormFrame
      settings={settings}
      size={{ name: "generations", label: "Generations", before: run.generations, after: count }}
      busy={busy}
      problem={problem}
      onClose={onClose}
      onSubmit={(input, size) => submit({ ...input, runId: run.id, generation, generations: size })}
      intro={
        <>
          The fork starts with the archive of generation <span className="n12">{formatCount(generation)}</span> and evolves it with these
          settings. Model, encoding and offspring stay as they are.
        </>
      }
      fields={
        <NumberField
          label="Generations"
          value={settings.sizeText}
          problem={count === null ? wholeNumberError(rule) : null}
          onChange={(sizeText) => settings.change({ sizeText })}
        />
      }
    />
  );
}
