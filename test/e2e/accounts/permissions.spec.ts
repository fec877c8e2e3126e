/** Every page as every role: a control for a change is offered if and only if the API permits the change. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { expect, type Page } from "@playwright/test";
import { ask, readArchive, test, waitForFinish } from "../../support/browser.ts";
import { join, openOwner, startRunsOf } from "../../support/browserAccounts.ts";
import { readOffers } from "../../support/pageOffers.ts";

/** Authors and owners may change a comment, as the API says of each. The author here is the owner. */
const ofAuthors: ReadonlySet<string> = new Set(["editComment", "deleteComment"]);

/** Sends a mutation that has an input, and returns its answer. */
async function change<T = unknown>(page: Page, name: string, input: object, fields = ""): Promise<T> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { ${name}(input: $input) { __typename ${fields} ... on Error { message } } }`;
  const answer = await ask<Record<string, T & { readonly message?: string }>>(page, document, { input });
  expect(answer[name]?.message, name).toBeUndefined();
  return answer[name] as T;
}

interface Keyed {
  readonly id: string;
  readonly key: string;
}

/** Keys and IDs of the parts of the pages' addresses. */
type Objects = Readonly<Record<"experiment" | "run" | "elite" | "comparison" | "sweep" | "draft" | "study", string>>;

/** Objects of the owner, with pages on which they can be changed; also a run in the trash, a tag, a comment, and an open invitation. */
async function createObjects(owner: Page): Promise<Objects & { readonly sweepId: string }> {
  const { experiment, runs } = await startRunsOf(owner, "Permissions", 3, 2);
  const [run = "", other = "", trashed = ""] = runs;
  for (const id of [run, other]) await waitForFinish(owner, { id, key: id });
  const [elite] = await readArchive(owner, run);
  await change(owner, "tagRuns", { changes: [{ runIds: [run], add: ["permitted"] }] });
  await change(owner, "addComment", { subjectId: run, body: "Look at class 3." });
  await change(owner, "trashRuns", { runIds: [trashed] });
  await change(owner, "inviteMember", { email: "permissions-open@pareidolia.example", role: "VIEWER" });
  const { savedComparison } = await change<{ savedComparison: Keyed }>(
    owner,
    "saveComparison",
    { title: "Both", entries: [{ runIds: [run] }, { runIds: [other] }] },
    "... on SavedComparisonSuccess { savedComparison { id key } }",
  );
  const { models } = await ask<{ models: { nodes: Keyed[] } }>(owner, "{ models(first: 1) { nodes { id } } }", {});
  const evolution = {
    experimentId: experiment,
    modelId: models.nodes[0]?.id,
    encoding: "direct",
    preset: "paper",
    seed: 1,
    generations: 100_000,
  };
  const { sweep } = await change<{ sweep: Keyed }>(
    owner,
    "startSweep",
    { run: { evolution }, axes: [{ path: "parameters.mutationRate", values: [0.1, 0.2] }], limits: { concurrency: 1 } },
    "... on StartSweepSuccess { sweep { id key } }",
  );
  const ofStudy = "... on StudySuccess { study { id key revision } }";
  const create = async (title: string) =>
    (await change<{ study: Keyed & { revision: number } }>(owner, "createStudy", { title, runIds: [run] }, ofStudy)).study;
  const draft = await create("A draft");
  const { id: studyId, key: study, revision } = await create("An open study");
  await change(owner, "openStudy", { studyId, revision });
  const keys = { experiment, run, comparison: savedComparison.key, sweep: sweep.key, draft: draft.key, study };
  return { ...keys, elite: elite?.id ?? "", sweepId: sweep.id };
}

interface Visit {
  readonly path: string;
  /** What an owner is offered, in alphabetical order. */
  readonly offers: readonly string[];
  /** A row of this kind is selected, which shows the toolbar of selected rows. Who may only read selects no experiments. */
  readonly selects?: "EXP" | "RUN";
}

const visitsOf = (of: Objects): readonly Visit[] => [
  {
    path: "/experiments",
    offers: [
      "archiveExperiment",
      "archiveExperiments",
      "createExperiment",
      "createView",
      "startImport",
      "tagExperiments",
      "trashExperiments",
    ],
    selects: "EXP",
  },
  { path: "/", offers: ["startEvolution"] },
  { path: "/new", offers: ["startEvolution"] },
  { path: "/new?method=ascend", offers: ["startAscent"] },
  { path: "/new?method=perturb", offers: ["startPerturbation"] },
  { path: "/new?method=retrain", offers: ["startChain"] },
  {
    path: `/experiments/${of.experiment}`,
    offers: [
      "archiveExperiment",
      "archiveRuns",
      "createView",
      "lockExperiment",
      "moveRuns",
      "rerunRuns",
      "setExperimentVisibility",
      "startEvolution",
      "startExport",
      "tagExperiments",
      "tagRuns",
      "trashExperiments",
      "trashRuns",
    ],
    selects: "RUN",
  },
  { path: `/experiments/${of.experiment}/new`, offers: ["startEvolution"] },
  {
    path: "/runs",
    offers: ["archiveRuns", "createView", "moveRuns", "rerunRuns", "startEvolution", "startExport", "startSweep", "tagRuns", "trashRuns"],
    selects: "RUN",
  },
  {
    path: `/runs/${of.run}`,
    offers: [
      "createStudy",
      "deleteComment",
      "editComment",
      "forkRun",
      "lockRuns",
      "startEvolution",
      "startExport",
      "tagRuns",
      "trashRuns",
      "verifyRun",
    ],
  },
  { path: `/elites/${of.elite}`, offers: ["ablateElite", "measureSurvival", "scoreImage", "startAscent", "startEvolution"] },
  { path: "/sweeps", offers: ["startSweep"] },
  { path: `/sweeps/${of.sweep}?tab=recipe`, offers: ["cancelSweep", "changeSweep", "pauseSweep", "startSweep"] },
  { path: "/chains", offers: ["startChain"] },
  { path: `/compare?runs=${of.run.slice(4)}`, offers: ["saveComparison"] },
  { path: "/comparisons", offers: ["deleteSavedComparison"] },
  { path: `/comparisons/${of.comparison}`, offers: ["deleteSavedComparison"] },
  { path: "/gallery", offers: ["createStudy", "createView"] },
  { path: "/import", offers: ["startImport"] },
  { path: "/models", offers: ["checkModel", "registerModel"] },
  { path: "/models/new", offers: ["registerModel"] },
  { path: "/studies", offers: ["createStudy"] },
  { path: `/studies/${of.draft}`, offers: ["deleteStudy", "openStudy"] },
  { path: `/studies/${of.study}?tab=members`, offers: ["assignStudyImages", "changeStudyState", "forkStudy", "inviteMember"] },
  { path: `/studies/${of.study}?tab=releases`, offers: ["changeStudyState", "forkStudy", "makeRelease"] },
  { path: `/studies/${of.study}?tab=voters`, offers: ["changeStudyState", "forkStudy", "raiseVoterLimit"] },
  { path: "/trash", offers: ["deleteFromTrash", "emptyTrash", "restoreRuns"] },
  { path: "/settings/members", offers: ["allowMemberKeys", "inviteMember", "removeMember", "revokeInvitation", "suspendMember"] },
  { path: "/settings/general", offers: ["deleteWorkspace", "renameWorkspace", "transferWorkspace"] },
  { path: "/settings/tags", offers: ["deleteTag", "renameTag"] },
  { path: "/settings/keys", offers: ["allowMemberKeys"] },
  { path: "/settings/exports", offers: ["startExport"] },
  { path: "/settings/bulk-queries", offers: ["startBulkQuery"] },
  { path: "/settings/storage", offers: ["createRetentionRule"] },
];

/** The other pages, and why none of them is visited. */
const notVisited: Readonly<Record<string, string>> = {
  "/[...unknown]": "It has no content.",
  "/api-reference": "It changes nothing.",
  "/api-reference/[type]": "It changes nothing.",
  "/chains/[id]": "It leads to the run.",
  "/experiments/[key]/runs": "It is the list of /runs.",
  "/models/transfer": "Its only change is that of a result: scoring images.",
  "/models/uploads": "Its files are the user's own.",
  "/notifications": "All members change their own.",
  "/perturbations/[id]": "It has the controls of an elite.",
  "/profile": "All members change their own.",
  "/reports": "It changes nothing.",
  "/reports/[id]": "It changes nothing.",
  "/settings": "It leads to a tab.",
  "/settings/audit": "It changes nothing.",
  "/settings/email": "Its only change needs an e-mail that could not be sent.",
  "/settings/notifications": "All members change their own.",
  "/settings/quotas": "It changes nothing.",
  "/settings/webhooks": "All members change their own.",
  "/studies/[key]/coding": "The API says of each text what the member may do: textCoding.spec.ts.",
  "/studies/[key]/results": "It changes nothing.",
  "/studies/[key]/results/bias": "It changes nothing.",
  "/studies/[key]/results/groups": "It changes nothing.",
  "/studies/[key]/results/trials": "It changes nothing.",
  "/studies/[key]/results/voters": "It changes nothing.",
  "/studies/[key]/room": "Rooms are offered only once people have voted.",
  "/studies/[key]/room/[room]": "The API says of each image what the member may do: norming.spec.ts.",
  "/studies/compare": "It changes nothing.",
  "/trajectories/[id]": "It has the controls of an elite.",
  "/workers": "Its only change needs a waiting analysis.",
};

/** Why the user may not send a mutation, by its name. */
async function readRefusals(page: Page): Promise<ReadonlyMap<string, string>> {
  const { viewer } = await ask<{ viewer: { refusedMutations: { name: string; message: string }[] } }>(
    page,
    "{ viewer { refusedMutations { name message } } }",
    {},
  );
  return new Map(viewer.refusedMutations.map(({ name, message }) => [name, message]));
}

/** Opens a page of the application without loading the application again. */
async function open(page: Page, { path: address, selects }: Visit, mayArchive: boolean): Promise<void> {
  await page.evaluate(
    (to) => (window as unknown as { next: { router: { push(to: string): void } } }).next.router.push(to),
    workspaceAddress("local", address),
  );
  await expect(page).toHaveURL((url) => `${url.pathname}${url.search}` === workspaceAddress("local", address));
  await expect(page.locator("main h1").first()).toBeAttached();
  if (selects === "RUN" || (selects === "EXP" && mayArchive)) {
    await page
      .getByRole("checkbox", { name: new RegExp(`^Select ${selects}-`) })
      .first()
      .check();
    await expect(page.getByRole("toolbar", { name: /^Selected/ })).toBeVisible();
  }
}

test("every page offers each role the changes that the API permits, and no others", async ({ browser }) => {
  test.slow();
  const owner = await openOwner(browser);
  const objects = await createObjects(owner);
  const others = await Promise.all(
    ["RESEARCHER", "LABELLER", "VIEWER"].map(async (role) => {
      const page = await join(browser, owner, `permissions-${role.toLowerCase()}`, role);
      return { role, page, refusals: await readRefusals(page) };
    }),
  );
  expect((await readRefusals(owner)).size).toBe(0);
  await Promise.all([owner, ...others.map(({ page }) => page)].map((page) => page.goto("/settings/notifications")));
  for (const visit of visitsOf(objects)) {
    await Promise.all([
      open(owner, visit, true),
      ...others.map(({ page, refusals }) => open(page, visit, !refusals.has("archiveExperiments"))),
    ]);
    await expect(async () => {
      expect((await readOffers(owner)).offered, `to owners at ${visit.path}`).toEqual(visit.offers);
    }).toPass({ timeout: 20_000 });
    for (const { role, page, refusals } of others) {
      const permitted = visit.offers.filter((name) => !refusals.has(name) && !ofAuthors.has(name));
      await expect(async () => {
        const { offered, refused } = await readOffers(page);
        expect(offered, `to a ${role} at ${visit.path}`).toEqual(permitted);
        expect(
          refused.filter(({ needs, reason }) => reason !== refusals.get(needs)),
          `reasons for a ${role} at ${visit.path}`,
        ).toEqual([]);
      }).toPass({ timeout: 20_000 });
    }
  }
  // Its runs would take the worker from the tests that follow.
  await ask(owner, "mutation($input: SweepInput!) { cancelSweep(input: $input) { __typename } }", { input: { sweepId: objects.sweepId } });
});

test("every page of the workspace is visited, or has a reason not to be", () => {
  const folder = path.resolve(import.meta.dirname, "../../../apps/web/src/app/w/[workspace]/(workspace)");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => path.basename(name) === "page.tsx");
  const routes = files.map((name) => `/${path.dirname(name)}`.replace(/^\/\.$/, "/"));
  const example: Objects = {
    experiment: "[key]",
    run: "[key]",
    elite: "[id]",
    comparison: "[key]",
    sweep: "[key]",
    draft: "[key]",
    study: "[key]",
  };
  const visited = new Set(visitsOf(example).map(({ path: address }) => address.replace(/\?.*/, "")));
  expect(routes.filter((route) => !visited.has(route)).toSorted()).toEqual(Object.keys(notVisited).toSorted());
});

test("a viewer reads for whom the trash is, and nothing is requested", async ({ browser }) => {
  const viewer = await join(browser, await openOwner(browser), "permissions-trash", "VIEWER");
  const requests: string[] = [];
  viewer.on("request", (request) => {
    if (request.postData()?.includes("Trash") === true) requests.push(request.url());
  });
  await viewer.goto("/trash");
  await expect(viewer.getByText("The trash is for owners and researchers")).toBeVisible();
  await expect(viewer.getByText("Viewers can't restore what is in the trash. Ask an owner to change your role.")).toBeVisible();
  await expect(viewer.getByText("continue by themselves")).toHaveCount(0);
  // Longer than the page waits before it tries a failed request again.
  await viewer.waitForTimeout(4_000);
  expect(requests).toEqual([]);
});
