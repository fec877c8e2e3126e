/** What a plan costs and whom it counts, as rows of a list of names and values. */
import type { Forecast } from "@pareidolia/perception/simulation/forecast";
import { KeyRow } from "../marks/KeyRow.tsx";
import { formatCount } from "../marks/numbers.ts";
import type { ForecastState } from "./useForecast.ts";

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** `3 h 20 min`. */
function formatMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${formatCount(hours)} h` : `${formatCount(hours)} h ${rest} min`;
}

export function ForecastRows({ state }: { readonly state: ForecastState | null }) {
  if (state === null) return null;
  if (state.kind === "computing") return <KeyRow name="Voters">simulating, {percent(state.progress)}</KeyRow>;
  if (state.kind === "failed" || state.forecast === null)
    return <KeyRow name="Voters">{state.kind === "failed" ? state.message : "none can join"}</KeyRow>;
  return rowsOf(state.forecast).map(([name, value]) => (
    <KeyRow key={name} name={name} number>
      {value}
    </KeyRow>
  ));
}

function rowsOf({ voters, expected, trials, minutes, counted }: Forecast): readonly (readonly [string, string])[] {
  return [
    ["Voters needed", formatCount(voters)],
    ["Expected to count", formatCount(expected)],
    ["Attentive voters who count", percent(counted.typical)],
    ["Guessing voters who count", percent(counted.guessing)],
    ["Trials of a voter", formatCount(trials)],
    ["Time of a voter", `about ${formatMinutes(minutes)}`],
    ["Time of all voters", `about ${formatMinutes(minutes * voters)}`],
  ];
}
