/**
 * Every template becomes a study of stored results: a researcher edits what its design needs, opens it, and a voter gets trials with it. The
 * network has 60 classes, so that designs with 48 labels fit.
 */

import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { getTemplate, templates } from "@pareidolia/perception/templates/registry";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { readImageAddresses } from "../../support/imageAddresses.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { storeImage } from "../../support/openedStudy.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";
import { classesUpTo } from "../../support/studyDesigns.ts";
import { anyAnswer, authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

const classes = 60;
const names = classesUpTo(classes).map((label) => `thing ${label}`);
const examplesEach = 5;

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of a response
type Part = any;

let api: TestApi;
/** IDs of photographs of each label. */
let photos: ReadonlyMap<number, readonly string[]>;

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  const { database, objectStore } = api;
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes });
  for (const encoding of ["direct", "cppn"]) {
    const model = { ...testModel, labels: names };
    const runId = await seedRun(database, { encoding, generations: 8, offspring: 24, model });
    await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier }));
  }
});
afterAll(() => api.close());

async function photographsOf(labels: readonly number[]): Promise<Part[]> {
  photos ??= new Map();
  const stored = new Map(photos);
  for (const label of labels) {
    if (stored.has(label)) continue;
    const own = classesUpTo(examplesEach).map((index) => `photo-${label}-${index}`);
    for (const id of own) {
      const imageSha256 = await storeImage(api.database, api.objectStore, id, 8);
      await api.database.connection.photo.create({ data: { id, workspaceId: localWorkspaceId, imageSha256, name: id } });
    }
    stored.set(label, own);
  }
  photos = stored;
  return labels.flatMap((label) => (photos.get(label) ?? []).map((photo) => ({ photo, label })));
}

const imageFields = "role index label truth foils condition group image { sha256 }";
const studyFields = `study { id revision draft planText linkToken ${["COUNTED", "CANARY", "EXEMPLAR"]
  .map((role) => `${role}: images(role: ${role}, first: 100) { nodes { ${imageFields} source } }`)
  .join(" ")} }`;

async function mutate(name: string, input: object): Promise<Part> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const fields = `__typename ... on StudySuccess { ${studyFields} } ... on InvalidInputError { field } ... on Error { message }`;
  const { body } = await api.query(`mutation ($input: ${type}!) { result: ${name}(input: $input) { ${fields} } }`, { input }, localOwner);
  expect(body.errors).toBeUndefined();
  return body.data.result;
}

const saved = async (study: Part, draft: object): Promise<Part> => {
  const changed = { ...study.draft, ...draft };
  const answer = await mutate("editStudy", { studyId: study.id, revision: study.revision, access: "LINK", draft: changed });
  expect(answer).toMatchObject({ __typename: "StudySuccess" });
  return answer.study;
};
const tryToOpen = ({ id, revision }: Part) => mutate("openStudy", { studyId: id, revision });

async function drafted(template: string, take = 10): Promise<Part> {
  const { study } = await mutate("createStudy", { title: "What is it?", template, runIds: ["RUN-1", "RUN-2"] });
  return saved(study, { selection: { ...study.draft.selection, take } });
}

interface Opened {
  readonly design: DesignedTrials;
  readonly study: Part;
  /** Trials of counted images, with the place of the image in the plan for questions about one image. */
  readonly counted: readonly Part[];
  readonly items: readonly number[];
  /** Before each phase. */
  readonly instructions: readonly string[];
}

/** Places in the plan of the images of a role, by the path that the first voter reads. */
async function placesOf(studyId: string, role: "COUNTED" | "CANARY"): Promise<Map<string, number>> {
  const id = Buffer.from(studyId, "base64url").toString().slice("Study:".length);
  const addressOf = await readImageAddresses(api.database, id, { voter: 0 });
  const rows = await api.database.connection.studyImage.findMany({ where: { studyId: id, role } });
  return new Map(rows.map(({ index }) => [addressOf({ role, index }), index]));
}

