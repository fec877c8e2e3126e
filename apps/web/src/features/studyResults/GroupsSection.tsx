"use client";
/** One grouping of the images: a chart of the groups' figures, their differences from a baseline, and the images that stand out. */
import { useQueryState } from "nuqs";
import { useRef } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { GroupImages } from "./GroupImages.tsx";
import groupStyles from "./Groups.module.css";
import { GroupTable } from "./GroupTable.tsx";
import { type Grouping, type GroupRow, groupRows } from "./groupRows.ts";
import { IntervalRows } from "./IntervalRows.tsx";
import type { PlanOfResults } from "./planOfResults.ts";
import { ResultSection } from "./ResultSection.tsx";
import { figureCells, figureColumns, resultQuery } from "./readResults.ts";
import { formatCounted, formatShare } from "./resultFormats.ts";
import { baselineName, baselineParser, type Measure } from "./resultsState.ts";

interface GroupsSectionProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly grouping: Grouping;
  readonly measure: Measure;
  readonly chance: number | null;
}

const titles = {
  model: "By network",
  source: "By source",
  generation: "By generation of the elite",
  group: "By group of the plan",
  condition: "By condition of the plan",
} as const;
const lacking = {
  model: "a network",
  source: "a source",
  generation: "a generation",
  group: "a group",
  condition: "a condition",
} as const;

const columns = [
  "group",
  "images",
  "images with votes",
  "voters",
  "votes",
  ...figureColumns,
  "difference",
  "difference low",
  "difference high",
  "effect",
  "effect low",
  "effect high",
  "p",
  "p, Holm",
];

function cellsOf({ group, name, figure, difference, p }: GroupRow) {
  const compared = difference?.defined
    ? [...boundsOf(difference.difference), ...boundsOf(difference.effect), difference.p, p]
    : Array.from({ length: 8 }, () => null);
  return [name, group.images, group.judged, group.voters, group.votes, ...figureCells(figure), ...compared];
}

const boundsOf = ({ estimate, low, high }: { readonly estimate: number; readonly low: number; readonly high: number }) => [
  estimate,
  low,
  high,
];

export function GroupsSection({ studyKey, plan, grouping, measure, chance }: GroupsSectionProps) {
  const { by, groups, without, leftOut } = grouping;
  const [frame, width] = useElementWidth<HTMLDivElement>(560);
  const svg = useRef<SVGSVGElement>(null);
  const [wanted, setBaseline] = useQueryState(baselineName[by], baselineParser);
  const baseline = wanted < groups.length ? wanted : 0;
  const rows = groupRows(grouping, measure, baseline);
  const tools = useDataTools({
    name: `${studyKey}-by-${by}-${measure}`,
    columns,
    rows: rows.map(cellsOf),
    query: resultQuery(studyKey, "groups"),
    svg,
  });
  if (groups.length === 0)
    return (
      <ResultSection title={titles[by]}>
        <p className="second">No image has {lacking[by]}.</p>
      </ResultSection>
    );
  return (
    <ResultSection
      title={titles[by]}
      tools={tools}
      note={measure === "share" && chance !== null ? `chance ${formatShare(chance)}` : undefined}
    >
      <div className={groupStyles.sides}>
        <div ref={frame}>
          <IntervalRows
            rows={rows.map(({ name, figure }, index) => ({
              key: String(index),
              name: `${name}, ${formatCount(groups[index]?.images ?? 0)}`,
              figure,
              isStrong: index === baseline,
            }))}
            width={width}
            nameWidth={Math.min(190, width * 0.42)}
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            format={formatShare}
            label={`${titles[by]}: ${measure === "share" ? "the share of people who agree" : "the machine’s mean confidence"} with 95% intervals. The table has the numbers.`}
            svg={svg}
          />
          <p className="t12 muted">
            {groups.length === 1 ? "All images are of one group, so there is nothing to compare. " : ""}
            {without > 0 ? `${formatCounted(without, "image")} without ${lacking[by]} ${without === 1 ? "is" : "are"} left out. ` : ""}
            {leftOut.groups > 0
              ? `${formatCounted(leftOut.groups, "smaller group")} with ${formatCounted(leftOut.images, "image")} left out, too.`
              : ""}
          </p>
        </div>
        <GroupTable
          label={titles[by]}
          rows={rows}
          baseline={baseline}
          measure={measure}
          onBaseline={(index) => void setBaseline(index === 0 ? null : index)}
        />
      </div>
      <GroupImages rows={rows} plan={plan} />
    </ResultSection>
  );
}
