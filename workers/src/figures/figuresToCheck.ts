/** What the checks of figures read: the rows of a bundle, and of each run in it. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Planned, RunKind } from "@pareidolia/core/runKinds/registry";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import type { Report } from "./finding.ts";

/** Tables whose rows each belong to a run, in the order of runs. */
export type RunTable = "elites" | "generations" | "trajectories" | "milestones" | "perturbations" | "chains" | "links" | "link_elites";

/** A run with what its figures follow from. */
export type RunToCheck<Kind extends RunKind> = Planned<Kind> & {
  readonly row: RowOf<"runs">;
  /** Its key, such as RUN-12. */
  readonly name: string;
  readonly parameters: Parameters;
  /** Classes of its network. */
  readonly niches: number;
  readonly models: readonly RowOf<"models">[];
  /** The run's rows in order. Each table is read once, to its end. */
  readonly rows: <Name extends RunTable>(table: Name) => AsyncGenerator<RowOf<Name>, void, undefined>;
  readonly report: Report;
};

export interface FiguresToCheck {
  readonly bundle: BundleRows;
  /** The key of a run where the rows were written. */
  readonly keyOf: (run: number) => string;
  readonly report: Report;
}
