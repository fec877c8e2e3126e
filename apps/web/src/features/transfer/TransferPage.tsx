"use client";
/** The page on transfer: whether images that fool one network fool others, for an experiment's evolutions or the runs in the URL. */
import { parseAsArrayOf, parseAsString, useQueryState } from "nuqs";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { TransferChoice } from "./TransferChoice.tsx";
import { TransferResult } from "./TransferResult.tsx";

export function TransferPage() {
  const [experiment, setExperiment] = useQueryState("experiment", parseAsString.withDefault(""));
  const [runKeys, setRunKeys] = useQueryState("runs", parseAsArrayOf(parseAsString).withDefault([]));
  const selection = runKeys.length > 0 ? { runIds: runKeys } : experiment === "" ? null : { experimentId: experiment };
  return (
    <div className="page">
      <PagePath steps={[{ label: "Models", href: "/models" }]} here="Transfer" />
      <header className="pageHead">
        <div>
          <h1>Transfer</h1>
          <p>Share of images to which another network gives the same label.</p>
        </div>
      </header>
      <AddressCheck names={["experiment", "runs"]} />
      <TransferChoice
        experiment={experiment}
        runKeys={runKeys}
        onExperiment={(key) => {
          void setRunKeys([]);
          void setExperiment(key === "" ? null : key);
        }}
        onRuns={(keys) => void setRunKeys([...keys])}
      />
      {selection === null ? (
        <EmptyState title="Choose an experiment" action={<ButtonLink href="/experiments">All experiments</ButtonLink>}>
          Every model with the same classes scores the current elites of the experiment’s evolutions.
        </EmptyState>
      ) : (
        <TransferResult key={JSON.stringify(selection)} selection={selection} />
      )}
    </div>
  );
}
