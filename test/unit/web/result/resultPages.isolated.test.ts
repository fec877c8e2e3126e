/**
 * The pages of an attack, an elite and a trajectory, rendered: every block that names one class shows scores of that class only. Each class
 * has scores of its own here, so that a score of another class beside a name is found wherever it stands.
 */
import { createElement, type FunctionComponent, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Provider } from "urql";
import { describe, expect, it, vi } from "vitest";
import { TrajectoryResult } from "../../../../apps/web/src/features/ascent/TrajectoryResult.tsx";
import { EliteView } from "../../../../apps/web/src/features/elite/EliteView.tsx";
import { formatConfidence, formatMiss } from "../../../../apps/web/src/features/marks/confidence.ts";
import { PerturbationResult } from "../../../../apps/web/src/features/perturbation/PerturbationResult.tsx";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";

vi.mock("next/navigation", async (original) => ({
  ...(await original<object>()),
  useSearchParams: () => new URLSearchParams(),
  usePathname: () => "/",
  useRouter: () => ({}),
}));
// Both keep their state in the page's address, which needs an adapter of the router, and show no score.
vi.mock("../../../../apps/web/src/features/result/PixelInspector.tsx", () => ({ PixelInspector: () => null }));
vi.mock("../../../../apps/web/src/features/ascent/useStepReplay.ts", () => ({
  useStepReplay: (last: number) => ({ step: null, last, playing: false, seek: () => undefined, togglePlaying: () => undefined }),
}));

/** Scores of each class, none of which another class has. */
const scores = {
  cat: { search: 0.0123, stored: 0.0134, original: 0.9712 },
  dog: { search: 0.6543, stored: 0.7345, original: 0.0156 },
  bus: { search: 0.2211, stored: 0.2521, original: 0.0478 },
} as const;
type Name = keyof typeof scores;
const labels = Object.keys(scores) as readonly Name[];

const textsOf = (name: Name): readonly string[] =>
  Object.values(scores[name]).flatMap((score) => [formatConfidence(score), formatMiss(score)]);
const searchedClass = (name: Name) => ({ class: labels.indexOf(name), label: name, ...scores[name] });

const image = {
  __typename: "Image",
  id: "image",
  url: "/images/1",
  sha256: "0".repeat(64),
  width: 8,
  height: 8,
  channels: 1,
  byteLength: 100,
  createdAt: "2026-12-01T00:00:00.000Z",
  scoring: null,
  scores: [
    {
      id: "score",
      topClass: 1,
      topLabel: "dog",
      topConfidence: scores.dog.stored,
      model: { id: "model", name: "LeNet" },
      probabilities: labels.map((label, index) => ({ class: index, label, probability: scores[label].stored })),
    },
  ],
};
const run = {
  id: "run",
  key: "RUN-1",
  name: "",
  state: "SUCCEEDED",
  eventSeq: 3,
  methodLabel: "a method",
  presetLabel: "a preset",
  parameters: {},
  seed: 1,
  framing: null,
  experiment: { id: "experiment", key: "EXP-1", name: "Tests", workspaceName: "Owning Lab", workspaceSlug: "owning" },
  model: { id: "model", slug: "lenet", name: "LeNet", labels },
};

function render<Properties extends object>(page: FunctionComponent<Properties>, properties: object): string {
  const common = { onScored: () => undefined };
  const element: ReactElement = createElement(page, { ...common, ...properties } as unknown as Properties);
  return renderToStaticMarkup(createElement(Provider, { value: createGraphqlClient() }, element));
}

interface Block {
  readonly text: string;
  /** In their order. */
  readonly names: readonly Name[];
  /** Classes whose scores it shows. */
  readonly scored: readonly Name[];
}

const placeOf = (name: Name, text: string): number => text.search(new RegExp(`\\b${name}\\b`));

