/**
 * Every interval on every tab of the results says of which kind it is, for every kind of question in the registry: in its own text or title,
 * in the head of its column or in a note; and each CSV file with an interval has a column for its kind. A new kind of question is in this
 * test by itself, and a new section fails it until a tab renders it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { protocolKinds, resolveProtocol, respond } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { StudyData } from "@pareidolia/perception/study/results/studyData";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult, resultKindIds } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { type ComponentType, createElement, type ReactElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Client, Provider } from "urql";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { BiasTab } from "../../../../apps/web/src/features/studyResults/BiasTab.tsx";
import { GroupsTab } from "../../../../apps/web/src/features/studyResults/GroupsTab.tsx";
import { PlaneTab } from "../../../../apps/web/src/features/studyResults/PlaneTab.tsx";
import { readPlan } from "../../../../apps/web/src/features/studyResults/planOfResults.ts";
import type { ResultsOfStudy } from "../../../../apps/web/src/features/studyResults/readResults.ts";
import { namesOfPopulations } from "../../../../apps/web/src/features/studyResults/resultFormats.ts";
import { VotersSection } from "../../../../apps/web/src/features/studyResults/VotersSection.tsx";
import { ancestors, descendants, type MarkupElement, parseMarkup, textOf } from "../../../support/staticMarkup.ts";
import { imagesOf, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

interface File {
  readonly name: string;
  readonly columns: readonly string[];
}
const files: File[] = [];
vi.mock("../../../../apps/web/src/features/marks/DataTools.tsx", () => ({
  useDataTools: (file: File) => {
    files.push(file);
    return { toolbar: null, panel: null };
  },
}));

/** The package is installed for the web application alone. */
const ofWeb = createRequire(new URL("../../../../apps/web/package.json", import.meta.url));
let Addresses: ComponentType<{ readonly searchParams: string; readonly children?: ReactNode }>;
beforeAll(async () => {
  const testing = (await import(pathToFileURL(ofWeb.resolve("nuqs/adapters/testing")).href)) as {
    NuqsTestingAdapter: typeof Addresses;
  };
  Addresses = testing.NuqsTestingAdapter;
});

/** Never used: nothing is loaded while a page is rendered. */
const client = new Client({ url: "http://localhost", exchanges: [], preferGetMethod: false });

const kinds = protocolKinds.map(({ id }) => id);

/** A study of this question with gold and noise; every text is coded, so that texts agree or disagree, too. */
function studyOf(kind: (typeof kinds)[number]): StudyData {
  const labels = Array.from({ length: 12 }, (_, label) => label);
  // Enough for intervals of bins.
  const stimuli = ["a", "b", "c", "d", "e", "f"].flatMap((name) => imagesOf(labels, name));
  const protocol = resolveProtocol(kind, {});
  const catches = kind === "reverse" || kind === "pairwise" ? 0 : 4;
  const design = {
    ...studyDesign(stimuli.length, { phases: [{ protocol, timing: resolveParameters(timingSpecs, {}) }] }, { stimuli }),
    perVoter: { counted: stimuli.length, gold: catches, noise: catches, canaries: 0 },
  };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), {
    voters: 12,
    sessionShare: () => 1,
    answer: (trial, voter) => {
      const random = new Random({ seed: 3, generation: voter, index: trial.number, purpose: Purpose.SIMULATE });
      if (kind === "freeText") return { text: random.chance(0.6) ? `word ${trial.item % 12}` : "something" };
      return respond(protocol, trial, random.chance(0.6) ? "label" : "guess", random);
    },
  });
  const coded = ["something", ...labels.map((label) => `word ${label}`)].map((text, index) => {
    const code = index === 0 ? ({ kind: "NONE", label: null } as const) : ({ kind: "LABEL", label: index - 1 } as const);
    return { text, codes: [0, 1].map((coder) => ({ ...code, coder })), decision: null };
  });
  return { ...study, coded };
}

/** A number, or a percentage, a time or a coefficient, and another one after a dash: an interval, or a range of values. */
const range = /[−+-]?(?:\d[\d,]*)?\.?\d+(?:%| ms| s)? – [−+-]?(?:\d[\d,]*)?\.?\d/;
const populations = Object.values(namesOfPopulations);
const saysKind = (text: string | undefined): boolean => text !== undefined && populations.some((name) => text.includes(name));
/** Ranges that are no intervals of figures. */
const ranges = [/middle half|quartile/i, /generations? /i, /^ ?Confidence/i];

const ownText = ({ children }: MarkupElement): string => children.filter((child) => typeof child === "string").join("");

/** The head of the column of a cell. */
function headOf(cell: MarkupElement): string {
  const table = ancestors(cell).find(({ tag }) => tag === "table");
  const row = cell.parent?.children.filter((child) => typeof child !== "string") ?? [];
  const place = row.slice(0, row.indexOf(cell)).reduce((sum, { attributes }) => sum + Number(attributes["colspan"] ?? 1), 0);
  const heads = table === undefined ? [] : descendants(table).filter(({ tag, parent }) => tag === "th" && parent?.parent?.tag === "thead");
  return heads[place] === undefined ? "" : textOf(heads[place]);
}

const blocks = new Set(["p", "li", "dd", "div", "td", "section"]);

/** The text of the smallest block around an element, up to three of them, without the rest of the page. */
function textsAround(element: MarkupElement): string[] {
  return ancestors(element)
    .filter(({ tag }) => blocks.has(tag))
    .slice(0, 2)
    .map(textOf);
}

