"use client";
/** The framing in a form, for models that support one: read from the address, edited, written back and sent. */
import { useState } from "react";
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import type { AddressReader } from "../marks/addressProblems.ts";
import type { AddressValues } from "./formAddress.ts";
import { framingFromAddress, framingProblem, framingValues, supportsFraming } from "./framing.ts";
import type { AddressProblems } from "./methodAddress.ts";
import type { ModelChoice } from "./modelDetail.ts";

interface FramingState {
  readonly value: FramingInput | null;
  readonly problems: AddressProblems;
  setValue(framing: FramingInput | null): void;
  /** For the selected model, which may differ from the model in the address. */
  forModel(model: ModelChoice | undefined): {
    /** Whether the model supports framing. */
    readonly isSupported: boolean;
    readonly isValid: boolean;
    readonly addressValues: AddressValues;
    /** The part of the mutation's input; empty without a framing. */
    readonly input: { readonly framing?: FramingInput };
  };
}

/** @param model The model in the address. */
export function useFraming(address: { read(): AddressReader }, model: ModelChoice | undefined): FramingState {
  const [initial] = useState(() => framingFromAddress(address.read(), model));
  const [value, setValue] = useState(initial.framing);
  return {
    value,
    problems: initial.problems,
    setValue,
    forModel: (selected) => {
      const isSupported = selected !== undefined && supportsFraming(selected);
      const values = framingValues(isSupported ? value : null);
      return {
        isSupported,
        isValid: !isSupported || framingProblem(value, selected) === null,
        addressValues: { crops: values["crops"] ?? null, imageSize: values["imageSize"] ?? null },
        input: isSupported && value ? { framing: value } : {},
      };
    },
  };
}
