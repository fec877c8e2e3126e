/** A workspace with an open study of free text, voters who wrote texts, its members, and requests about the coding. */
import { randomUUID } from "node:crypto";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { castVote } from "@pareidolia/persistence/studies/voting/castVote";
import { joinStudy } from "@pareidolia/persistence/studies/voting/joinStudy";
import { type AccountsApi, type Sender, startAccountsApi } from "./accounts.ts";
import { type OpenedStudy, type OpenedStudyOptions, writeOpenedStudy } from "./openedStudy.ts";
import { classesUpTo, studyDesign } from "./studyDesigns.ts";

const animals = { en: ["dog", "cat", "cow", "hen"], de: ["Hund", "Katze", "Kuh", "Henne"] };
const images = animals.en.length;

/** A study of four images of a dog, a cat, a cow and a hen. */
function freeTextStudy(): Pick<OpenedStudyOptions, "design" | "plan"> {
  const phases = [{ protocol: resolveProtocol("freeText", { cantTell: "missing" }), timing: resolveParameters(timingSpecs, {}) }];
  const design = studyDesign(
    images,
    { phases, perVoter: { counted: images, gold: 0, noise: 0, canaries: 0 } },
    { labels: classesUpTo(images), gold: [], noise: [], canaries: [], exemplars: [] },
  );
  return { design, plan: { languages: ["en", "de"], labelNames: animals } };
}

/** Answers all trials of a new voter without an account, who then has finished. Returns the voter's ID. @param texts of each image. */
export async function writeTexts(database: Database, { study, plan }: OpenedStudy, texts: readonly string[]): Promise<string> {
  const items = texts.map((_, item) => item);
  const { voter } = await database.transaction((inside) =>
    joinStudy(inside, {
      studyId: study.id,
      userId: null,
      insider: false,
      sessionHash: randomUUID(),
      withdrawalHashes: [randomUUID()],
      consentVersion: 1,
      language: "en",
      clientHash: null,
      screen: null,
      idempotencyKey: null,
      maxAnonymous: 1_000,
      still: false,
      stillLeftOut: false,
      countsJudged: false,
      assign: () => ({ items, trialCount: items.length }),
    }),
  );
  for (const trial of trialsOf(plan, { number: voter.number, items, finished: false, insider: false, still: false }))
    await castVote(database.connection, {
      voterId: voter.id,
      trial: trial.number,
      role: "COUNTED",
      item: trial.item,
      repeated: false,
      submissionId: randomUUID(),
      answer: { text: texts[trial.item] as string },
      timedOut: false,
      agrees: null,
      responseMs: 900,
      timing: null,
      votedAt: new Date(),
    });
  await database.connection.studyVoter.update({ where: { id: voter.id }, data: { finishedAt: new Date() } });
  return voter.id;
}

const codeFields = "kind label { label name names }";
const textFields = `text votes isRevealed ownCode { ${codeFields} } codes { coder code { ${codeFields} } } isDisputed
  decision { code { ${codeFields} } reason decidedBy { name } } finalCode { ${codeFields} }`;
const codingFields = `textCount revealedCount ownCount disputeCount settledCount isComplete mayReveal coders { coder isOwn coded }
  agreement { estimate low high texts codes reason }`;

const inputs = {
  codeText: "CodeTextInput",
  undoTextCode: "UndoTextCodeInput",
  revealTextCodes: "RevealTextCodesInput",
  settleText: "SettleTextInput",
} as const;

export interface CodingWorld {
  readonly api: AccountsApi;
  readonly opened: OpenedStudy;
  readonly senders: Readonly<Record<string, Sender>>;
  /** With the study. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  mutate(name: string, mutation: keyof typeof inputs, input?: object): Promise<any>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  ask(name: string, query: string): Promise<any>;
  /** The coding, with up to 100 texts. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  read(name: string, show?: string): Promise<any>;
}

/** The owner is "ada"; "rita", "ron" and "ruth" are researchers. */
export async function startCodingWorld(): Promise<CodingWorld> {
  const api = await startAccountsApi();
  const opened = await writeOpenedStudy(api, freeTextStudy());
  const senders: Record<string, Sender> = { ada: api.owner, visitor: {} };
  const people = { rita: "RESEARCHER", ron: "RESEARCHER", ruth: "RESEARCHER", lea: "LABELLER", viv: "VIEWER" } as const;
  for (const [name, role] of Object.entries(people)) senders[name] = { cookie: (await api.createMember(name, role)).cookie };
  const studyId = encodeGlobalId("Study", opened.study.id);
  const ask = async (name: string, query: string, variables = {}) => (await api.ask(senders[name] as Sender, query, variables)).body;
  return {
    api,
    opened,
    senders,
    ask,
    async mutate(name, mutation, input = {}) {
      const body = await ask(
        name,
        `mutation ($input: ${inputs[mutation]}!) { ${mutation}(input: $input) { __typename
          ... on TextCodingSuccess { coding { ${codingFields} } text { ${textFields} } } ... on Error { message } } }`,
        { input: { studyId, ...input } },
      );
      return body.data?.[mutation] ?? body;
    },
    async read(name, show = "ALL") {
      const body = await ask(
        name,
        `{ node(id: "${studyId}") { ... on Study { textCoding { ${codingFields} labels { label name names } texts(show: ${show}, first: 100) { ${textFields} suggestions { label name } } } } } }`,
      );
      return body.data?.node?.textCoding ?? body;
    },
  };
}