async function opened(draft: Part): Promise<Opened> {
  const answer = await tryToOpen(draft);
  expect(answer.message).toBeUndefined();
  const { design } = parseStudyPlan(JSON.parse(answer.study.planText)).rules;
  const voter = new VoterClient(api.url, { link: answer.study.linkToken });
  await voter.join();
  const trials = await voter.voteOnAll(anyAnswer);
  const places = await placesOf(draft.id, "COUNTED");
  const canaries = await placesOf(draft.id, "CANARY");
  const isOf = (own: Map<string, number>) => (trial: Part) => own.has(trial.images[0].url);
  expect(trials.filter(isOf(canaries))).toHaveLength(design.canaries.length * design.phases.length);
  const counted = trials.filter(isOf(places));
  expect(counted.length).toBeGreaterThan(0);
  const consent = "ballot(link: $link) { consent { texts { introduction instructions } } }";
  const { body } = await api.query(`query ($link: String) { ${consent} }`, { link: answer.study.linkToken }, localOwner);
  const [{ introduction, instructions }] = body.data.ballot.consent.texts;
  expect(introduction).toBe(getTemplate(draft.draft.template).texts.en.introduction);
  return { design, study: answer.study, instructions, counted, items: counted.map(({ images }) => places.get(images[0].url) as number) };
}

const stimulusOf = ({ design, items }: Opened, trial: number) =>
  design.stimuli[items[trial] as number] as DesignedTrials["stimuli"][number];
const nameOf = (label: number): string => names[label] as string;
const labelsOf = (study: Part): number[] => [...new Set<number>(study.COUNTED.nodes.map(({ label }: Part) => label))];
const hashOf = ({ image }: Part): string => image.sha256;

/** What each template's researcher edits; nothing for those that need images only. */
const edits: Readonly<Record<string, (study: Part) => Promise<object> | object>> = {
  zhouFirestoneE3a: () => ({ labelSet: "all" }),
  zhouFirestoneE3b: () => ({ labelSet: "all" }),
  zhouFirestoneE4: async (study) => ({ exemplars: await photographsOf(labelsOf(study)) }),
  // Ten drawn images may have too few labels for foils beside the network's label and the true one.
  zhouFirestoneE5: (study) => ({ truths: truthsOf(study), labelSet: "all" }),
  zhouFirestoneE6: (study) => ({ truths: truthsOf(study) }),
  dujmovicCompetitiveFoils: (study) => foilsFor(study, 3),
  dujmovicBestAndWorst: (study) => ({
    groups: { by: "hand", byImage: pairs(study) },
    conditions: { by: "hand", byImage: bestAndWorst(study) },
  }),
  dujmovicFourConditions: () => ({}),
  dujmovicOneOfThree: async (study) => ({ exemplars: await photographsOf(labelsOf(study)) }),
  elsayed: (study) => foilsFor(study, 1),
  veerabadran: (study) => foilsFor(study, 1),
};

const truthOf = (label: number): number => (label + 1) % classes;
const foilOf = (label: number, place: number): number => (label + 7 * (place + 1)) % classes;
const truthsOf = (study: Part) => Object.fromEntries(study.COUNTED.nodes.map((node: Part) => [hashOf(node), truthOf(node.label)]));
const pairs = (study: Part) => Object.fromEntries(study.COUNTED.nodes.map((node: Part) => [hashOf(node), `pair ${node.index % 5}`]));
const bestAndWorst = (study: Part) =>
  Object.fromEntries(study.COUNTED.nodes.map((node: Part) => [hashOf(node), node.index < 5 ? "best" : "worst"]));

/** By label, except for the first image, which has its own. */
function foilsFor(study: Part, count: number) {
  const [first] = study.COUNTED.nodes;
  const listed = (label: number) => classesUpTo(count).map((place) => foilOf(label, place));
  return {
    foils: {
      byLabel: Object.fromEntries(labelsOf(study).map((label) => [label, listed(label)])),
      byImage: { [hashOf(first)]: listed(first.label).map((foil) => (foil + 1) % classes) },
    },
  };
}

