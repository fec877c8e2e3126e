"use client";
/** Forks a retraining chain after one of its finished links: a dialog with the link and the settings that may change. */
import { retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ForkedChainDocument, type ForkedChainQuery, type LockMarkFragment } from "../../graphql/generated/graphql.ts";
import { forkRefusal } from "../locks/lockRefusal.ts";
import { Button } from "../marks/Button.tsx";
import { Dialog } from "../marks/Dialog.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { NumberField } from "../newRun/NumberField.tsx";
import { readWholeNumber, wholeNumberError } from "../newRun/wholeNumbers.ts";
import { useMethodSpecs } from "../run/useMethodSpecs.ts";
import { ForkFormFrame } from "./ForkFormFrame.tsx";
import { useFork } from "./useFork.ts";
import { useForkSettings } from "./useForkSettings.ts";

type ForkedChain = Extract<NonNullable<ForkedChainQuery["node"]>, { readonly __typename: "RetrainingRun" }>;

interface ForkChainButtonProps {
  readonly run: { readonly id: string; readonly key: string; readonly lock: LockMarkFragment | null };
}

export function ForkChainButton({ run: { id, key, lock } }: ForkChainButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button needs="forkRun" refusal={forkRefusal(key, lock)} onClick={() => setOpen(true)}>
        Fork
      </Button>
      <Dialog title={`Fork ${key}`} open={open} wide onClose={() => setOpen(false)}>
        {open ? <LoadedForm runId={id} onClose={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  );
}

function LoadedForm({ runId, onClose }: { readonly runId: string; onClose(): void }) {
  const { data, error, refetch } = useLiveQuery({ query: ForkedChainDocument, variables: { id: runId } });
  const node = data?.node;
  if (node?.__typename !== "RetrainingRun")
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={4} height={32} />;
  const finished = node.chain?.links.filter(({ state }) => state === "SUCCEEDED").length ?? 0;
  if (finished === 0)
    return <p className="second">No link of this chain is finished yet. Wait until its first network is trained and fooled.</p>;
  return <ForkChainForm run={node} finished={finished} onClose={onClose} />;
}

interface ForkChainFormProps {
  readonly run: ForkedChain;
  readonly finished: number;
  onClose(): void;
}

function ForkChainForm({ run, finished, onClose }: ForkChainFormProps) {
  const { busy, problem, submit } = useFork();
  const planned = run.chain?.iterations ?? finished;
  const settings = useForkSettings(run, useMethodSpecs(run.method), {
    form: run.key,
    at: finished,
    size: Math.max(planned, Math.min(finished + 1, retrainingLimits.iterations.maximum)),
  });
  const link = settings.at;
  const rule = { minimum: link, maximum: retrainingLimits.iterations.maximum };
  const count = readWholeNumber(settings.sizeText, rule);
  const first = Math.max(1, run.forkedFromGeneration ?? 1);
  return (
    <ForkFormFrame
      settings={settings}
      size={{ name: "iterations", label: "Retrained networks", before: planned, after: count }}
      busy={busy}
      problem={problem}
      onClose={onClose}
      onSubmit={(input, size) => submit({ ...input, runId: run.id, generation: link, generations: size })}
      intro={
        <>
          The fork keeps the first networks of the chain with their fooling images, and trains the next ones with these settings. Data set
          and architecture stay as they are.
        </>
      }
      fields={
        <>
          <label>
            <span className="fieldLabel">Keep the networks up to</span>
            <select className="input" value={link} onChange={(event) => settings.change({ at: Number(event.target.value) })}>
              {run.chain?.links
                .filter(({ state, iteration }) => state === "SUCCEEDED" && iteration >= first)
                .map(({ iteration, testError }) => (
                  <option key={iteration} value={iteration}>
                    DNN {iteration}
                    {testError == null ? "" : `, test error ${(testError * 100).toFixed(2)}%`}
                  </option>
                ))}
            </select>
          </label>
          <NumberField
            label="Retrained networks"
            value={settings.sizeText}
            problem={count === null ? wholeNumberError(rule) : null}
            onChange={(sizeText) => settings.change({ sizeText })}
          />
        </>
      }
    />
  );
}
