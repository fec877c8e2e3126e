/** The drawing and the table of rooms say which imports the dependency checker allows. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

interface Rule {
  readonly name: string;
  readonly to: { readonly pathNot?: string };
}

/** For each room, the others that it may import. */
async function readRules(): Promise<ReadonlyMap<string, readonly string[]>> {
  const file = path.join(root, ".dependency-cruiser.mjs");
  const { default: config } = (await import(file)) as { readonly default: { readonly forbidden: readonly Rule[] } };
  return new Map(
    config.forbidden.flatMap(({ name, to }): [string, string[]][] => {
      const room = /^arrows of ((?:packages|apps)\/\w+|workers)$/.exec(name)?.[1];
      if (room === undefined) return [];
      const allowed = /^\^\((.*)\)\/$/.exec(to.pathNot ?? "")?.[1]?.split("|") ?? [];
      return [[room, allowed.filter((other) => other !== room)]];
    }),
  );
}

/** The drawing's groups with their rooms, and its arrows from a room or a group to a group, with groups by name. */
function readDrawing() {
  const drawing = /```mermaid\n([\s\S]*?)```/.exec(read("ARCHITECTURE.md"))?.[1] ?? "";
  const names = new Map([...drawing.matchAll(/^ +(\w+)\[([\w/]+)\]$/gm)].map(([, id = "", room = ""]) => [id, room]));
  const groups = new Map(
    [...drawing.matchAll(/subgraph (\w+)\n([\s\S]*?)\n {2}end/g)].map(([, group = "", body = ""]) => [
      group,
      [...body.matchAll(/\[([\w/]+)\]/g)].map(([, room = ""]) => room),
    ]),
  );
  const arrows = [...drawing.matchAll(/^ +(\w+) --> (\w+)$/gm)].map(([, from = "", to = ""]) => `${names.get(from) ?? from} > ${to}`);
  return { groups, arrows };
}

it("every room but the core is in the drawing, once", async () => {
  const rooms = [...(await readRules()).keys()].filter((room) => room !== "packages/core");
  expect(rooms.length).toBeGreaterThan(20);
  expect([...readDrawing().groups.values()].flat().toSorted()).toEqual(rooms.toSorted());
});

it("the drawing has an arrow if and only if an import is allowed along it", async () => {
  const rules = await readRules();
  const { groups, arrows } = readDrawing();
  const groupOf = (room: string) => [...groups].find(([, rooms]) => rooms.includes(room))?.[0];
  const allowed = [...rules].flatMap(([room, others]) => {
    const own = groupOf(room);
    return others.flatMap((other) => {
      const group = groupOf(other);
      // Programs have arrows of their own.
      return group === undefined || group === own ? [] : [`${own === "Programs" ? room : own} > ${group}`];
    });
  });
  expect(arrows.toSorted()).toEqual([...new Set(allowed)].toSorted());
});

it("the table of rooms names the imports of each", async () => {
  const rules = await readRules();
  const rows = [...read("docs/rooms.md").matchAll(/^\| `([\w/]+)` \|.*\| ([^|]+) \|$/gm)];
  const documented = new Map(rows.map(([, room = "", imports = ""]) => [room, imports.replaceAll(/\([^)]*\)/g, "")]));
  for (const [room, others] of rules) {
    const names = others.map((other) => other.replace("packages/", ""));
    const listed = (documented.get(room) ?? "").split(/, | and /).map((name) => name.trim());
    expect({ room, imports: listed.toSorted() }).toEqual({ room, imports: names.length === 0 ? ["nothing"] : names.toSorted() });
  }
});
