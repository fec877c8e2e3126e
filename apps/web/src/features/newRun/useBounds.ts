"use client";
/** Bounds that a form asks for: those typed for a norm, until then its usual ones; none of an attack that takes none. */
import { leastChange } from "@pareidolia/core/norm";
import { useState } from "react";
import type { Norm } from "../../graphql/generated/graphql.ts";
import { normChosenBy } from "../marks/norms.ts";
import { readBounds, tooSmallWords, usualBounds } from "./bounds.ts";
import type { MethodFormState } from "./useMethodForm.ts";

/** The text typed for each norm. */
export type TypedBounds = Readonly<Partial<Record<Norm, string>>>;

export interface AskedBounds {
  readonly typed: TypedBounds;
  readonly isBounded: boolean;
  readonly norm: Norm;
  readonly text: string;
  readonly problem: string | null;
  /** Null while the text is none. */
  readonly bounds: readonly number[] | null;
  setText(text: string): void;
}

/** `asked` holds the bounds in the form's address. */
export function useBounds({ method, model, values }: MethodFormState, asked: TypedBounds): AskedBounds {
  const [typed, setTyped] = useState(asked);
  const isBounded = method?.isBounded ?? false;
  const norm = method?.norm ?? normChosenBy(values["norm"]);
  const text = typed[norm] ?? (model ? usualBounds(norm, model).join(" ") : "");
  const read = isBounded ? readBounds(text) : { bounds: [] };
  const own = values["epsilon"];
  const ownIsTooSmall = isBounded && text.trim() === "" && typeof own === "number" && own < leastChange;
  const problem = "problem" in read ? read.problem : ownIsTooSmall ? tooSmallWords : null;
  return {
    typed,
    isBounded,
    norm,
    text,
    problem,
    bounds: "bounds" in read && problem === null ? read.bounds : null,
    setText: (next) => setTyped({ ...typed, [norm]: next }),
  };
}
