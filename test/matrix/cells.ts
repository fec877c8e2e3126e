/** The cells of a row: each actor and place, with the outcome that the declared actions and the table of roles demand. */
import type { Person } from "./people.ts";
import { admitsVisitor, permits } from "./permits.ts";
import { type Place, type SharedPlace, sharedPlaces } from "./place.ts";
import type { Outcome, Row, World } from "./row.ts";
import { watchingSecrets } from "./secrets.ts";

export interface Cell {
  readonly name: string;
  readonly row: Row;
  readonly person: Person;
  readonly place: Place | SharedPlace;
  readonly expected: Outcome;
  observe(): Promise<Outcome>;
}

/** Where the objects are for the row: those that a visitor looks at are their place's own. */
export function seenFrom({ visiting }: Person, place: Place | SharedPlace): Place {
  return visiting === undefined ? (place as Place) : "own";
}

/** A secret in a response is a leak, whatever the row looks for. */
async function observe(world: World, row: Row, person: Person, place: Place | SharedPlace, mayAct: boolean): Promise<Outcome> {
  await world.show(place);
  const { result, shown } = await watchingSecrets(() =>
    row.observe(mayAct ? person : { ...person, sendsAlone: true }, seenFrom(person, place)),
  );
  return shown.length > 0 ? "leak" : result;
}

/** Every kind of access that could reach an object of another workspace. */
const lookElsewhere: readonly string[] = ["owner", "outsider", "viewer", "key with RUN", "key with ADMIN"];
/** A missing object is the same for every sender who gets as far as looking for it. */
const lookForMissing: readonly string[] = ["owner", "outsider"];

function looksIn(place: Place, { name }: Person, { isComplete }: World): boolean {
  if (place === "own" || isComplete) return true;
  return (place === "other" ? lookElsewhere : lookForMissing).includes(name);
}

/** Reading one's own profile is an action of members, but guests may read theirs, too. */
const openToGuests: ReadonlySet<string> = new Set(["Viewer.user"]);

const visitors: readonly string[] = ["anonymous", "guest", "owner", "key with READ", "key with VOTE"];
/** A path starts at a shared object, whose own rows are for each visitor. */
const visitorsOfPaths: readonly string[] = ["anonymous", "owner"];
/** Visitors may not change anything. */
const visitorsOfMutations: readonly string[] = ["guest", "owner"];

function visitsOf(row: Row, { isComplete, people }: World): { readonly names: readonly string[]; readonly places: readonly SharedPlace[] } {
  // Members of the sharing workspace are not visitors.
  if (isComplete)
    return {
      names: people.flatMap(({ name, alsoIn }) => (name === "outsider" || alsoIn !== undefined ? [] : [name])),
      places: sharedPlaces,
    };
  if (row.isExclusive) return { names: visitorsOfMutations, places: ["public"] };
  if (row.leaf !== undefined) return { names: visitorsOfPaths, places: ["public", "unlisted"] };
  return { names: visitors, places: sharedPlaces };
}

/** Cells of senders who look at objects that another workspace shares. */
export function visitingCells(row: Row, world: World): Cell[] {
  const { shared } = row;
  if (shared === undefined) return [];
  const { names, places } = visitsOf(row, world);
  return world.people
    .filter(({ name }) => names.includes(name))
    .flatMap((person) =>
      places.map((place): Cell => {
        const visitor = world.visit(person, place);
        const mayAct = row.actions.every((action) => admitsVisitor(person, action));
        return {
          name: `${row.name} of ${place} for ${person.name}`,
          row,
          person: visitor,
          place,
          expected: mayAct && shared.includes(place) ? "granted" : "denied",
          observe: () => observe(world, row, visitor, place, mayAct),
        };
      }),
    );
}

export function cellsOf(row: Row, people: readonly Person[], world: World): Cell[] {
  return people.flatMap((person) =>
    row.places
      .filter(
        (place) => looksIn(place, person, world) && !(place === "other" && row.needsMembership === true && person.alsoIn !== undefined),
      )
      .map((place): Cell => {
        const isClosed = row.needsMembership === true && person.role === null;
        const isProfile = openToGuests.has(row.name) && person.userId !== null && person.scopes === null;
        const isAboutThem = isProfile || row.about?.includes(person.name) === true;
        const mayAct = !isClosed && (isAboutThem || row.actions.every((action) => permits(person, action)));
        const expected = place === "own" && mayAct ? "granted" : "denied";
        return {
          name: `${row.name} of ${place} for ${person.name}`,
          row,
          person,
          place,
          expected,
          observe: () => observe(world, row, person, place, mayAct),
        };
      }),
  );
}