/** What a voter of each edited template must get. */
const outcomes: Readonly<Record<string, (result: Opened) => void>> = {
  zhouFirestoneE3a: ({ counted }) => expect(counted[0].options).toHaveLength(48),
  zhouFirestoneE3b: ({ counted }) => expect(counted[0].question.framing).toBe("LOOKS_LIKE"),
  zhouFirestoneE4: showsExamples(8),
  zhouFirestoneE5: neverOffersTheOwnClass,
  zhouFirestoneE6: neverOffersTheOwnClass,
  dujmovicCompetitiveFoils: offersListedFoils,
  dujmovicBestAndWorst(result) {
    const groups = result.items.map((_, trial) => stimulusOf(result, trial).group);
    expect(groups.toSorted()).toEqual(["pair 0", "pair 1", "pair 2", "pair 3", "pair 4"]);
    expect(new Set(result.design.stimuli.map(({ condition }) => condition))).toEqual(new Set(["best", "worst"]));
  },
  dujmovicFourConditions(result) {
    const { stimuli } = result.design;
    expect(new Set(stimuli.map(({ condition }) => condition))).toEqual(new Set(["direct", "cppn"]));
    const own = stimulusOf(result, 0).condition;
    const ofCondition = [...stimuli.entries()].flatMap(([index, { condition }]) => (condition === own ? [index] : []));
    expect(result.items.toSorted((a, b) => a - b)).toEqual(ofCondition);
  },
  dujmovicOneOfThree: showsExamples(3),
  elsayed: offersListedFoils,
  veerabadran: offersListedFoils,
};

function showsExamples(beside: number) {
  return ({ design, counted }: Opened): void => {
    expect(design.exemplars.map(({ images }) => images.length)).toEqual(design.exemplars.map(() => examplesEach));
    for (const trial of counted) {
      expect(trial.images).toHaveLength(beside);
      expect(trial.exemplars).toHaveLength(examplesEach);
    }
  };
}

function neverOffersTheOwnClass(result: Opened): void {
  for (const [trial, { options }] of result.counted.entries()) {
    const { label, truth } = stimulusOf(result, trial);
    expect(truth).toBe(truthOf(label));
    expect(options).not.toContain(nameOf(truth as number));
  }
}

function offersListedFoils(result: Opened): void {
  for (const [trial, { options }] of result.counted.entries()) {
    const { label, foils } = stimulusOf(result, trial);
    const shift = result.items[trial] === 0 ? 1 : 0;
    expect(foils).toEqual(foils.map((_, place) => (foilOf(label, place) + shift) % classes));
    expect(options.toSorted()).toEqual([label, ...foils].map(nameOf).toSorted());
  }
}

/** Canaries of as many labels as a trial may show side by side. */
const canariesOf = async (template: string): Promise<object[]> => {
  const { elites } = (await api.query("{ elites(first: 100) { nodes { niche image { sha256 } } } }", {}, localOwner)).body.data;
  const count = { zhouFirestoneE4: 8, dujmovicOneOfThree: 3 }[template] ?? 2;
  const distinct = new Map<string, number>(elites.nodes.map((node: Part) => [hashOf(node), node.niche]));
  return [...distinct.keys()].slice(0, count).map((image, index) => ({ image, label: index }));
};

