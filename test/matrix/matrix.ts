/** The cells of the matrix: each row for each actor and place, with the outcome that the declared actions and the table of roles demand. */
import { scopeOf } from "@pareidolia/api/policy/actions";
import { rolesOf } from "@pareidolia/api/policy/policy";
import { type Guard, signedIn } from "@pareidolia/api/policy/requires";
import type { GraphQLSchema } from "graphql";
import { objectRows } from "./objectRows.ts";
import type { Person } from "./people.ts";
import { rootRows } from "./rootRows.ts";
import { routeRows } from "./routeRows.ts";
import type { Outcome, Place, Row, World } from "./row.ts";

export interface Cell {
  readonly name: string;
  readonly row: Row;
  readonly person: Person;
  readonly place: Place;
  readonly expected: Outcome;
  observe(): Promise<Outcome>;
}

/** By the table of roles (docs/authorization.md). Computed before a guard is removed, which changes nothing about what is expected. */
function permits({ role, scopes }: Person, action: Guard): boolean {
  if (role === null) return false;
  if (action === signedIn) return true;
  if (!rolesOf(action).includes(role)) return false;
  if (scopes === null) return true;
  const scope = scopeOf(action);
  return scope !== null && (scopes.includes(scope) || (scope === "READ" && scopes.includes("RUN")));
}

export interface Matrix {
  readonly cells: readonly Cell[];
  /** Paths that lead nowhere in these workspaces, even for their owner. */
  readonly unreached: readonly string[];
}

export async function buildMatrix(schema: GraphQLSchema, world: World): Promise<Matrix> {
  const [owner] = world.people;
  if (owner === undefined) throw new Error("There is no owner.");
  const { nodes, paths } = objectRows(schema, world);
  const unreached: string[] = [];
  const reached: Row[] = [];
  for (const row of paths)
    if ((await row.observe(owner, "own")) === "granted") reached.push(row);
    else unreached.push(row.name);
  const rows = [...rootRows(schema, world), ...nodes, ...reached, ...routeRows(world)];
  const cells = rows.flatMap((row) =>
    world.people.flatMap((person) =>
      row.places.map((place): Cell => {
        const mayDo = row.actions.every((action) => permits(person, action));
        const expected = place === "own" && mayDo ? "granted" : "denied";
        return {
          name: `${row.name} of ${place} for ${person.name}`,
          row,
          person,
          place,
          expected,
          observe: () => row.observe(person, place),
        };
      }),
    ),
  );
  return { cells, unreached };
}

export interface Mismatch {
  readonly cell: Cell;
  readonly observed: Outcome;
}

export async function runMatrix(cells: readonly Cell[]): Promise<Mismatch[]> {
  const mismatches: Mismatch[] = [];
  for (const cell of cells) {
    const observed = await cell.observe();
    if (observed !== cell.expected) mismatches.push({ cell, observed });
  }
  return mismatches;
}
