"use client";
/** Brings a model of one's own: its file, its classes, what happens to an image before it. Afterwards the same page says what the checker found. */
import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { type ModelCardFragment, ModelsDocument } from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ModelCard } from "./ModelCard.tsx";
import { RegisterModelForm } from "./RegisterModelForm.tsx";

export function RegisterModelPage() {
  const [registered, setRegistered] = useState<ModelCardFragment | null>(null);
  return (
    <div className="page">
      <PagePath steps={[{ label: "Models", href: "/models" }]} here="Register a model" />
      <header className="pageHead">
        <div>
          <h1>Register a model</h1>
          <p>ONNX, TFLite or a tfjs model, at most 256 MB. A worker opens it in a process of its own before it can be used.</p>
        </div>
      </header>
      {registered === null ? (
        <RegisterModelForm onRegistered={setRegistered} />
      ) : (
        <Checked model={registered} onAnother={() => setRegistered(null)} />
      )}
    </div>
  );
}

function Checked({ model, onAnother }: { readonly model: ModelCardFragment; readonly onAnother: () => void }) {
  const [{ data }, ask] = useQuery({ query: ModelsDocument, requestPolicy: "network-only" });
  const now = data?.models.nodes.find(({ id }) => id === model.id) ?? model;
  const waits = now.state === "CHECKING";
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => ask({ requestPolicy: "network-only" }), 1000);
    return () => clearInterval(timer);
  }, [waits, ask]);
  return (
    <>
      <div style={{ maxWidth: 640 }}>
        <ModelCard model={now} />
      </div>
      <div className="pageActions" style={{ marginTop: 32 }}>
        {now.state === "AVAILABLE" ? (
          <ButtonLink look="primary" href={`/new?model=${encodeURIComponent(now.slug)}`}>
            Start a run against it
          </ButtonLink>
        ) : null}
        <ButtonLink href="/models">All models</ButtonLink>
        <Button onClick={onAnother}>Register another</Button>
      </div>
    </>
  );
}
