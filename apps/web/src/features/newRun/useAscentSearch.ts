"use client";
/** The random search in the ascent form: whether it is on, the number of configurations, and the drawn parameters. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import { useState } from "react";
import type { AscentSearchInput } from "../../graphql/generated/graphql.ts";
import { unusedReason } from "../ascent/drawnValues.ts";
import type { RequestedAscent, SettingsId } from "./ascentAddress.ts";
import type { Values } from "./parameterForm.ts";
import type { MethodChoice } from "./useMethodForm.ts";
import { readWholeNumber } from "./wholeNumbers.ts";

export function useAscentSearch(requested: RequestedAscent, method: MethodChoice | undefined) {
  const [settings, setSettings] = useState<SettingsId>(requested.settings);
  const [configurationsText, setConfigurationsText] = useState(requested.configurations);
  const [selectedNames, setSelectedNames] = useState<readonly string[] | null>(requested.drawn);
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const markEdited = (name: string) => setEdited(new Set([...edited, name]));
  const names = method?.searchSpace.map(({ name }) => name) ?? [];
  const isOn = settings === "search" && names.length > 0;
  const drawn: ReadonlySet<string> = new Set(names.filter((name) => selectedNames === null || selectedNames.includes(name)));
  const count = readWholeNumber(configurationsText, ascentLimits.configurations);
  /** An error in the address, until the field is edited. */
  const addressProblem = (name: string) => (edited.has(name) ? null : (requested.problems[name]?.atField ?? null));
  return {
    isOn,
    isSupported: names.length > 0,
    settings,
    setSettings: (id: SettingsId) => {
      setSettings(id);
      markEdited("search");
    },
    settingsError: addressProblem("search") ?? undefined,
    configurationsText,
    setConfigurationsText,
    /** Null if the text is not a valid number. */
    count,
    drawn,
    /** Null until a parameter is selected or deselected: all are drawn. */
    selectedNames,
    toggle: (name: string) => {
      setSelectedNames(names.filter((each) => (each === name ? !drawn.has(each) : drawn.has(each))));
      markEdited("drawn");
    },
    drawnError: addressProblem("drawn"),
    unusedReason: (name: string, values: Values) => unusedReason(name, values, drawn),
    isValid: !isOn || (count !== null && drawn.size > 0),
    /** The part of the mutation's input; empty without a search. */
    input: (): { search?: AscentSearchInput } => {
      if (!isOn || count === null) return {};
      return { search: { configurations: count, ...(drawn.size === names.length ? {} : { parameters: [...drawn] }) } };
    },
  };
}

export type AscentSearch = ReturnType<typeof useAscentSearch>;