describe("a study by a template", () => {
  it.each(templates.map(({ id }) => id))("%s opens with what was edited, and voters get it", async (template) => {
    const canaries = await canariesOf(template);
    const checked = await saved(await drafted(template), { canaries });
    expect(checked.COUNTED.nodes).toHaveLength(10);
    // Examples of canaries' labels, too, where a question shows examples.
    const edit = (await edits[template]?.({ ...checked, COUNTED: { nodes: [...checked.COUNTED.nodes] } })) ?? {};
    const withExamples = "exemplars" in edit ? { exemplars: await photographsOf(labelsWithCanaries(checked)) } : edit;
    const result = await opened(await saved(checked, withExamples));
    expect(result.design.canaries.map(({ image, label }) => ({ image, label }))).toEqual(canaries);
    const { phases } = getTemplate(template).texts.en;
    for (const { phase, question } of result.counted) expect(question.wording).toBe(phases[phase]?.question);
    expect(result.instructions).toEqual(phases.map(({ instructions }) => instructions));
    const counted = new Set(result.design.stimuli.map(({ image }) => image));
    for (const { image } of result.design.canaries) expect(counted).not.toContain(image);
    outcomes[template]?.(result);
  });
});

const labelsWithCanaries = (study: Part): number[] => [
  ...new Set<number>([...study.COUNTED.nodes, ...study.CANARY.nodes].map(({ label }: Part) => label)),
];

describe("a draft that lacks what its template needs", () => {
  it.each([
    ["zhouFirestoneE4", {}, "exemplars", /has 0 of 5 examples, and \d+ other labels lack some/],
    [
      "dujmovicCompetitiveFoils",
      {},
      "foils",
      /10 of 10 images have fewer than 3 listed foils, such as one with the label thing \d+, which has 0/,
    ],
    ["dujmovicBestAndWorst", { groups: { by: "hand", byImage: {} } }, "groups", /10 images of 10 have no group/],
    ["dujmovicBestAndWorst", { groups: { by: "label", byImage: {} } }, "groups", /groups? (has|have) only one image/],
    ["zhouFirestoneE5", { labelSet: "all" }, "truths", /10 of 10 images have no own class, so it could be offered as an answer/],
    ["dujmovicFourConditions", { conditions: { by: "hand", byImage: {} } }, "conditions", /10 images of 10 have no condition/],
  ])("%s says what to do instead of opening", async (template, change, field, message) => {
    const refused = await tryToOpen(await saved(await drafted(template), change));
    expect(refused).toMatchObject({ __typename: "InvalidInputError", field, message: expect.stringMatching(message) });
  });

  it("refuses a canary that is no image of the workspace, and a class that the network does not have", async () => {
    const study = await drafted("zhouFirestoneE1");
    const change = (draft: object) =>
      mutate("editStudy", { studyId: study.id, revision: study.revision, draft: { ...study.draft, ...draft } });
    const unknown = await change({ canaries: [{ image: "f".repeat(64), label: 1 }] });
    expect(unknown).toMatchObject({ __typename: "InvalidInputError", field: "draft.canaries" });
    const [counted] = study.COUNTED.nodes;
    const outside = await change({ canaries: [{ image: hashOf(counted), label: classes }] });
    expect(outside).toMatchObject({ __typename: "InvalidInputError", message: expect.stringContaining("must be a class of Linear") });
    const foils = await saved(study, { foils: { byLabel: { [counted.label]: [classes] }, byImage: {} } });
    expect(await tryToOpen(foils)).toMatchObject({ field: "foils", message: expect.stringContaining("not a class of the network") });
  });
});

it("describes images by the draft as soon as it is saved, and a fork keeps it", async () => {
  const study = await drafted("dujmovicBestAndWorst");
  const described = await saved(study, { ...foilsFor(study, 2), truths: truthsOf(study), conditions: { by: "source", byImage: {} } });
  for (const { label, truth, foils, group, condition, source } of described.COUNTED.nodes) {
    expect([truth, group, condition]).toEqual([truthOf(label), `class ${label}`, source]);
    expect(foils).toHaveLength(2);
  }
  const { study: fork } = await mutate("forkStudy", { studyId: described.id });
  expect(fork.COUNTED.nodes).toEqual(described.COUNTED.nodes);
  const cleared = await saved(fork, { truths: {}, groups: { by: "hand", byImage: {} } });
  expect(cleared.COUNTED.nodes.map(({ truth, group }: Part) => [truth, group])).toEqual(cleared.COUNTED.nodes.map(() => [null, ""]));
});
