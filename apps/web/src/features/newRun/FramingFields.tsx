"use client";
/** How the network scores an image: whole, or by one or ten crops of a larger image. */
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import { framingProblem } from "./framing.ts";
import type { ModelChoice } from "./modelDetail.ts";
import runFormStyles from "./RunForm.module.css";

interface FramingFieldsProps {
  readonly model: ModelChoice;
  readonly value: FramingInput | null;
  onChange(framing: FramingInput | null): void;
}

export function FramingFields({ model, value, onChange }: FramingFieldsProps) {
  const problem = framingProblem(value, model);
  return (
    <div className={runFormStyles.runFields}>
      <label>
        <span className="fieldLabel">Framing</span>
        <select
          className="input"
          value={value === null ? "whole" : String(value.crops)}
          onChange={(event) =>
            onChange(
              event.target.value === "whole"
                ? null
                : { crops: Number(event.target.value), imageSize: value?.imageSize ?? Math.max(256, model.width) },
            )
          }
        >
          <option value="whole">Whole, at the network’s input size</option>
          <option value="1">One central crop</option>
          <option value="10">Ten crops, as in the paper</option>
        </select>
      </label>
      {value ? (
        <label>
          <span className="fieldLabel">Image size</span>
          <input
            className="input number"
            inputMode="numeric"
            value={Number.isNaN(value.imageSize) ? "" : value.imageSize}
            aria-invalid={problem ? true : undefined}
            onChange={(event) => onChange({ ...value, imageSize: Number.parseInt(event.target.value, 10) })}
          />
          {problem ? (
            <span className="fieldError" role="alert">
              {problem}
            </span>
          ) : (
            <span className="t12 muted">paper: 256 px</span>
          )}
        </label>
      ) : null}
    </div>
  );
}
