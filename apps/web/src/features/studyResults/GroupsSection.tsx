"use client";
/** One grouping of the images: a chart of the groups' figures, their differences from a baseline, and the images that stand out. */
import { useQueryState } from "nuqs";
import { useRef } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import type { AgreementWords } from "./agreementWords.ts";
import { GroupImages } from "./GroupImages.tsx";
import groupStyles from "./Groups.module.css";
import { GroupTable } from "./GroupTable.tsx";
import { type Grouping, groupCells, groupColumns, groupRows } from "./groupRows.ts";
import { IntervalRows } from "./IntervalRows.tsx";
import type { PlanOfResults } from "./planOfResults.ts";
import { ResultSection } from "./ResultSection.tsx";
import { resultQuery } from "./readResults.ts";
import { formatCounted, formatShare, intervalKinds, populationsOf, withIntervals } from "./resultFormats.ts";
import { baselineName, baselineParser, type Measure } from "./resultsState.ts";

interface GroupsSectionProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly grouping: Grouping;
  readonly measure: Measure;
  readonly chance: number | null;
  readonly words: AgreementWords;
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

export function GroupsSection({ studyKey, plan, grouping, measure, chance, words }: GroupsSectionProps) {
  const { by, groups, without, leftOut } = grouping;
  const [frame, width] = useElementWidth<HTMLDivElement>(560);
  const svg = useRef<SVGSVGElement>(null);
  const [wanted, setBaseline] = useQueryState(baselineName[by], baselineParser);
  const baseline = wanted < groups.length ? wanted : 0;
  const rows = groupRows(grouping, measure, baseline);
  const tools = useDataTools({
    name: `${studyKey}-by-${by}-${measure}`,
    columns: groupColumns,
    rows: rows.map(groupCells),
    query: resultQuery(studyKey, "groups"),
    svg,
  });
  const kinds = intervalKinds(populationsOf(rows.map(({ figure }) => figure)));
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
            label={`${titles[by]}: ${measure === "share" ? `the ${words.ofPeople}` : "the machine’s mean confidence"}${withIntervals(populationsOf(rows.map(({ figure }) => figure)))}. The table has the numbers.`}
            svg={svg}
          />
          <p className="t12 muted">
            {kinds === null ? "" : `Whiskers: intervals, ${kinds}. `}
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
          words={words}
          onBaseline={(index) => void setBaseline(index === 0 ? null : index)}
        />
      </div>
      <GroupImages rows={rows} plan={plan} words={words} />
    </ResultSection>
  );
}
