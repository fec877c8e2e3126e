/** An API with runs in two experiments, and members of each role who tag, annotate and comment on them. */
import type { MemberActor } from "@pareidolia/core/actor";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { createStranger, localOwner, stranger } from "./actors.ts";
import { startTestApi, type TestApi, type TestApiOptions } from "./api.ts";
import { seedRun } from "./runs.ts";

export const members = {
  owner: localOwner,
  ada: { userId: "ada", workspaceId: localWorkspaceId, role: "RESEARCHER" },
  ben: { userId: "ben", workspaceId: localWorkspaceId, role: "RESEARCHER" },
  viewer: { userId: "viewer", workspaceId: localWorkspaceId, role: "VIEWER" },
  stranger,
} as const satisfies Readonly<Record<string, MemberActor>>;

type MemberName = keyof typeof members;

const items = "items { reference skipped message run { key name tags { name } archivedAt experiment { key } assignee { name } } }";

const view = "view { id key name search columns groupBy sort shared mayEdit createdBy { name } problem { from to message } }";

const savedComparison =
  "savedComparison { id key title notes mayEdit generation baseline createdBy { name } entries { name runs { key name } } }";

/** The input type and what is selected of the answer. */
const mutations = {
  startEvolution: ["StartEvolutionInput", "... on StartEvolutionSuccess { run { key name givenName } }"],
  renameRun: ["RenameRunInput", "... on RenameRunSuccess { run { name givenName } }"],
  updateRun: ["UpdateRunInput", "... on UpdateRunSuccess { run { notes assignee { name } } }"],
  updateExperiment: ["UpdateExperimentInput", "... on UpdateExperimentSuccess { experiment { name notes description assignee { name } } }"],
  tagRuns: ["TagRunsInput", `... on TagRunsSuccess { ${items} undo { runIds add remove } }`],
  tagExperiments: [
    "TagExperimentsInput",
    "... on TagExperimentsSuccess { items { skipped experiment { tags { name } } } undo { experimentIds add remove } }",
  ],
  archiveRuns: ["RunsInput", `... on ArchiveRunsSuccess { ${items} undo }`],
  unarchiveRuns: ["RunsInput", `... on UnarchiveRunsSuccess { ${items} undo }`],
  archiveExperiments: ["ExperimentsInput", "... on ArchiveExperimentsSuccess { items { skipped experiment { archivedAt } } undo }"],
  unarchiveExperiments: ["ExperimentsInput", "... on UnarchiveExperimentsSuccess { items { skipped experiment { archivedAt } } undo }"],
  moveRuns: ["MoveRunsInput", `... on MoveRunsSuccess { ${items} undo { runIds experimentId previousExperimentId } }`],
  assignRuns: ["AssignRunsInput", `... on AssignRunsSuccess { ${items} undo { runIds assigneeId previousAssigneeId } }`],
  rerunRuns: ["RerunRunsInput", `... on RerunRunsSuccess { ${items} runs { key seed state parameters experiment { key } } }`],
  pin: ["PinInput", "... on PinSuccess { run { pinned } experiment { pinned } }"],
  unpin: ["PinInput", "... on PinSuccess { run { pinned } experiment { pinned } }"],
  addComment: ["AddCommentInput", "... on AddCommentSuccess { comment { id body author { name } editedAt } }"],
  editComment: ["EditCommentInput", "... on EditCommentSuccess { comment { id body editedAt } }"],
  deleteComment: ["CommentInput", "... on DeleteCommentSuccess { deletedId }"],
  restoreComment: ["CommentInput", "... on RestoreCommentSuccess { comment { id body author { name } } }"],
  renameTag: ["RenameTagInput", "... on RenameTagSuccess { tag { name } }"],
  createView: ["CreateViewInput", `... on ViewSuccess { ${view} }`],
  updateView: ["UpdateViewInput", `... on ViewSuccess { ${view} }`],
  deleteView: ["ViewInput", "... on DeleteViewSuccess { deletedId }"],
  restoreView: ["ViewInput", `... on ViewSuccess { ${view} }`],
  setDefaultView: ["SetDefaultViewInput", "... on SetDefaultViewSuccess { view { key isDefault } }"],
  saveComparison: ["SaveComparisonInput", `... on SavedComparisonSuccess { ${savedComparison} }`],
  editSavedComparison: ["EditSavedComparisonInput", `... on SavedComparisonSuccess { ${savedComparison} }`],
  deleteSavedComparison: ["SavedComparisonInput", "... on DeleteSavedComparisonSuccess { deletedId }"],
  restoreSavedComparison: ["SavedComparisonInput", `... on SavedComparisonSuccess { ${savedComparison} }`],
  trashRuns: ["TrashRunsInput", "... on TrashChangeSuccess { __typename }"],
  deleteFromTrash: ["DeleteFromTrashInput", "... on TrashChangeSuccess { __typename }"],
  deleteTag: ["DeleteTagInput", "... on DeleteTagSuccess { deletedId runCount experimentCount }"],
} as const;

export interface TrackingApi extends TestApi {
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  mutate(by: MemberName, name: keyof typeof mutations, input: object): Promise<any>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  read(by: MemberName, query: string): Promise<any>;
  /** The names of a run's tags. */
  tagsOf(key: string): Promise<string[]>;
  idOf(key: string): Promise<string>;
  lock(key: string, locked: boolean): Promise<void>;
  /** The texts of the audit log's entries with this action. */
  audited(action: string): Promise<Record<string, unknown>[]>;
}

/** RUN-1 to RUN-n, one in each of EXP-1 to EXP-n. */
export async function startTrackingApi(runs: number, options: TestApiOptions = {}): Promise<TrackingApi> {
  const api = await startTestApi(options);
  const { connection } = api.database;
  for (let seed = 1; seed <= runs; seed++) await seedRun(api.database, { seed });
  await createStranger(api.database);
  for (const { userId, workspaceId, role } of [members.ada, members.ben, members.viewer]) {
    await connection.user.create({ data: { id: userId, name: `Name of ${userId}`, email: `${userId}@pareidolia.example` } });
    await connection.membership.create({ data: { id: `membership_${userId}`, userId, workspaceId, role } });
  }
  const read = async (by: MemberName, query: string) => {
    const { body } = await api.query(query, {}, members[by]);
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return body.data;
  };
  return {
    ...api,
    async mutate(by, name, input) {
      const [type, selection] = mutations[name];
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selection}
        ... on Error { message } ... on InvalidInputError { field } } }`;
      const { body } = await api.query(query, { input }, members[by]);
      if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
      return body.data[name];
    },
    read,
    async tagsOf(key) {
      const { node } = await read("owner", `{ node(id: "${key}") { ... on Run { tags { name } } } }`);
      return node.tags.map(({ name }: { name: string }) => name);
    },
    async idOf(key) {
      return (await read("owner", `{ node(id: "${key}") { id } }`)).node.id;
    },
    async lock(key, locked) {
      const [type, number] = [key.slice(0, 3), Number(key.slice(4))];
      const change = { where: { number, workspaceId: localWorkspaceId }, data: { lockedAt: locked ? new Date() : null } };
      await (type === "RUN" ? connection.run.updateMany(change) : connection.experiment.updateMany(change));
    },
    async audited(action) {
      const rows = await connection.auditEntry.findMany({ where: { action }, orderBy: { sequence: "asc" } });
      return rows.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
    },
  };
}
