/** Opens studies of a run's images through the API, for browser tests of voting. Each test opens its own, since votes change it. */
import { type Protocol, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { expect, type Page } from "@playwright/test";
import { ask } from "./browser.ts";
import { finishedRun } from "./finishedRuns.ts";

interface Timing {
  readonly blankMs: number;
  readonly imageMs: number;
  readonly maskMs: number;
  readonly answerMs: number;
}

interface StudyOptions {
  readonly title: string;
  /** Images, each of which is one trial; at most 10. */
  readonly trials: number;
  readonly timing?: Timing;
  readonly languages?: readonly string[];
  /** IDs of the study's images; default: those of a run. */
  readonly imageIds?: readonly string[];
  /** Trials of each voter, if fewer than the images. */
  readonly trialsPerVoter?: number;
  /** Sample photographs that are mixed in, one trial each. Default: none. */
  readonly gold?: number;
  /** Default: a choice of ten digits. */
  readonly protocol?: Protocol;
  /** Names of the ten classes that replace those of the network. */
  readonly names?: readonly string[];
}

export interface OpenStudy {
  readonly id: string;
  readonly key: string;
  /** Path of the page on which people vote. */
  readonly path: string;
}

interface StudyAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly study: {
    readonly id: string;
    readonly key: string;
    readonly revision: number;
    readonly linkToken: string | null;
    readonly draft: Draft;
  };
}

interface Draft {
  readonly selection: object;
  readonly consent: { readonly texts: Readonly<Record<string, object>> } & object;
}

const fields = "{ __typename ... on StudySuccess { study { id key revision linkToken draft } } ... on Error { message } }";

async function change(page: Page, name: string, input: object): Promise<StudyAnswer["study"]> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const answer = await ask<Record<string, StudyAnswer>>(page, `mutation Change($input: ${type}!) { ${name}(input: $input) ${fields} }`, {
    input,
  });
  const changed = answer[name] as StudyAnswer;
  expect(changed.message, name).toBeUndefined();
  return changed.study;
}

const noWait: Timing = { blankMs: 0, imageMs: 0, maskMs: 0, answerMs: 0 };

/** The impression and not the machine's answer in question, "can't tell" offered. */
const tenDigits = resolveProtocol("alternatives", {
  alternatives: 10,
  foils: "random",
  framing: "looksLike",
  cantTell: "missing",
  arrangement: "eachVoter",
});

async function samplePhotos(page: Page): Promise<readonly string[]> {
  const { photos } = await ask<{ photos: { nodes: { id: string }[] } }>(page, "{ photos(first: 10) { nodes { id } } }", {});
  return photos.nodes.map(({ id }) => id);
}

export async function openStudy(page: Page, options: StudyOptions): Promise<OpenStudy> {
  const { title, trials, timing = noWait, languages = ["en"], imageIds, trialsPerVoter = null, gold = 0, names = [] } = options;
  const images = imageIds === undefined ? { runIds: [(await finishedRun(page, { generations: 40 })).key] } : { imageIds };
  const made = await change(page, "createStudy", { title, ...images });
  const { draft } = made;
  const phases = [{ protocol: options.protocol ?? tenDigits, timing }];
  const labelNames = Object.fromEntries(languages.map((language) => [language, Object.fromEntries(names.entries())]));
  const texts = Object.fromEntries(languages.map((language) => [language, draft.consent.texts["en"]]));
  const edited = await change(page, "editStudy", {
    studyId: made.id,
    revision: made.revision,
    access: "LINK",
    draft: {
      ...draft,
      selection: { ...draft.selection, take: trials },
      labelSet: "all",
      trialsPerVoter,
      gold: (await samplePhotos(page)).slice(0, gold).map((photo, label) => ({ photo, label })),
      phases,
      phaseTexts: {},
      languages,
      labelNames,
      consent: { ...draft.consent, texts },
    },
  });
  const { id, key, linkToken } = await change(page, "openStudy", { studyId: edited.id, revision: edited.revision });
  expect(linkToken).not.toBeNull();
  return { id, key, path: `/vote/${linkToken}` };
}
