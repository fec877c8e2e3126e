/** What the pages of studies read: image counts, runs, editors; and drafts that name runs and photos by the IDs that clients know. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;

beforeAll(async () => {
  api = await startMutationApi();
});
afterAll(() => api.close());

const fields =
  "id key revision draft imageCount selectedRuns { id key } changedBy { name } openedBy { name } images(role: GOLD) { nodes { photoId condition group } }";
const read = async (key: string) => (await api.query(`{ node(id: "${key}") { ... on Study { ${fields} } } }`)).body.data.node;
const create = async (runIds: readonly string[]) => (await api.mutate("createStudy", { title: "What is it?", runIds })).study;

it("tells how many images count, from which runs, who changed a draft and who opened it", async () => {
  const study = await create(["RUN-1"]);
  const draft = await read(study.key);
  expect(draft.imageCount).toBe(study.images.totalCount);
  expect(draft.imageCount).toBeGreaterThan(0);
  expect(draft.selectedRuns).toMatchObject([{ key: "RUN-1" }]);
  expect(draft.changedBy.name).not.toBe("");
  expect(draft.openedBy).toBeNull();
  await api.mutate("openStudy", { studyId: study.id, revision: study.revision });
  expect((await read(study.key)).openedBy).toEqual(draft.changedBy);
});

it("stores runs by key and by ID, and photos by ID, as the same draft", async () => {
  const study = await create([]);
  const { node: run } = (await api.query('{ node(id: "RUN-1") { id } }')).body.data;
  const photo = await api.storePhoto();
  const { draft } = study;
  const edit = async (revision: number, runs: readonly string[]) => {
    const changed = { ...draft, selection: { ...draft.selection, runs }, gold: [{ photo: photo.id, label: 1 }] };
    return (await api.mutate("editStudy", { studyId: study.id, revision, draft: changed })).study;
  };
  const byKey = await edit(study.revision, ["RUN-1"]);
  const byId = await edit(byKey.revision, [run.id, "RUN-1"]);
  expect(byId.draft).toEqual(byKey.draft);
  const stored = await read(study.key);
  expect(stored.selectedRuns).toMatchObject([{ id: run.id, key: "RUN-1" }]);
  expect(stored.images.nodes).toEqual([{ photoId: photo.id, condition: "", group: "" }]);
});

it("refuses the key of an unknown run", async () => {
  const study = await create([]);
  const draft = { ...study.draft, selection: { ...study.draft.selection, runs: ["RUN-4711"] } };
  const answer = await api.mutate("editStudy", { studyId: study.id, revision: study.revision, draft });
  expect(answer).toMatchObject({ __typename: "InvalidInputError", message: "There is no RUN-4711." });
});
