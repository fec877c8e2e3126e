"use client";
/** Registers a user's model: its file or address, labels and pre-processing. The page then shows the progress and result of its check. */
import { useState } from "react";
import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { PermittedForm } from "../permissions/PermittedForm.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ModelCheck } from "./ModelCheck.tsx";
import { RegisterModelForm } from "./RegisterModelForm.tsx";

export function RegisterModelPage() {
  const [registered, setRegistered] = useState<ModelCardFragment | null>(null);
  /** A new number resets the form. */
  const [formKey, setFormKey] = useState(0);
  return (
    <div className="page">
      <PagePath steps={[{ label: "Models", href: "/models" }]} here="Register a model" />
      <header className="pageHead">
        <div>
          <h1>Register a model</h1>
          <p>ONNX, TFLite or a tfjs model. A worker checks it in a separate process before runs can use it.</p>
        </div>
      </header>
      <PermittedForm needs="registerModel">
        <RegisterModelForm key={formKey} hidden={registered !== null} onRegistered={setRegistered} />
      </PermittedForm>
      {registered === null ? null : (
        <ModelCheck
          key={registered.id}
          model={registered}
          onEdit={() => setRegistered(null)}
          onAnother={() => {
            setRegistered(null);
            setFormKey(formKey + 1);
          }}
        />
      )}
    </div>
  );
}
