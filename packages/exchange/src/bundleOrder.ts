/** The order of a bundle's rows, in which no two rows have the same address. */
import { AppError } from "@pareidolia/core/appError";
import type { TableName } from "./bundleTables.ts";

const ofTrajectory = ["run", "configuration", "class", "start"];
/** The columns by which rows are ordered, and which no two rows share. Other tables are ordered by their number. */
const addresses: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  images: ["sha256"],
  generations: ["run", "generation"],
  step_hashes: ["run", "step"],
  genomes: ["run", "generation", "index"],
  elites: ["run", "niche", "generation"],
  trajectories: ofTrajectory,
  rung_decisions: ["sweep", "rung", "point"],
  rung_results: ["run", "rung"],
  checkpoints: ["run", "part"],
  milestones: [...ofTrajectory, "level"],
  perturbations: ["run", "index"],
  chains: ["run"],
  links: ["run", "iteration"],
  link_elites: ["run", "iteration", "niche"],
  imported_images: ["run", "index"],
  scores: ["image", "model"],
};

/** Checks that each row comes after the one before it: equal states give equal bytes only in this order. @throws AppError CORRUPT_DATA. */
export function orderOf(name: TableName): (row: object) => void {
  const columns = addresses[name];
  let last: readonly unknown[] | null = null;
  return (row) => {
    if (columns === undefined) return;
    const address = columns.map((column) => (row as Readonly<Record<string, unknown>>)[column]);
    if (last !== null && !isBefore(last, address))
      throw new AppError("CORRUPT_DATA", `Rows of ${name} are not in order: ${last.join(" ")} before ${address.join(" ")}.`);
    last = address;
  };
}

function isBefore(one: readonly unknown[], other: readonly unknown[]): boolean {
  const place = one.findIndex((value, index) => value !== other[index]);
  return place >= 0 && (one[place] as number | string) < (other[place] as number | string);
}
