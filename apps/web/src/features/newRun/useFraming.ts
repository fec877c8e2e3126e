"use client";
/** The framing that a form chooses for models that can have one: read from the address, edited, written back and sent. */
import { useState } from "react";
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import type { AddressReader } from "../marks/addressProblems.ts";
import type { AskedProblems } from "./askedValues.ts";
import type { AddressValues } from "./formAddress.ts";
import { askedFraming, framingProblem, framingValues, isFramed } from "./framing.ts";
import type { ModelChoice } from "./modelDetail.ts";

interface ChosenFraming {
  readonly value: FramingInput | null;
  readonly problems: AskedProblems;
  setValue(framing: FramingInput | null): void;
  /** For one model, which may differ from the model in the address. */
  forModel(model: ModelChoice | undefined): {
    /** Whether the model can have a framing at all. */
    readonly framed: boolean;
    readonly fits: boolean;
    readonly addressValues: AddressValues;
    /** The part of the mutation's input; empty without a framing. */
    readonly input: { readonly framing?: FramingInput };
  };
}

/** @param model The model in the address. */
export function useFraming(address: { read(): AddressReader }, model: ModelChoice | undefined): ChosenFraming {
  const [initial] = useState(() => askedFraming(address.read(), model));
  const [value, setValue] = useState(initial.framing);
  return {
    value,
    problems: initial.problems,
    setValue,
    forModel: (chosen) => {
      const framed = chosen !== undefined && isFramed(chosen);
      const frame = framingValues(framed ? value : null);
      return {
        framed,
        fits: !framed || framingProblem(value, chosen) === null,
        addressValues: { crops: frame["crops"] ?? null, imageSize: frame["imageSize"] ?? null },
        input: framed && value ? { framing: value } : {},
      };
    },
  };
}
