"use client";
/** The content of a trajectory's page: the last image, the model's output, and the steps from the start image. */
import { ascendAddress } from "../configurations/ascendAddress.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { wholeNumberOf } from "../marks/addressProblems.ts";
import { Link } from "../marks/Link.tsx";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { ModelOutput } from "../result/ModelOutput.tsx";
import { ResultActions } from "../result/ResultActions.tsx";
import { ResultLayout } from "../result/ResultLayout.tsx";
import { startAddress } from "../result/startAddress.ts";
import { useStoredImage } from "../result/useStoredImage.ts";
import { OtherModels } from "../transfer/OtherModels.tsx";
import type { LoadedTrajectory } from "./loadedTrajectory.ts";
import { StepScrubber } from "./StepScrubber.tsx";
import { TrajectoryPlaque } from "./TrajectoryPlaque.tsx";
import styles from "./TrajectoryResult.module.css";
import { trajectoryDocument, trajectoryQueryText } from "./trajectoryDocument.ts";
import { useStepReplay } from "./useStepReplay.ts";

const rules = [wholeNumberOf("step", "the last step is shown")];

interface TrajectoryResultProps {
  readonly trajectory: LoadedTrajectory;
  readonly onScored: () => void;
}

function asParameters(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

export function TrajectoryResult({ trajectory, onScored }: TrajectoryResultProps) {
  const { run, image, label, start, configuration } = trajectory;
  const stored = useStoredImage(image.url);
  const replay = useStepReplay(trajectory.step);
  const searches = (run.configurations?.length ?? 0) > 0;
  const name = `${run.key}-class-${trajectory.class}-start-${start + 1}${searches ? `-configuration-${configuration}` : ""}`;
  const fork = ascendAddress({ ...run, classes: [trajectory.class], starts: start + 1 }, asParameters(trajectory.parameters));
  return (
    <ResultLayout
      run={run}
      image={image}
      stored={stored}
      label={label}
      confidence={trajectory.storedConfidence}
      origin={
        <>
          class <span className="n12">{trajectory.class}</span>, {run.methodLabel} against {run.model.name}, start{" "}
          <span className="n12">{start + 1}</span>
          {searches ? (
            <>
              , configuration <span className="n12">{configuration}</span>
            </>
          ) : null}
          , step <span className="n12">{formatCount(trajectory.step)}</span> of{" "}
          <Link className="link n12" href={`/runs/${run.key}`}>
            {run.key}
          </Link>
          {trajectory.ended ? null : ", not ended yet"}
        </>
      }
      actions={
        <ResultActions
          owner={run.experiment}
          label={splitLabel(label).name}
          what={`ascent of class ${trajectory.class} from start ${start + 1}${searches ? ` by configuration ${configuration}` : ""} in ${run.key}`}
          image={image}
          path={`/trajectories/${trajectory.id}`}
          fileName={name}
          document={trajectoryDocument(trajectory)}
          query={trajectoryQueryText(trajectory.id)}
          rerunAddress={fork}
          startAddress={startAddress({
            experimentKey: run.experiment.key,
            modelSlug: run.model.slug,
            imageId: image.id,
            target: trajectory.class,
          })}
        />
      }
      machine={<ModelOutput claimed={trajectory.class} searched={trajectory.searchedClass} model={run.model} scores={image.scores} />}
    >
      <OtherModels image={image} ownModelId={run.model.id} claimed={{ class: trajectory.class, label }} name={name} onScored={onScored} />
      <section aria-labelledby="steps" className={styles.trajectorySteps}>
        <h2 id="steps">Steps</h2>
        <AddressCheck rules={rules} />
        <StepScrubber replay={replay} live={false} />
        <ul>
          <TrajectoryPlaque row={trajectory} runKey={name} starts={1} replay={replay} onOwnPage />
        </ul>
      </section>
    </ResultLayout>
  );
}
