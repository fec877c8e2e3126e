"use client";
/** The attack form's bounds: for each norm its defaults until others are typed. Attacks that minimise the change take none. */
import { leastChange } from "@pareidolia/core/norm";
import { useState } from "react";
import type { Norm } from "../../graphql/generated/graphql.ts";
import { normChosenBy } from "../marks/norms.ts";
import { defaultBounds, readBounds, tooSmallMessage } from "./bounds.ts";
import type { MethodFormState } from "./useMethodForm.ts";

/** The text typed for each norm. */
export type BoundsByNorm = Readonly<Partial<Record<Norm, string>>>;

export interface BoundsState {
  readonly textByNorm: BoundsByNorm;
  readonly isBounded: boolean;
  readonly norm: Norm;
  readonly text: string;
  readonly problem: string | null;
  /** Null while the text is invalid. */
  readonly bounds: readonly number[] | null;
  setText(text: string): void;
}

/** @param requested The bounds in the page's address. */
export function useBounds({ method, model, values }: MethodFormState, requested: BoundsByNorm): BoundsState {
  const [textByNorm, setTextByNorm] = useState(requested);
  const isBounded = method?.isBounded ?? false;
  const norm = method?.norm ?? normChosenBy(values["norm"]);
  const text = textByNorm[norm] ?? (model ? defaultBounds(norm, model).join(" ") : "");
  const read = isBounded ? readBounds(text) : { bounds: [] };
  const ownBound = values["epsilon"];
  const isOwnBoundTooSmall = isBounded && text.trim() === "" && typeof ownBound === "number" && ownBound < leastChange;
  const problem = "problem" in read ? read.problem : isOwnBoundTooSmall ? tooSmallMessage("a bound") : null;
  return {
    textByNorm,
    isBounded,
    norm,
    text,
    problem,
    bounds: "bounds" in read && problem === null ? read.bounds : null,
    setText: (next) => setTextByNorm({ ...textByNorm, [norm]: next }),
  };
}
