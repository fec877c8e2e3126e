/** With every run and experiment in the trash, no query of the schema shows anything of them, except the trash and the audit log. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { createSchema } from "@pareidolia/api/schema";
import { type GraphQLOutputType, type GraphQLSchema, getNamedType, isInterfaceType, isObjectType, isUnionType } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { requiredArguments } from "../../matrix/inputs.ts";
import { populate } from "../../matrix/populate.ts";
import type { Filled } from "../../matrix/things.ts";
import { type AccountsApi, startAccountsApi } from "../../support/accounts.ts";

let api: AccountsApi;
let schema: GraphQLSchema;
let things: Filled;
/** Ids and keys of everything that belongs to a run or an experiment. */
const marks = new Map<string, string>();
/** Before anything was trashed. */
let before: Awaited<ReturnType<typeof survey>>;

beforeAll(async () => {
  schema = await createSchema();
  api = await startAccountsApi();
  things = await populate(api, 1);
  const { connection } = api.database;
  const nouns = {
    Run: "run",
    Experiment: "experiment",
    Elite: "elite",
    Genome: "genome",
    Trajectory: "trajectory",
    Perturbation: "perturbation",
    Chain: "chain",
  } as const;
  for (const [type, table] of Object.entries(nouns) as [keyof typeof nouns, (typeof nouns)[keyof typeof nouns]][])
    for (const { id } of await (connection[table] as typeof connection.run).findMany({ select: { id: true } }))
      marks.set(encodeGlobalId(type, id), `${type} ${id}`);
  for (const { id } of await connection.analysis.findMany({ where: { runId: { not: null } }, select: { id: true } }))
    marks.set(encodeGlobalId("Analysis", id), `Analysis ${id}`);
  before = await survey();
  await connection.$executeRaw`UPDATE runs SET trashed_at = now(), trashed_with_experiment = true, locked_at = NULL WHERE trashed_at IS NULL`;
  await connection.$executeRaw`UPDATE experiments SET trashed_at = now() WHERE trashed_at IS NULL`;
});
afterAll(() => api.close());

const depth = 3;

/** Ids, keys and counts, and objects below them. */
function select(type: GraphQLOutputType, levels: number): string {
  const named = getNamedType(type);
  if (isUnionType(named)) return "{ __typename }";
  if (!isObjectType(named) && !isInterfaceType(named)) return "";
  const parts = Object.values(named.getFields()).flatMap(({ name, type: of, args }) => {
    if (args.some((argument) => String(argument.type).endsWith("!") && argument.defaultValue === undefined)) return [];
    const inner = getNamedType(of);
    const isComposite = isObjectType(inner) || isInterfaceType(inner) || isUnionType(inner);
    if (!isComposite) return ["id", "key", "runKeys", "totalCount", "runCount", "sha256"].includes(name) ? [name] : [];
    if (levels === 0 || name === "edges" || name === "pageInfo") return [];
    return [`${name} ${select(of, levels - 1)}`];
  });
  return `{ __typename ${parts.join(" ")} }`;
}

/** Where what is trashed may be read. */
const open = new Set(["trash", "trashItem", "auditEntries", "node", "nodes", "trashPreview", "retentionPreview"]);
/** The fields of Query that show any of the marks, and those that answer with an error. */
async function survey(): Promise<{ readonly showing: readonly string[]; readonly failing: readonly string[] }> {
  const showing: string[] = [];
  const failing: string[] = [];
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (open.has(field.name)) continue;
    const required = requiredArguments[field.name]?.(things) ?? {};
    const used = field.args.filter(({ name }) => name in required);
    const declared = used.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
    const passed = used.map(({ name }) => `${name}: $${name}`).join(", ");
    let body: { data?: unknown; errors?: unknown } = {};
    // Deep selections of long lists cost too much.
    for (let levels = depth; levels >= 0; levels--) {
      const document = `query ${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${select(field.type, levels)} }`;
      ({ body } = await api.ask(api.owner, document, required));
      if (body.errors === undefined) break;
    }
    if (body.errors !== undefined) failing.push(field.name);
    const text = JSON.stringify(body.data ?? null);
    if ([...marks.keys()].some((mark) => text.includes(`"${mark}"`))) showing.push(field.name);
  }
  return { showing: showing.sort(), failing: failing.sort() };
}

it("no query finds a trashed run, experiment, result or analysis", async () => {
  const { showing, failing } = await survey();
  expect(showing).toEqual([]);
  expect(before).toEqual({
    showing: [
      "analyses",
      "chains",
      "chain",
      "diversity",
      "elites",
      "experiments",
      "galleryImages",
      "genomes",
      "imports",
      "models",
      "perturbations",
      "runComparison",
      "runGroups",
      "runs",
      "sweep",
      "trajectories",
      "transferMatrix",
      "workers",
    ].sort(),
    failing: [],
  });
  // Those that are about one experiment or chain do not find it.
  expect(failing.toSorted()).toEqual(["chain", "diversity", "planRun", "runComparison", "runGroups", "transferMatrix"]);
});

it("no id leads to what is trashed, and no address serves its images", async () => {
  for (const [mark, name] of marks) {
    const { body } = await api.ask(api.owner, `{ node(id: "${mark}") { id } }`, {});
    expect([name, body.data]).toEqual([name, { node: null }]);
  }
  const headers = { cookie: api.owner.cookie };
  const owned = await api.database.connection.$queryRaw<{ sha256: string }[]>`SELECT DISTINCT sha256 FROM image_owners`;
  const own = new Set(owned.map(({ sha256 }) => sha256));
  const hidden = (await api.database.connection.image.findMany()).filter(({ sha256 }) => !own.has(sha256));
  expect(hidden.length).toBeGreaterThan(10);
  for (const { sha256 } of hidden.slice(0, 20)) {
    expect((await fetch(`${api.url}/images/${sha256}.png`, { headers })).status).toBe(404);
  }
});

it("every count of the workspace is zero", async () => {
  const query =
    "{ runs { totalCount } experiments { totalCount } elites { totalCount } genomes { totalCount } trajectories { totalCount } perturbations { totalCount } chains { totalCount } viewer { workspace { experimentCount eliteCount } } }";
  const { body } = await api.ask(api.owner, query, {});
  const none = { totalCount: 0 };
  expect(body.data).toEqual({
    runs: none,
    experiments: none,
    elites: none,
    genomes: none,
    trajectories: none,
    perturbations: none,
    chains: none,
    viewer: { workspace: { experimentCount: 0, eliteCount: 0 } },
  });
});
