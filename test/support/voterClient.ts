/** A voter's browser for tests: sends requests over HTTP from its own address, and keeps the texts of all responses. */

import type { Authenticate } from "@pareidolia/api/identity/authenticate";
import type { Actor } from "@pareidolia/core/actor";
import { authenticateByHeader, credentialsOf } from "./actors.ts";

/** For APIs with voters: an actor has the address that the request reports. */
export const authenticateWithAddress: Authenticate = async (credentials) => ({
  ...(await authenticateByHeader(credentials)),
  clientAddress: credentials.clientAddress,
});

const voterFields = "pseudonym language still answered total finishedAt nextTrial";
const imageFields = "{ url width height }";
const trialFields = `number phase question { kind framing label wording cantTell levels maximumLength } images ${imageFields} options
  exemplars ${imageFields} timing { blankMs imageMs maskMs answerMs } answered`;
const ballotFields = `studyKey title workspaceName state languages consent { version minimumAge texts { language introduction kept shared withdrawal } }
  trialCount imagesFlash offersStill timing { blankMs imageMs maskMs answerMs } voter { ${voterFields} }`;

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of a response
type Part = any;

const mutations: Readonly<Record<string, string>> = {
  joinStudy: `... on JoinStudySuccess { ballot { ${ballotFields} } session withdrawalCode }`,
  castVote: `... on CastVoteSuccess { recorded voter { ${voterFields} } }`,
  castVotes: `... on CastVotesSuccess { recorded tooLate voter { ${voterFields} } }`,
  undoVote: `... on UndoVoteSuccess { voter { ${voterFields} } }`,
  finishStudy: `... on FinishStudySuccess { voter { ${voterFields} gold { hits trials images { url passed } } } }`,
  withdrawVotes: "... on WithdrawVotesSuccess { removedVotes }",
};

let clients = 0;

/** Each client has its own address, of a range that is reserved for tests (RFC 2544), so that limits per address do not meet. */
function nextAddress(): string {
  clients++;
  return `198.18.${Math.floor(clients / 250)}.${1 + (clients % 250)}`;
}

export interface VoterAddress {
  readonly study?: string;
  readonly link?: string | null;
  /** Default: a visitor. */
  readonly actor?: Actor;
  readonly clientAddress?: string;
}

export class VoterClient {
  readonly texts: string[] = [];
  readonly #url: string;
  readonly #address: VoterAddress;
  readonly #headers: Readonly<Record<string, string>>;
  session: string | null = null;
  code: string | null = null;
  #submissions = 0;

  constructor(url: string, address: VoterAddress) {
    this.#url = url;
    this.#address = address;
    const { actor, clientAddress = nextAddress() } = address;
    this.#headers = { "x-forwarded-for": clientAddress, ...(actor === undefined ? {} : credentialsOf(actor)) };
  }

  async ask(query: string, variables: object = {}): Promise<Part> {
    const headers = { "content-type": "application/json", ...this.#headers };
    const response = await fetch(`${this.#url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    const text = await response.text();
    this.texts.push(text);
    return JSON.parse(text);
  }

  async getImage(path: string): Promise<Response> {
    return fetch(`${this.#url}${path}`, { headers: this.#headers });
  }

  /** The payload; top-level errors as `{ errors }`. */
  async mutate(name: string, input: object): Promise<Part> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const fields = `__typename ${mutations[name]} ... on InvalidInputError { field } ... on Error { code message }`;
    const { data, errors } = await this.ask(`mutation ($input: ${type}!) { result: ${name}(input: $input) { ${fields} } }`, { input });
    return data?.result ?? { errors };
  }

  async tryJoin(more: object = {}): Promise<Part> {
    const { study, link } = this.#address;
    const result = await this.mutate("joinStudy", { study, link, language: "en", consentVersion: 1, ...more });
    if (result.__typename === "JoinStudySuccess") {
      this.session = result.session;
      this.code = result.withdrawalCode;
    }
    return result;
  }

  /** @throws if the study refuses the voter. */
  async join(more: object = {}): Promise<Part> {
    const result = await this.tryJoin(more);
    if (result.__typename !== "JoinStudySuccess") throw new Error(`The study refused a voter: ${JSON.stringify(result)}`);
    return result;
  }

  async ballot(fields = ballotFields): Promise<Part> {
    const query = `query ($study: ID, $link: String, $session: String) { ballot(study: $study, link: $link, session: $session) { ${fields} } }`;
    const { study, link } = this.#address;
    const { data, errors } = await this.ask(query, { study, link, session: this.session });
    return data?.ballot ?? (errors === undefined ? null : { errors });
  }

  async trials(from = 0, count = 100): Promise<Part[]> {
    return (await this.ballot(`voter { trials(from: ${from}, count: ${count}) { ${trialFields} } }`)).voter.trials;
  }

  voteOn(trial: number, answer: object, more: object = {}): object {
    this.#submissions++;
    const submissionId = `submission-${this.#submissions}`;
    return { trial, submissionId, answer, responseMs: 812.5, votedAt: new Date().toISOString(), ...more };
  }

  /** Sends the voter's address with the input of a mutation. */
  send(name: string, input: object): Promise<Part> {
    return this.mutate(name, { study: this.#address.study, session: this.session, ...input });
  }

  cast(trial: number, answer: object = { choice: 0 }, more: object = {}): Promise<Part> {
    return this.send("castVote", this.voteOn(trial, answer, more));
  }

  /** Answers all open trials, and returns the trials. `answerTo` chooses. */
  async voteOnAll(answerTo: (trial: Part) => object): Promise<Part[]> {
    const trials = await this.trials();
    for (const trial of trials) {
      if (trial.answered) continue;
      const result = await this.cast(trial.number, answerTo(trial));
      if (result.recorded !== true) throw new Error(`Trial ${trial.number} was not recorded: ${JSON.stringify(result)}`);
    }
    return trials;
  }
}

/** An answer that fits the question of any kind. */
export function anyAnswer({ question, options, number }: Part): object {
  const answers: Readonly<Record<string, object>> = {
    ONE_LABEL_OF: { choice: number % Math.max(1, options.length) },
    FREE_TEXT: { text: `it looks like thing ${number}` },
    RATINGS: { ratings: options.map((_: string, index: number) => (number + index) % 3) },
  };
  return answers[question.kind] ?? { choice: number % 2 };
}
