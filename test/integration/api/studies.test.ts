/** Studies are drafted, edited by several researchers, opened with a locked plan, forked and closed. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;

beforeAll(async () => {
  api = await startMutationApi();
});
afterAll(() => api.close());

const create = async (input: object = {}) => (await api.mutate("createStudy", { title: "What is it?", runIds: ["RUN-1"], ...input })).study;
type Study = Awaited<ReturnType<typeof create>>;
const edit = (study: Study, changes: object) => api.mutate("editStudy", { studyId: study.id, revision: study.revision, ...changes });
const open = async (study: Study) => (await api.mutate("openStudy", { studyId: study.id, revision: study.revision })).study;
const openingFields =
  "problems { field message } warnings { field message } planHash forecast { voters expected trials minutes counted { perfect typical guessing } }";
const openingOf = async ({ key }: Study) =>
  (await api.query(`{ node(id: "${key}") { ... on Study { opening { ${openingFields} } } } }`)).body.data.node.opening;
const hashesOf = (study: Study): string[] => study.images.nodes.map(({ image }: { image: { sha256: string } }) => image.sha256);

describe("a draft", () => {
  it("starts from a template with the current images of a run, their labels and the network's next choices", async () => {
    const study = await create();
    expect(study).toMatchObject({ key: "STU-1", state: "DRAFT", access: "MEMBERS", revision: 1, planHash: null, planText: null });
    expect(study.draft).toMatchObject({ template: "zhouFirestoneE1", languages: ["en"], consent: { version: 1 } });
    const { elites } = (await api.query("{ elites(first: 100) { nodes { niche storedConfidence image { sha256 } } } }")).body.data;
    const held = new Set(elites.nodes.map(({ image }: { image: { sha256: string } }) => image.sha256));
    expect(new Set(hashesOf(study))).toEqual(held);
    expect(study.images.totalCount).toBe(held.size);
    for (const { label, confidence, runnersUp, source } of study.images.nodes) {
      expect(confidence).toBeGreaterThan(0);
      expect(runnersUp).toHaveLength(4);
      expect(runnersUp).not.toContain(label);
      expect(source).toBe("direct");
    }
  });

  it("is the same for a repeated request, and refuses the key for another study", async () => {
    const first = await create({ idempotencyKey: "once" });
    expect(await create({ idempotencyKey: "once" })).toMatchObject({ id: first.id, key: first.key });
    const other = await api.mutate("createStudy", { title: "Another", idempotencyKey: "once" });
    expect(other).toMatchObject({ __typename: "ConflictError" });
  });

  it("draws its images again when their rules change, and only then", async () => {
    const study = await create();
    const all = hashesOf(study);
    const left = { ...study.draft.selection, excluded: all.slice(0, 1) };
    const fewer = (await edit(study, { draft: { ...study.draft, selection: left, noise: 2 } })).study;
    expect(hashesOf(fewer).toSorted()).toEqual(all.slice(1).toSorted());
    expect(fewer.noise.nodes).toHaveLength(2);
    expect(fewer.noise.nodes[0].image.width).toBe(8);
    const renamed = (await edit(fewer, { title: "Renamed" })).study;
    expect([renamed.title, hashesOf(renamed)]).toEqual(["Renamed", hashesOf(fewer)]);
    const one = (await edit(renamed, { draft: { ...renamed.draft, selection: { ...left, take: 1 } } })).study;
    expect(one.images.totalCount).toBe(1);
  });

  it("takes images that were chosen by hand, and photographs as gold", async () => {
    const photo = await api.storePhoto();
    const chosen = (await create()).images.nodes[0].image;
    const imageId = Buffer.from(`Image:${chosen.sha256}`).toString("base64url");
    const study = await create({ runIds: [], imageIds: [imageId] });
    expect(hashesOf(study)).toEqual([chosen.sha256]);
    const photoId = Buffer.from(photo.id, "base64url").toString().slice("Photo:".length);
    const gold = (await edit(study, { draft: { ...study.draft, gold: [{ photo: photoId, label: 3 }] } })).study;
    expect(gold.gold.nodes).toMatchObject([{ label: 3 }]);
    const unknown = await edit(gold, { draft: { ...gold.draft, gold: [{ photo: photoId, label: 99 }] } });
    expect(unknown).toMatchObject({ __typename: "InvalidInputError", field: "draft.gold" });
  });

  it("keeps the first of two changes of the same revision, and says so to the second", async () => {
    const study = await create();
    const changes = await Promise.all(["Ada's", "Grace's"].map((title) => edit(study, { title })));
    expect(changes.map(({ __typename }): string => __typename).toSorted()).toEqual(["ConflictError", "StudySuccess"]);
    const { node } = (await api.query(`{ node(id: "${study.key}") { ... on Study { title revision } } }`)).body.data;
    expect(node).toEqual({ title: changes.find(({ study: saved }) => saved)?.study.title, revision: 2 });
  });

  it("does not open or change by rules that were read before another change", async () => {
    const draft = await create();
    const { connection } = api.database;
    const { id } = await connection.study.findFirstOrThrow({ where: { number: Number(draft.key.slice(4)) } });
    const ahead = { studyId: draft.id, revision: draft.revision + 1 };
    const requests = await api.database.transaction(async ({ connection: locked }) => {
      await locked.study.update({ where: { id }, data: { title: "Changed meanwhile", revision: { increment: 1 } } });
      // Both read the draft as it was, and would write once this transaction ends.
      const sent = [api.mutate("openStudy", ahead), api.mutate("editStudy", { ...ahead, access: "LINK" })];
      await Promise.race([Promise.all(sent), sleep(500)]);
      return sent;
    });
    expect((await Promise.all(requests)).map(({ __typename }): string => __typename)).toEqual(["ConflictError", "ConflictError"]);
    expect(await connection.study.findUniqueOrThrow({ where: { id } })).toMatchObject({ title: "Changed meanwhile", state: "DRAFT" });
  });

  it("takes as many images chosen by hand as the schema says", async () => {
    const [{ image }] = (await create()).images.nodes;
    const imageIds = Array.from({ length: 1_000 }, () => Buffer.from(`Image:${image.sha256}`).toString("base64url"));
    expect(hashesOf(await create({ runIds: [], imageIds }))).toEqual([image.sha256]);
    const unknown = Buffer.from(`Image:${"0".repeat(64)}`).toString("base64url");
    const refused = await api.mutate("createStudy", { title: "Unknown", imageIds: [unknown] });
    expect(refused).toMatchObject({ __typename: "NotFoundError" });
  });

  it.each([
    ["no object", "text", "draft is not an object"],
    ["a missing rule", { version: 1, template: null }, "draft.selection is not an object"],
    ["an unknown version", { version: 7 }, "version 7"],
    ["more than fits", { text: "é".repeat(140_000) }, "up to 256 kB"],
  ])("refuses %s, and says what is wrong", async (_, draft, message) => {
    const study = await create();
    const refused = await edit(study, { draft });
    expect(refused).toMatchObject({ __typename: "InvalidInputError", field: "draft", message: expect.stringContaining(message) });
  });

  it.each([
    ["a name", { labelNames: { en: { "1": "NUL \0" } } }],
    ["half a character", { labelNames: { en: { "1": "\ud83d" } } }],
    ["the name of a field", { labelNames: { "\0": {} } }],
    ["a reference", { selection: { models: ["\0"] } }],
  ])("refuses %s that cannot be stored", async (_, { labelNames, selection }: { labelNames?: object; selection?: object }) => {
    const study = await create();
    const { draft } = study;
    const changed = { ...draft, labelNames: labelNames ?? draft.labelNames, selection: { ...draft.selection, ...selection } };
    const refused = await edit(study, { draft: changed });
    expect(refused).toMatchObject({
      __typename: "InvalidInputError",
      field: "draft",
      message: expect.stringContaining("cannot be stored"),
    });
  });

  it("refuses bounds out of range when it opens, naming the rule", async () => {
    const study = await create();
    const { study: changed } = await edit(study, { draft: { ...study.draft, overlap: 0 } });
    const refused = await api.mutate("openStudy", { studyId: study.id, revision: changed.revision });
    expect(refused).toMatchObject({ __typename: "InvalidInputError", field: "overlap" });
  });

  it("lists all its problems, and refuses to open with each of them in the message", async () => {
    const study = await create();
    const exclusion = { ...study.draft.exclusion, values: { ...study.draft.exclusion.values, goldHits: 7, medianMs: 0 } };
    const { study: changed } = await edit(study, {
      draft: { ...study.draft, overlap: 24, exclusion, consent: { ...study.draft.consent, version: 0 } },
    });
    const opening = await openingOf(changed);
    expect(opening).toMatchObject({ planHash: null, forecast: null, warnings: [] });
    expect(opening.problems).toEqual([
      { field: "rules.stopping", message: expect.stringContaining("each gets 24 votes, too few for the rule") },
      { field: "rules.exclusion.goldHits", message: expect.stringContaining("no voter can pass more than 0") },
      { field: "consent.version", message: expect.any(String) },
    ]);
    const refused = await api.mutate("openStudy", { studyId: study.id, revision: changed.revision });
    expect(refused).toMatchObject({ __typename: "InvalidInputError", field: "rules.stopping" });
    for (const { message } of opening.problems) expect(refused.message).toContain(message);
  });

  it("shows what opening would lock and cost, warns, and opens only by the hash that was confirmed", async () => {
    const study = await create();
    const [phase] = study.draft.phases;
    const phases = [{ ...phase, protocol: { ...phase.protocol, values: { ...phase.protocol.values, cantTell: "missing" } } }];
    const exclusion = { ...study.draft.exclusion, values: { ...study.draft.exclusion.values, noiseHits: 3 } };
    const { study: changed } = await edit(study, { draft: { ...study.draft, phases, noise: 3, exclusion } });
    const { problems, warnings, planHash, forecast } = await openingOf(changed);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([{ field: "rules.exclusion.noiseHits", message: expect.stringContaining("of attentive voters") }]);
    expect(forecast).toMatchObject({ voters: 200, trials: changed.images.totalCount + 3, minutes: 1, counted: { perfect: 1 } });
    expect(forecast.counted.typical).toBeLessThan(0.5);
    expect(forecast.expected).toBe(Math.round(200 * forecast.counted.typical));
    const input = { studyId: study.id, revision: changed.revision };
    const other = await api.mutate("openStudy", { ...input, planHash: "0".repeat(64) });
    expect(other).toMatchObject({ __typename: "ConflictError", message: expect.stringContaining("was not locked") });
    const opened = await api.mutate("openStudy", { ...input, planHash });
    expect(opened.study).toMatchObject({ state: "OPEN", planHash });
    expect(await openingOf(opened.study)).toBeNull();
  });

  it("warns of texts about another question, and of a link that admits too few voters", async () => {
    const study = await create();
    const [phase] = study.draft.phases;
    const values = { ...phase.protocol.values, alternatives: 3, framing: "looksLike", foils: "random" };
    const phases = [{ ...phase, protocol: { ...phase.protocol, values } }];
    const draft = { ...study.draft, phases, labelSet: "all", anonymousVoters: 3 };
    const { study: changed } = await edit(study, { draft, access: "LINK" });
    const { problems, warnings } = await openingOf(changed);
    expect(problems).toEqual([]);
    expect(warnings.map(({ field }: { field: string }) => field)).toEqual([
      "consent.texts.en.introduction",
      "phaseTexts.en",
      "anonymousVoters",
    ]);
    expect(warnings[2].message).toContain("needs about 200 voters, and the link admits only 3");
  });

  it("is deleted, and leaves its key unused", async () => {
    const study = await create();
    expect(await api.mutate("deleteStudy", { studyId: study.key })).toMatchObject({ deletedId: study.id });
    expect((await api.query(`{ node(id: "${study.key}") { id } }`)).body.data.node).toBeNull();
    expect(Number((await create()).key.slice(4))).toBe(Number(study.key.slice(4)) + 1);
  });
});

describe("an open study", () => {
  it("has a locked plan whose text has the hash, with the rule of its images and the images themselves", async () => {
    const draft = await create();
    const study = await open(draft);
    expect(study.state).toBe("OPEN");
    expect(createHash("sha256").update(study.planText).digest("hex")).toBe(study.planHash);
    const plan = parseStudyPlan(JSON.parse(study.planText));
    expect(plan.rules.design.stimuli.map(({ image }) => image)).toEqual(hashesOf(draft));
    expect(plan.selection).toEqual(draft.draft.selection);
    expect(plan.labelNames.en).toHaveLength(plan.rules.design.labels.length);
    const late = await edit(study, { title: "Too late" });
    expect(late).toMatchObject({ __typename: "ConflictError", message: expect.stringContaining("Fork it") });
    expect(await api.mutate("deleteStudy", { studyId: study.id })).toMatchObject({ __typename: "ConflictError" });
    const change = api.database.connection.study.updateMany({ where: { planHash: study.planHash }, data: { planText: "{}" } });
    await expect(change).rejects.toThrow(/locked/);
  });

  it("opens once, for two requests at once", async () => {
    const draft = await create();
    const input = { studyId: draft.id, revision: draft.revision };
    const opened = await Promise.all([api.mutate("openStudy", input), api.mutate("openStudy", input)]);
    expect(opened.map(({ __typename }): string => __typename).toSorted()).toEqual(["ConflictError", "StudySuccess"]);
  });

  it("has a link only if visitors may vote", async () => {
    const members = await open(await create());
    expect(members.linkToken).toBeNull();
    const draft = await create();
    const study = await open((await edit(draft, { access: "LINK" })).study);
    expect(study.linkToken).toMatch(/^[\w-]{22}$/);
  });

  it("pauses, resumes and closes for good", async () => {
    const study = await open(await create());
    const change = (state: string) => api.mutate("changeStudyState", { studyId: study.key, state });
    expect((await change("PAUSED")).study.state).toBe("PAUSED");
    expect((await change("OPEN")).study.state).toBe("OPEN");
    expect((await change("ARCHIVED")).__typename).toBe("ConflictError");
    const { closedAt } = (await change("CLOSED")).study;
    expect(closedAt).toEqual(expect.any(String));
    expect((await change("OPEN")).__typename).toBe("ConflictError");
    expect((await change("ARCHIVED")).study.state).toBe("ARCHIVED");
    expect((await change("CLOSED")).study).toMatchObject({ state: "CLOSED", closedAt });
    expect((await change("DRAFT")).__typename).toBe("ConflictError");
  });

  it("is forked with its rules, images and access, and another secret of their addresses", async () => {
    const study = await open((await edit(await create(), { access: "LINK" })).study);
    const { study: fork } = await api.mutate("forkStudy", { studyId: study.key, title: "Again" });
    expect(fork).toMatchObject({
      state: "DRAFT",
      title: "Again",
      draft: study.draft,
      forkedFrom: { key: study.key },
      access: "LINK",
      linkToken: null,
    });
    expect(hashesOf(fork)).toEqual(hashesOf(study));
    const rows = await api.database.connection.study.findMany({ select: { imageSecret: true } });
    expect(new Set(rows.map(({ imageSecret }) => imageSecret)).size).toBe(rows.length);
    expect((await open(fork)).planHash).not.toBe(study.planHash);
  });

  it("is listed by state and text, and not once it is archived", async () => {
    const study = await open(await create({ title: "A rare title" }));
    const list = async (filter: string) => {
      const { studies } = (await api.query(`{ studies(filter: ${filter}) { totalCount nodes { key previewImages { sha256 } } } }`)).body
        .data;
      return studies;
    };
    const found = {
      totalCount: 1,
      nodes: [
        {
          key: study.key,
          previewImages: hashesOf(study)
            .slice(0, 3)
            .map((sha256) => ({ sha256 })),
        },
      ],
    };
    expect(await list('{ search: "rare" }')).toEqual(found);
    expect(await list('{ search: "title rare" }')).toEqual(found);
    expect(await list('{ search: "title common" }')).toMatchObject({ totalCount: 0 });
    expect(await list('{ search: "rare", states: [DRAFT] }')).toMatchObject({ totalCount: 0 });
    for (const state of ["CLOSED", "ARCHIVED"]) await api.mutate("changeStudyState", { studyId: study.key, state });
    expect(await list('{ search: "rare" }')).toMatchObject({ totalCount: 0 });
    expect(await list('{ search: "rare", states: [ARCHIVED] }')).toEqual(found);
  });

  it("keeps its images when their run is deleted", async () => {
    const study = await open(await create());
    const { connection } = api.database;
    await connection.elite.deleteMany();
    await connection.genome.updateMany({ data: { firstParentId: null, secondParentId: null } });
    await connection.genome.deleteMany();
    const { node } = (await api.query(`{ node(id: "${study.key}") { ... on Study { images { nodes { eliteId image { sha256 } } } } } }`))
      .body.data;
    expect(node.images.nodes).toEqual(hashesOf(study).map((sha256) => ({ eliteId: null, image: { sha256 } })));
    const [first] = hashesOf(study);
    expect((await fetch(`${api.url}/images/${first}.png`)).status).toBe(200);
  });
});
