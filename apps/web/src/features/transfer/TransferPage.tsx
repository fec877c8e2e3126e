"use client";
/** Whether what fools one network fools another: over an experiment's evolutions, or those of them that the address names. */
import { parseAsArrayOf, parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useQuery } from "urql";
import { TransferChoicesDocument, TransferDocument } from "../../graphql/generated/graphql.ts";
import { AnalysisNote } from "../analyses/AnalysisNote.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./Transfer.module.css";
import { TransferDetail } from "./TransferDetail.tsx";
import { medianOf, type TransferCell, TransferMatrix } from "./TransferMatrix.tsx";
import { useScoreTransfer } from "./useScoreTransfer.ts";

const columns = ["source", "other", "images", "sameTop", "sameTopLow", "sameTopHigh", "fooled", "confidentOnBoth", "otherMedian"] as const;

export function TransferPage() {
  const [experiment, setExperiment] = useQueryState("experiment", parseAsString.withDefault(""));
  const [runKeys, setRunKeys] = useQueryState("runs", parseAsArrayOf(parseAsString).withDefault([]));
  const [pointed, setPointed] = useState<TransferCell | null>(null);
  const [{ data: choices, error: choiceError }] = useQuery({
    query: TransferChoicesDocument,
    variables: { withRuns: experiment !== "", ...(experiment === "" ? {} : { experimentId: experiment }) },
    requestPolicy: "cache-and-network",
  });
  const asked = runKeys.length > 0 ? { runIds: runKeys } : { experimentId: experiment };
  const nothingAsked = runKeys.length === 0 && experiment === "";
  const [{ data, error, fetching }, ask] = useQuery({
    query: TransferDocument,
    variables: asked,
    pause: nothingAsked,
    requestPolicy: "cache-and-network",
  });
  const scoring = useScoreTransfer(() => ask({ requestPolicy: "network-only" }));
  const matrix = nothingAsked ? undefined : data?.transferMatrix;
  const chosen = matrix?.cells.find((cell) => cell === pointed) ?? matrix?.cells.find((cell) => cell.source.id !== cell.other.id) ?? null;
  const nameOf = (id: string) => matrix?.models.find((model) => model.id === id)?.name ?? "";
  const tools = useDataTools({
    name: "transfer",
    columns,
    rows: (matrix?.cells ?? []).map((cell) => [
      nameOf(cell.source.id),
      nameOf(cell.other.id),
      cell.images,
      cell.sameTop.estimate,
      cell.sameTop.low,
      cell.sameTop.high,
      cell.fooled.estimate,
      cell.confidentOnBoth.estimate,
      medianOf(cell),
    ]),
    query: `query {\n  transferMatrix(${runKeys.length > 0 ? `runIds: ${JSON.stringify(runKeys)}` : `experimentId: ${JSON.stringify(experiment)}`}) {\n    unscored\n    cells {\n      images\n      source { name }\n      other { name }\n      sameTop { estimate low high }\n      fooled { estimate low high }\n      confidentOnBoth { estimate low high }\n      otherConfidence { probability value }\n    }\n  }\n}`,
  });
  const failure = choiceError ?? (nothingAsked ? undefined : error);
  return (
    <div className="page">
      <PagePath steps={[{ label: "Models", href: "/models" }]} here="Transfer" />
      <header className="pageHead">
        <div>
          <h1>Transfer</h1>
          <p>Share of images that the other network labels the same.</p>
        </div>
      </header>
      <div className={styles.choice}>
        <label>
          <span className="fieldLabel">Experiment</span>
          <select
            className="input"
            value={experiment}
            onChange={(event) => {
              void setRunKeys([]);
              void setExperiment(event.target.value === "" ? null : event.target.value);
            }}
          >
            <option value="">Choose one</option>
            {choices?.experiments.nodes.map(({ id, key, name }) => (
              <option key={id} value={key}>
                {key} {name}
              </option>
            ))}
          </select>
        </label>
        {choices?.runs && choices.runs.nodes.length > 1 ? (
          <fieldset className={styles.runs}>
            <legend className="fieldLabel">Only these runs</legend>
            {choices.runs.nodes.map(({ id, key, name }) => (
              <label key={id} title={name}>
                <input
                  type="checkbox"
                  checked={runKeys.includes(key)}
                  onChange={(event) => void setRunKeys(event.target.checked ? [...runKeys, key] : runKeys.filter((each) => each !== key))}
                />
                <span className="n12">{key}</span>
              </label>
            ))}
          </fieldset>
        ) : null}
      </div>
      {failure && matrix === undefined ? (
        <RequestError message={failure.message} onRetry={() => ask({ requestPolicy: "network-only" })} />
      ) : null}
      {nothingAsked ? (
        <EmptyState title="Choose whose images" action={<ButtonLink href="/experiments">All experiments</ButtonLink>}>
          The current elites of its evolutions are shown to every model of the same classes.
        </EmptyState>
      ) : null}
      {!nothingAsked && matrix === undefined && fetching ? <SkeletonLines count={4} height={80} /> : null}
      {matrix === undefined ? null : (
        <>
          <div className={styles.missing}>
            <span>
              {matrix.unscored === 0 ? (
                "Every pair of image and network is scored."
              ) : (
                <>
                  <span className="n12">{formatCount(matrix.unscored)}</span> pairs of image and network are not scored yet.
                </>
              )}
            </span>
            {matrix.unscored > 0 ? (
              <Button look="primary" disabled={scoring.busy} onClick={() => void scoring.start(asked)}>
                Score what is missing
              </Button>
            ) : null}
            <AnalysisNote analysis={scoring.analysis} />
            {scoring.problem ? (
              <span className="fieldError" role="alert">
                {scoring.problem}
              </span>
            ) : null}
          </div>
          {matrix.cells.length === 0 ? (
            <EmptyState title="No image is scored by two networks yet">
              Score what is missing, or let a run find something first.
            </EmptyState>
          ) : (
            <>
              <div className="sectionHead">
                <h2>Matrix</h2>
                {tools.toolbar}
              </div>
              {tools.content}
              <div className={styles.split}>
                <TransferMatrix matrix={matrix} chosen={chosen} onChoose={setPointed} />
                {chosen ? <TransferDetail cell={chosen} source={nameOf(chosen.source.id)} other={nameOf(chosen.other.id)} /> : null}
              </div>
            </>
          )}
        </>
      )}
    </div>
  );
}