/** The parts of a page in which a name and scores stand side by side: its head, captions, rows of lists, and lists of figures. */
function blocksOf(html: string): readonly Block[] {
  const parts = [...html.matchAll(/<(header|figcaption|dl)\b.*?<\/\1>|<li\b(?:(?!<li\b).)*?<\/li>/gs)].map(([part]) => part);
  return parts.map((part) => {
    const text = part.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
    const labelled = `${part.match(/aria-label="[^"]*"/)?.[0] ?? ""} ${text}`;
    return {
      text,
      names: labels.filter((name) => placeOf(name, labelled) >= 0).sort((one, other) => placeOf(one, labelled) - placeOf(other, labelled)),
      scored: labels.filter((name) => textsOf(name).some((score) => text.includes(score))),
    };
  });
}

/** The blocks with scores: all are of the class that is named first. */
function scoredBlocks(html: string): readonly Block[] {
  const found = blocksOf(html).filter(({ scored }) => scored.length > 0);
  for (const { text, names, scored } of found) expect(scored, text).toEqual(names.slice(0, 1));
  return found;
}

const attack = (target: Name | null) => ({
  perturbation: {
    __typename: "Perturbation",
    id: "attack",
    index: 0,
    bound: 8,
    success: true,
    steps: 1,
    linf: 8,
    l2: 64,
    l0: 64,
    originalClass: 0,
    originalLabel: "cat",
    originalConfidence: scores.cat.original,
    storedClass: 1,
    storedLabel: "dog",
    storedConfidence: scores.dog.stored,
    storedTargetConfidence: target === null ? null : scores[target].stored,
    storedOriginalConfidence: scores.cat.stored,
    searchedClass: searchedClass(target ?? "cat"),
    createdAt: image.createdAt,
    original: image,
    image,
    run: {
      ...run,
      source: null,
      sourceCrop: null,
      norm: "LINF",
      target: target === null ? null : labels.indexOf(target),
      targetLabel: target,
    },
  },
});

const elite = {
  elite: {
    id: "elite",
    niche: 2,
    label: "bus",
    generation: 4,
    replacedAt: null,
    storedConfidence: scores.bus.stored,
    searchedClass: searchedClass("bus"),
    run: { ...run, encoding: "direct", preset: "paper", generations: 10, offspring: 4 },
    genome: { id: "genome", encoding: "direct", generation: 4, index: 1, sha256: "1".repeat(64), byteLength: 10, document: {} },
    image,
    ancestry: [],
  },
};

const trajectory = {
  trajectory: {
    __typename: "Trajectory",
    id: "trajectory",
    class: 2,
    label: "bus",
    start: 0,
    configuration: 0,
    step: 4,
    ended: true,
    confidence: scores.bus.search,
    storedConfidence: scores.bus.stored,
    searchedClass: searchedClass("bus"),
    parameters: {},
    curve: [],
    milestones: [],
    createdAt: image.createdAt,
    image,
    run: { ...run, method: "gradient-ascent", source: null, sourceCrop: null, starts: 1, configurations: null },
  },
};

describe("a page of a result", () => {
  it.each([
    ["an attack without a target", PerturbationResult, attack(null), "cat"],
    ["an attack with a target", PerturbationResult, attack("dog"), "dog"],
    ["an elite", EliteView, elite, "bus"],
    ["a trajectory", TrajectoryResult, trajectory, "bus"],
  ] as const)("of %s shows scores of one class beside its name", (_name, page, properties, searched) => {
    const html = render(page as FunctionComponent<object>, properties);
    const blocks = scoredBlocks(html);
    // The head of the page, and the row of the network's output for each class.
    expect(blocks.length).toBeGreaterThanOrEqual(1 + labels.length);
    const compared = blocks.find(({ text }) => text.includes("during the search, float"));
    expect(compared?.names).toEqual([searched]);
    const { search, stored } = scores[searched];
    for (const score of [formatMiss(search), formatMiss(stored)]) expect(compared?.text).toContain(score);
  });

  it.each([
    ["an attack", PerturbationResult, attack(null)],
    ["an elite", EliteView, elite],
    ["a trajectory", TrajectoryResult, trajectory],
  ] as const)("of %s is cited with the workspace that owns it, whichever the reader is in", (_name, page, properties) => {
    const text = render(page as FunctionComponent<object>, properties).replaceAll(/<[^>]*>/g, "");
    expect(text).toContain("Owning Lab (2026)");
  });
});
