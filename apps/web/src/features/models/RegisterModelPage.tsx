"use client";
/** Brings a model of one's own: its file or its address, its classes, what happens to an image before it. Afterwards the same page says what the checker found. */
import { useState } from "react";
import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { ModelCheck } from "./ModelCheck.tsx";
import { RegisterModelForm } from "./RegisterModelForm.tsx";

export function RegisterModelPage() {
  const [registered, setRegistered] = useState<ModelCardFragment | null>(null);
  const [form, setForm] = useState(0);
  return (
    <div className="page">
      <PagePath steps={[{ label: "Models", href: "/models" }]} here="Register a model" />
      <header className="pageHead">
        <div>
          <h1>Register a model</h1>
          <p>ONNX, TFLite or a tfjs model. A worker opens it in a process of its own before it can be used.</p>
        </div>
      </header>
      <RegisterModelForm key={form} hidden={registered !== null} onRegistered={setRegistered} />
      {registered === null ? null : (
        <ModelCheck
          key={registered.id}
          model={registered}
          onChange={() => setRegistered(null)}
          onAnother={() => {
            setRegistered(null);
            setForm(form + 1);
          }}
        />
      )}
    </div>
  );
}
