"use client";
/** The name of the run, or of the sweep, that a form starts. If it is empty, the API composes one; only a chain needs a name. */
import { maxNameLength } from "@pareidolia/core/maxNameLength";
import { useId } from "react";
import type { MethodFormState } from "./useMethodForm.ts";

interface NameFieldProps {
  readonly form: MethodFormState;
  readonly isSweep: boolean;
}

export function NameField({ form: { name, setName, nameProblem }, isSweep }: NameFieldProps) {
  const id = useId();
  return (
    <div>
      <label>
        <span className="fieldLabel">{isSweep ? "Name of the sweep" : "Name"}</span>
        <input
          className="input"
          autoComplete="off"
          maxLength={maxNameLength}
          value={name}
          placeholder={isSweep ? "Default: its axes" : "Default: method, model and preset"}
          aria-invalid={nameProblem ? true : undefined}
          aria-describedby={nameProblem ? id : undefined}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {nameProblem ? (
        <span className="fieldError" id={id} role="alert">
          {nameProblem}
        </span>
      ) : null}
    </div>
  );
}
