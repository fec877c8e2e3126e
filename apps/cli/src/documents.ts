/** The operations that the client does not have ready, with what they answer. A test checks each against the API's schema. */

const failure = "... on Error { code message } ... on InvalidInputError { field }";

/** The payload of a mutation; `successOf` of the client turns its errors into exceptions. */
export type Payload<Success> = { readonly __typename: string } & Success;

export interface Person {
  readonly name: string;
}

export const searchRuns = `query SearchRuns($search: String, $orderBy: RunOrder, $columns: [String!]!, $first: Int = 100, $after: String) {
  runs(search: $search, orderBy: $orderBy, first: $first, after: $after) { nodes { key cells(columns: $columns) } pageInfo { hasNextPage endCursor } } }`;

export interface RunsFound {
  readonly runs: {
    readonly nodes: readonly { readonly key: string; readonly cells: readonly unknown[] | null }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** A key reads only its own workspace. */
export const ownWorkspaces = "query OwnWorkspaces { viewer { workspaces { slug isCurrent } } }";

export interface OwnWorkspaces {
  readonly viewer: { readonly workspaces: readonly { readonly slug: string; readonly isCurrent: boolean }[] };
}

/** What a new run may be started against, and the first preset of each method. */
export const startChoices = `query StartChoices { encodings { id presets { id } } ascents { id presets { id } } attacks { id presets { id } }
  chainRecipes { id presets { id } } chainDatasets { id } }`;

interface Choice {
  readonly id: string;
  readonly presets: readonly { readonly id: string }[];
}

export interface StartChoices {
  readonly encodings: readonly Choice[];
  readonly ascents: readonly Choice[];
  readonly attacks: readonly Choice[];
  readonly chainRecipes: readonly Choice[];
  readonly chainDatasets: readonly { readonly id: string }[];
}

export const runArchive = `query RunArchive($id: ID!) { node(id: $id) { ... on Run { id key name kindLabel state progress evaluations median
  nicheCount outcome { reached total unit reachedMeans isMeasured } speed secondsLeft waitedSeconds computedSeconds elapsedSeconds failure eventSeq } ... on EvolutionRun { generation archive { niche label storedConfidence } } } }`;

export interface RunArchive {
  readonly node: {
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly kindLabel: string;
    readonly state: string;
    readonly progress: number;
    readonly evaluations: number;
    readonly median: number | null;
    readonly nicheCount: number;
    readonly outcome: {
      readonly reached: number;
      readonly total: number;
      /** Plural noun, such as classes. */
      readonly unit: string;
      readonly reachedMeans: string;
      readonly isMeasured: boolean;
    };
    readonly speed: number | null;
    readonly secondsLeft: number | null;
    readonly waitedSeconds: number | null;
    readonly computedSeconds: number;
    readonly elapsedSeconds: number | null;
    readonly failure: string | null;
    /** Number of the last event. */
    readonly eventSeq: number;
    /** Undefined for a run without an archive. */
    readonly generation?: number | null;
    readonly archive?: readonly { readonly niche: number; readonly label: string; readonly storedConfidence: number }[];
  } | null;
}

const image = "image { sha256 url width height channels byteLength }";

/** Each is a page of one kind of results; a run has only results of its own kind. Genomes are expensive, so a page has 40 elites. */
export const runResults = `query RunResults($runId: ID!, $elites: String, $trajectories: String, $perturbations: String) {
  elites(filter: { runId: $runId }, first: 40, after: $elites) { nodes { id label niche confidence: storedConfidence generation ${image}
    genome { sha256 document } } pageInfo { hasNextPage endCursor } }
  trajectories(filter: { runId: $runId }, first: 100, after: $trajectories) { nodes { id label class configuration start step
    confidence: storedConfidence ${image} } pageInfo { hasNextPage endCursor } }
  perturbations(filter: { runId: $runId }, first: 100, after: $perturbations) { nodes { id label: storedLabel index bound success
    confidence: storedConfidence originalLabel ${image} } pageInfo { hasNextPage endCursor } } }`;

export interface ResultImage {
  readonly sha256: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly byteLength: number;
}

export interface RunResult {
  readonly id: string;
  readonly label: string;
  readonly confidence: number;
  readonly image: ResultImage;
  /** Only an elite has a genome. */
  readonly genome?: { readonly sha256: string; readonly document: unknown };
  readonly [property: string]: unknown;
}

export interface ResultPage {
  readonly nodes: readonly RunResult[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export type RunResults = Readonly<Record<"elites" | "trajectories" | "perturbations", ResultPage>>;

const verificationFields = `verdict unit steps engine instructionSet tolerance largestDifference difference { step reason }
  findings { column place stored computed } findingCount notChecked
  analysis { id state done total failure }`;

export const verifyRun = `mutation VerifyRun($input: RunInput!) { verifyRun(input: $input) { __typename
  ... on VerifyRunSuccess { verification { ${verificationFields} } } ${failure} } }`;

export const runVerification = `query RunVerification($id: ID!) { node(id: $id) { ... on Run { verification { ${verificationFields} } } } }`;

export interface Verification {
  readonly verdict: "EQUAL" | "CLOSE" | "DIFFERENT" | null;
  readonly unit: string | null;
  readonly steps: number | null;
  readonly engine: string | null;
  readonly instructionSet: string | null;
  readonly tolerance: number | null;
  readonly largestDifference: number | null;
  readonly difference: { readonly step: number; readonly reason: string } | null;
  readonly findings:
    | readonly { readonly column: string; readonly place: string; readonly stored: string | null; readonly computed: string | null }[]
    | null;
  readonly findingCount: number | null;
  readonly notChecked: readonly string[] | null;
  readonly analysis: {
    readonly id: string;
    readonly state: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
    readonly done: number;
    readonly total: number | null;
    readonly failure: string | null;
  };
}

export const studyLink = `query StudyLink($id: ID!, $after: String) { node(id: $id) { ... on Study { key title state access linkToken voteCount
  voterCount finishedVoterCount images(role: COUNTED, first: 100, after: $after) { nodes { index label votes agreeing confidence
    image { sha256 } } pageInfo { hasNextPage endCursor } } } } }`;

export interface StudyLink {
  readonly node: {
    readonly key: string;
    readonly title: string;
    readonly state: string;
    readonly access: "MEMBERS" | "LINK";
    readonly linkToken: string | null;
    readonly voteCount: number;
    readonly voterCount: number;
    readonly finishedVoterCount: number;
    readonly images: {
      readonly nodes: readonly {
        readonly index: number;
        readonly label: number;
        readonly votes: number;
        readonly agreeing: number;
        readonly confidence: number | null;
        readonly image: { readonly sha256: string };
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}
