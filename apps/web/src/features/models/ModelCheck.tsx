"use client";
/** The check of a model that was just registered: its steps while it runs, then the model's card or, for a refused model, what to do. */
import { useEffect, useRef, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { CheckedModelDocument, type ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { useShellData } from "../shell/useShellData.ts";
import { ModelCard } from "./ModelCard.tsx";
import styles from "./Models.module.css";

const pollMilliseconds = 1000;

interface ModelCheckProps {
  readonly model: ModelCardFragment;
  /** Resets the form for another model. */
  readonly onAnother: () => void;
  /** Shows the form again with its input. */
  readonly onEdit: () => void;
}

export function ModelCheck({ model, onAnother, onEdit }: ModelCheckProps) {
  const { data } = useLiveQuery({
    query: CheckedModelDocument,
    variables: { id: model.id },
    requestPolicy: "network-only",
    poll: (last) => ((last?.node?.__typename === "Model" ? last.node : model).state === "CHECKING" ? pollMilliseconds : null),
  });
  const current = data?.node?.__typename === "Model" ? data.node : model;
  const container = useRef<HTMLDivElement>(null);
  // The form is hidden with its focused button, so the focus moves here.
  useEffect(() => container.current?.focus(), []);
  return (
    <div ref={container} className={styles.check} tabIndex={-1}>
      {current.state === "CHECKING" ? <CheckSteps model={current} /> : null}
      {current.state === "REFUSED" ? <Refused hasUrl={Boolean(current.url)} /> : null}
      <ModelCard model={current} onDeleted={onAnother} />
      <div className="pageActions">
        {current.state === "AVAILABLE" ? (
          <ButtonLink look="primary" needs="startEvolution" href={`/new?model=${encodeURIComponent(current.slug)}`}>
            Start a run against this model
          </ButtonLink>
        ) : null}
        {current.state === "REFUSED" ? (
          <Button look="primary" onClick={onEdit}>
            Edit and register again
          </Button>
        ) : null}
        <ButtonLink href="/models">All models</ButtonLink>
        <Button onClick={onAnother}>Register another model</Button>
      </div>
    </div>
  );
}

function CheckSteps({ model }: { readonly model: ModelCardFragment }) {
  const { data } = useShellData();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - began) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  const steps = [
    ...(model.url ? [`Download the file from ${new URL(model.url).host}, at most 256 MB within five minutes.`] : []),
    "Inspect the file in a separate process with limited time and memory.",
    "Open the network, run it once and measure its speed.",
  ];
  return (
    <section aria-labelledby="check">
      <h2 id="check">
        Checking <span className="n12 muted">{seconds} s</span>
      </h2>
      {data && !data.workers.some(({ alive }) => alive) ? (
        <p className="fieldError" role="alert">
          No worker is running. The check starts as soon as there is one.
        </p>
      ) : (
        <p className="muted">A worker performs these steps:</p>
      )}
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="t12 muted">You may close this tab. The result will appear on the model’s card on the Models page.</p>
    </section>
  );
}

function Refused({ hasUrl }: { readonly hasUrl: boolean }) {
  return (
    <section aria-labelledby="check">
      <h2 id="check">Refused</h2>
      <p className="second">
        The reason is shown below. No run can use this model. Your input is kept, so you can correct it and register the model again.
        {hasUrl ? " If its server was unavailable or denied access, check the model again or upload the file instead." : ""}
      </p>
    </section>
  );
}
