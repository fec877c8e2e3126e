"use client";
/** What becomes of a model that was just registered: how far its check is, then its card, or why it was refused and what to do. */
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
  readonly onAnother: () => void;
  readonly onChange: () => void;
}

export function ModelCheck({ model, onAnother, onChange }: ModelCheckProps) {
  const { data } = useLiveQuery({
    query: CheckedModelDocument,
    variables: { id: model.id },
    requestPolicy: "network-only",
    poll: (last) => ((last?.node?.__typename === "Model" ? last.node : model).state === "CHECKING" ? pollMilliseconds : null),
  });
  const now = data?.node?.__typename === "Model" ? data.node : model;
  const waits = now.state === "CHECKING";
  const place = useRef<HTMLDivElement>(null);
  // The form is gone, and its button with it: whoever pressed that goes on from here.
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} className={styles.check} tabIndex={-1}>
      {waits ? <Waiting model={now} /> : null}
      {now.state === "REFUSED" ? <Refused byAddress={Boolean(now.url)} /> : null}
      <ModelCard model={now} onDeleted={onAnother} />
      <div className="pageActions">
        {now.state === "AVAILABLE" ? (
          <ButtonLink look="primary" href={`/new?model=${encodeURIComponent(now.slug)}`}>
            Start a run against it
          </ButtonLink>
        ) : null}
        {now.state === "REFUSED" ? (
          <Button look="primary" onClick={onChange}>
            Change and register again
          </Button>
        ) : null}
        <ButtonLink href="/models">All models</ButtonLink>
        <Button onClick={onAnother}>Register another</Button>
      </div>
    </div>
  );
}

function Waiting({ model }: { readonly model: ModelCardFragment }) {
  const { data } = useShellData();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - began) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  const steps = [
    ...(model.url ? [`fetches it from ${new URL(model.url).host}, at most 256 MB within five minutes`] : []),
    "looks at the file in a process of its own, bounded in time and memory",
    "opens it, runs it once, and measures its speed",
  ];
  return (
    <section aria-labelledby="check">
      <h2 id="check">
        Being checked <span className="n12 muted">{seconds} s</span>
      </h2>
      {data && !data.workers.some(({ alive }) => alive) ? (
        <p className="fieldError" role="alert">
          No worker is alive. The check waits for one; nothing is lost.
        </p>
      ) : (
        <p className="muted">A worker</p>
      )}
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="t12 muted">The tab may be closed: the model’s card on the Models page says what came of it.</p>
    </section>
  );
}

function Refused({ byAddress }: { readonly byAddress: boolean }) {
  return (
    <section aria-labelledby="check">
      <h2 id="check">Refused</h2>
      <p className="second">
        The reason is below, and no run can use the model. What you typed is kept: change what is wrong and register it again.
        {byAddress ? " Where its server was away or did not let the worker in, have it checked again, or upload the file instead." : ""}
      </p>
    </section>
  );
}
