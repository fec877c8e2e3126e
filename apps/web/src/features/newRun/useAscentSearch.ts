"use client";
/** The random search in the ascent form: whether there is one, the number of configurations, and the drawn parameters. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import { useState } from "react";
import type { AscentSearchInput } from "../../graphql/generated/graphql.ts";
import { idleReason } from "../ascent/drawnValues.ts";
import type { AskedAscent, SettingsId } from "./askedAscent.ts";
import type { Values } from "./parameterForm.ts";
import type { MethodChoice } from "./useMethodForm.ts";
import { readWholeNumber } from "./wholeNumbers.ts";

export function useAscentSearch(asked: AskedAscent, method: MethodChoice | undefined) {
  const [settings, setSettings] = useState<SettingsId>(asked.settings);
  const [typed, setTyped] = useState(asked.configurations);
  const [chosen, setChosen] = useState<readonly string[] | null>(asked.drawn);
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const answer = (name: string) => setAnswered(new Set([...answered, name]));
  const all = method?.searchSpace.map(({ name }) => name) ?? [];
  const on = settings === "search" && all.length > 0;
  const drawn: ReadonlySet<string> = new Set(all.filter((name) => chosen === null || chosen.includes(name)));
  const count = readWholeNumber(typed, ascentLimits.configurations);
  const said = (name: string) => (answered.has(name) ? null : (asked.problems[name]?.atField ?? null));
  return {
    on,
    possible: all.length > 0,
    settings,
    setSettings: (id: SettingsId) => {
      setSettings(id);
      answer("search");
    },
    /** The error of the address until a choice is made. */
    settingsError: said("search") ?? undefined,
    typed,
    setTyped,
    /** Null if the text is not a valid number. */
    count,
    drawn,
    /** The chosen parameter names; null while all of them are drawn. */
    chosen,
    toggle: (name: string) => {
      setChosen(all.filter((each) => (each === name ? !drawn.has(each) : drawn.has(each))));
      answer("drawn");
    },
    drawnError: said("drawn"),
    idleReason: (name: string, values: Values) => idleReason(name, values, drawn),
    fits: !on || (count !== null && drawn.size > 0),
    /** What is sent; nothing where these settings are to be used. */
    input: (): { search?: AscentSearchInput } => {
      if (!on || count === null) return {};
      return { search: { configurations: count, ...(drawn.size === all.length ? {} : { parameters: [...drawn] }) } };
    },
  };
}

export type AscentSearch = ReturnType<typeof useAscentSearch>;