/** Sentences of the section about its intervals. */
function notesOf(element: MarkupElement): string[] {
  const section = ancestors(element).find(({ tag }) => tag === "section");
  const notes = section === undefined ? [] : descendants(section).filter(({ tag }) => tag === "p");
  return notes.map(textOf).filter((text) => /\bintervals?\b/i.test(text));
}

const isOther = (element: MarkupElement): boolean => ranges.some((no) => textsAround(element).some((text) => no.test(text)));

function saysKindNear(element: MarkupElement): boolean {
  const cell = ancestors(element).find(({ tag }) => tag === "td");
  const texts = [element.attributes["title"], cell === undefined ? undefined : headOf(cell), ...textsAround(element), ...notesOf(element)];
  return texts.some(saysKind);
}

/** Intervals of a page that do not say of which kind they are. */
function unnamed(page: MarkupElement): string[] {
  const found: string[] = [];
  for (const element of descendants(page)) {
    const title = element.tag === "title" ? textOf({ ...element, tag: "text" }) : element.attributes["title"];
    if (title !== undefined && /interval/.test(title) && range.test(title) && !saysKind(title)) found.push(`title: ${title}`);
    if (element.tag === "title" || !range.test(ownText(element)) || isOther(element) || saysKindNear(element)) continue;
    found.push(`text: ${textOf(element)} in: ${textsAround(element)[0] ?? ""}`);
  }
  for (const svg of descendants(page).filter(({ tag }) => tag === "svg")) {
    const label = svg.attributes["aria-label"];
    const section = ancestors(svg).find(({ tag }) => tag === "section");
    if (label !== undefined && /interval/.test(label) && (section === undefined || ![label, textOf(section)].some(saysKind)))
      found.push(`chart: ${label}`);
  }
  return found;
}

/** Columns of the ends of intervals in a file without a column for their kind. */
function unnamedEnds({ columns }: File): readonly string[] {
  const ends = columns.filter((column) => /\blow(er)?\b/i.test(column));
  const named = columns.filter((column) => /\bfor\b/.test(column));
  return ends.length > 0 && named.length === 0 ? ends : [];
}

const rendered: MarkupElement[] = [];

describe.each(kinds)("the results of the question %s", (kind) => {
  const data = studyOf(kind);
  const evidence = collectStudy(data);
  const plan = readPlan(serialiseStudyPlan(data.plan));
  const results = Object.fromEntries(resultKindIds.map((id) => [id, computeResult(id, evidence)])) as Required<ResultsOfStudy["results"]>;
  const common = { studyKey: "STU-1", plan, side: "everyone", question: 0 } as const;
  const tabs: Readonly<Record<string, ReactElement>> = {
    plane: createElement(PlaneTab, { ...common, results, live: null }),
    groups: createElement(GroupsTab, { ...common, result: results.groups }),
    bias: createElement(BiasTab, { ...common, results }),
    voters: createElement(VotersSection, { ...common, result: results.voters }),
  };
  const pageOf = (tab: string, searchParams: string): MarkupElement => {
    const page = createElement(Provider, { value: client }, tabs[tab]);
    const html = renderToStaticMarkup(createElement(Addresses, { searchParams }, page));
    const parsed = parseMarkup(html);
    rendered.push(parsed);
    return parsed;
  };

  it.each([
    ["plane", ""],
    ["groups", "?measure=share"],
    ["groups", "?measure=confidence"],
    ["bias", ""],
    ["voters", ""],
  ])("name the kind of each interval on the tab %s %s, and in its files", (tab, search) => {
    files.length = 0;
    expect(unnamed(pageOf(tab, search))).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(unnamedEnds(file), file.name).toEqual([]);
  });
});

/** The heading of each file's section, and whether it has intervals of figures. */
const sections: Readonly<Record<string, readonly [heading: string, hasIntervals: boolean]>> = {
  "AgreementSection.tsx": ["Agreement between people", true],
  "CountingSection.tsx": ["Voters above chance", true],
  "FlagsSection.tsx": ["Flags", false],
  "GroupsSection.tsx": ["By source", true],
  "PlaneSection.tsx": ["Plane", false],
  "ReliabilitySection.tsx": ["Reliability", true],
  "ResponseMatrix.tsx": ["What people answer", true],
  "ResponseTimesSection.tsx": ["Response times", true],
  "Selection.tsx": ["Most recognised", false],
  "SensitivitySection.tsx": ["Sensitivity", true],
  "SessionSection.tsx": ["Over the session", true],
  "TimingSection.tsx": ["Time on screen", false],
  "TrialsTab.tsx": ["Raw trials", false],
  "VotersSection.tsx": ["Voters", true],
  "WithAndWithout.tsx": ["With and without exclusions", true],
};

it("are those of every section, and each that has intervals has shown one", () => {
  const folder = fileURLToPath(new URL("../../../../apps/web/src/features/studyResults/", import.meta.url));
  const isSection = (file: string) => /<ResultSection\b|<h2\b/.test(readFileSync(`${folder}${file}`, "utf8"));
  const found = readdirSync(folder).filter((file) => file.endsWith(".tsx") && file !== "ResultSection.tsx" && isSection(file));
  expect(Object.keys(sections).sort()).toEqual(found.sort());
  const shown = [...rendered].flatMap((page) => descendants(page).filter(({ tag }) => tag === "section"));
  for (const [file, [heading, hasIntervals]] of Object.entries(sections)) {
    if (file === "TrialsTab.tsx") continue;
    const own = shown.filter((section) =>
      descendants(section).some((element) => element.tag === "h2" && textOf(element).trim() === heading),
    );
    expect(own.length, file).toBeGreaterThan(0);
    const some = own.some((section) => descendants(section).some((element) => range.test(ownText(element)) && saysKindNear(element)));
    expect(some, file).toBe(hasIntervals);
  }
});
