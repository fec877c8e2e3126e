/** Where page requests lead, by the session's workspaces. The API's answers are given. */
import { afterEach, expect, it, vi } from "vitest";
import { findPlace, type Place } from "../../../../apps/web/src/server/findPlace.ts";

const refused = { errors: [{ message: "Sign in.", extensions: { code: "UNAUTHENTICATED" } }] };
/** The workspaces that the session opens; it used the first one last. */
const memberOf = (...slugs: string[]) => ({
  data: { viewer: { workspaces: slugs.map((slug, i) => ({ workspaceId: `id of ${slug}`, slug, isCurrent: i === 0, deletedAt: null })) } },
});

function answer(body: object | null): void {
  vi.stubGlobal("fetch", async () => {
    if (body === null) throw new TypeError("fetch failed");
    return Response.json(body);
  });
}

function placeOf(address: string, { isOpened = true } = {}): Promise<Place> {
  const { pathname, search } = new URL(address, "http://pareidolia.invalid");
  return findPlace({ pathname, search, cookie: "session=1", isOpened });
}

/** Answers the session with these workspaces, each of which reads these objects. `owners` have published some of them. */
function answerObjects(owned: Readonly<Record<string, readonly string[]>>, owners: Readonly<Record<string, string>> = {}): void {
  vi.stubGlobal("fetch", async (address: URL, { body }: { body: string }) => {
    const { variables } = JSON.parse(body) as { variables: { ids?: readonly string[] } };
    if (variables.ids === undefined) return Response.json(memberOf(...Object.keys(owned)));
    const has = owned[/^\/w\/(\w+)\/graphql$/.exec(address.pathname)?.[1] ?? ""] ?? [];
    const nodeOf = (id: string) => (owners[id] === undefined ? { id } : { id, run: { experiment: { workspaceSlug: owners[id] } } });
    return Response.json({ data: { nodes: variables.ids.map((id) => (has.includes(id) ? nodeOf(id) : null)) } });
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

it("opens the pages of the user's workspaces, and tells the API which one the session uses now", async () => {
  const noted: unknown[] = [];
  vi.stubGlobal("fetch", async (_address: URL, { body }: { body: string }) => {
    const { variables } = JSON.parse(body) as { variables: { workspaceId?: string } };
    if (variables.workspaceId !== undefined) noted.push(variables.workspaceId);
    return Response.json(memberOf("lab", "other"));
  });
  expect(await placeOf("/w/lab/runs/RUN-2")).toEqual({ kind: "page" });
  expect(await placeOf("/w/other/runs/RUN-2", { isOpened: false })).toEqual({ kind: "page" });
  expect(noted).toEqual([]);
  expect(await placeOf("/w/other/runs/RUN-2")).toEqual({ kind: "page" });
  expect(noted).toEqual(["id of other"]);
});

it.each(["/w/foreign/runs/RUN-2", "/w/LAB", "/w"])("finds no workspace at %s", async (address) => {
  answer(memberOf("lab"));
  expect(await placeOf(address)).toEqual({ kind: "rewrite", to: "/no-such-workspace" });
});

it("leads short addresses to the only workspace", async () => {
  answer(memberOf("lab"));
  expect(await placeOf("/runs/RUN-2?tab=table")).toEqual({ kind: "redirect", to: "/w/lab/runs/RUN-2?tab=table" });
  expect(await placeOf("/")).toEqual({ kind: "redirect", to: "/w/lab" });
});

it("leads sections to the workspace that the session used last", async () => {
  answer(memberOf("lab", "other"));
  expect(await placeOf("/gallery?label=3")).toEqual({ kind: "redirect", to: "/w/lab/gallery?label=3" });
});

it("leads the address of an object to the only workspace that has it", async () => {
  answerObjects({ lab: ["RUN-1"], other: ["RUN-1", "RUN-2"] });
  expect(await placeOf("/runs/RUN-2?tab=table")).toEqual({ kind: "redirect", to: "/w/other/runs/RUN-2?tab=table" });
  expect(await placeOf("/compare?runs=1,2")).toEqual({ kind: "redirect", to: "/w/other/compare?runs=1,2" });
});

it("leads the address of a public result to its owner's workspace, though every workspace reads it", async () => {
  answerObjects({ lab: ["publicElite"], other: ["publicElite"] }, { publicElite: "other" });
  expect(await placeOf("/elites/publicElite")).toEqual({ kind: "redirect", to: "/w/other/elites/publicElite" });
});

it("offers a choice if several workspaces have the object", async () => {
  answerObjects({ lab: ["RUN-1"], other: ["RUN-1"], third: [] });
  expect(await placeOf("/runs/RUN-1?tab=table")).toEqual({
    kind: "rewrite",
    to: "/which-workspace?page=%2Fruns%2FRUN-1%3Ftab%3Dtable&among=lab%2Cother",
  });
});

it("shows a public result of another workspace in the reader's own, but nothing that only a key names", async () => {
  answerObjects({ lab: ["RUN-1", "publicElite"] }, { publicElite: "foreign" });
  expect(await placeOf("/w/foreign/elites/publicElite?view=graph")).toEqual({
    kind: "redirect",
    to: "/w/lab/elites/publicElite?view=graph",
  });
  expect(await placeOf("/w/foreign/elites/privateElite")).toEqual({ kind: "rewrite", to: "/no-such-workspace" });
  expect(await placeOf("/w/foreign/runs/RUN-1")).toEqual({ kind: "rewrite", to: "/no-such-workspace" });
});

it("leads the address of an object that no workspace has to the last one, which says so", async () => {
  answerObjects({ lab: [], other: [] });
  expect(await placeOf("/runs/RUN-9")).toEqual({ kind: "redirect", to: "/w/lab/runs/RUN-9" });
});

it("leads to the local workspace in single-user mode, without a request to the API", async () => {
  vi.stubEnv("PAREIDOLIA_SINGLE_USER", "on");
  answer(null);
  expect(await placeOf("/runs/RUN-2")).toEqual({ kind: "redirect", to: "/w/local/runs/RUN-2" });
  expect(await placeOf("/w/local/runs/RUN-2")).toEqual({ kind: "page" });
});

it("leads to the sign-in page without a session, and back to the whole address", async () => {
  answer(refused);
  expect(await placeOf("/w/lab/runs/RUN-2?tab=table")).toEqual({
    kind: "redirect",
    to: "/sign-in?next=%2Fw%2Flab%2Fruns%2FRUN-2%3Ftab%3Dtable",
  });
  expect(await placeOf("/sign-in")).toEqual({ kind: "page" });
  expect(await placeOf("/public/EXP-1")).toEqual({ kind: "page" });
});

it("leads users of no workspace to the page that offers one, and others away from it", async () => {
  answer(memberOf());
  expect(await placeOf("/w/lab/runs")).toEqual({ kind: "redirect", to: "/no-workspace" });
  expect(await placeOf("/no-workspace")).toEqual({ kind: "page" });
  answer(memberOf("lab"));
  expect(await placeOf("/no-workspace")).toEqual({ kind: "redirect", to: "/" });
  expect(await placeOf("/sign-in?next=/w/lab/gallery")).toEqual({ kind: "redirect", to: "/w/lab/gallery" });
});

it("sends the page if the API does not answer", async () => {
  answer(null);
  expect(await placeOf("/w/lab/runs")).toEqual({ kind: "page" });
  expect(await placeOf("/runs/RUN-1")).toEqual({ kind: "rewrite", to: "/which-workspace?page=%2Fruns%2FRUN-1" });
});
