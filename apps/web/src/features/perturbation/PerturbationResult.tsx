"use client";
/** The content of a perturbation's page: the perturbed image, the model's output, the source and the difference. */
import { Link } from "../marks/Link.tsx";
import { splitLabel } from "../marks/labels.ts";
import { norms } from "../marks/norms.ts";
import { ModelOutput } from "../result/ModelOutput.tsx";
import { ResultActions } from "../result/ResultActions.tsx";
import { ResultLayout } from "../result/ResultLayout.tsx";
import { startAddress } from "../result/startAddress.ts";
import { useStoredImage } from "../result/useStoredImage.ts";
import { OtherModels } from "../transfer/OtherModels.tsx";
import { ChangeSummary } from "./ChangeSummary.tsx";
import type { LoadedPerturbation } from "./loadedPerturbation.ts";
import styles from "./PerturbationResult.module.css";
import { perturbAddress } from "./perturbAddress.ts";
import { perturbationDocument, perturbationQueryText } from "./perturbationDocument.ts";
import { formatPixels, greyLevels } from "./results.ts";
import { Triptych } from "./Triptych.tsx";

interface PerturbationResultProps {
  readonly perturbation: LoadedPerturbation;
  readonly onScored: () => void;
}

export function PerturbationResult({ perturbation, onScored }: PerturbationResultProps) {
  const { run, image } = perturbation;
  const stored = useStoredImage(image.url);
  const targetLabel = run.targetLabel ?? null;
  const norm = run.norm ?? "LINF";
  const number = perturbation.index + 1;
  // Without a target, the claimed class is the one that the model assigns to the result.
  const claimed = run.target ?? perturbation.storedClass;
  const name = `${run.key}-result-${number}`;
  return (
    <ResultLayout
      run={run}
      image={image}
      stored={stored}
      label={perturbation.storedLabel}
      confidence={perturbation.storedConfidence}
      origin={
        <>
          class <span className="n12">{perturbation.storedClass}</span>, {perturbation.success ? "made" : "attempted"} from{" "}
          {splitLabel(perturbation.originalLabel).name} by {run.methodLabel} against {run.model.name}
          {typeof perturbation.bound === "number" ? (
            <>
              , within <span className="n12">{formatPixels(perturbation.bound)}</span> {greyLevels(perturbation.bound)} ({norms[norm].sign})
            </>
          ) : null}
          , result <span className="n12">{number}</span> of{" "}
          <Link className="link n12" href={`/runs/${run.key}?result=${encodeURIComponent(perturbation.id)}`}>
            {run.key}
          </Link>
          {perturbation.success ? null : "; the attack failed"}
        </>
      }
      actions={
        <ResultActions
          owner={run.experiment}
          label={splitLabel(perturbation.storedLabel).name}
          what={`perturbation ${number} of ${run.key}`}
          image={image}
          path={`/perturbations/${perturbation.id}`}
          fileName={name}
          document={perturbationDocument(perturbation)}
          query={perturbationQueryText(perturbation.id)}
          rerunAddress={perturbAddress(perturbation)}
          startAddress={startAddress({
            experimentKey: run.experiment.key,
            modelSlug: run.model.slug,
            imageId: image.id,
            target: perturbation.storedClass,
          })}
        />
      }
      machine={<ModelOutput claimed={claimed} searched={perturbation.searchedClass} model={run.model} scores={image.scores} />}
    >
      <section aria-labelledby="change" className={styles.perturbationChange}>
        <h2 id="change">Change</h2>
        <Triptych row={perturbation} targetLabel={targetLabel} />
        <ChangeSummary row={perturbation} norm={norm} targetLabel={targetLabel} />
      </section>
      <OtherModels
        image={image}
        ownModelId={run.model.id}
        claimed={{ class: claimed, label: run.model.labels[claimed] ?? String(claimed) }}
        name={name}
        onScored={onScored}
      />
    </ResultLayout>
  );
}
