"use client";
/** The panel of columns or groups with the parameters and metrics that the workspace's runs have, most frequent first. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RecordedFieldsDocument } from "../../graphql/generated/graphql.ts";
import { useDebounced } from "../marks/useDebounced.ts";
import { maxNamePartLength } from "../search/SearchField.tsx";
import { ColumnsPanel, type ColumnsPanelProps } from "./ColumnsPanel.tsx";

export function RunColumnsPanel({ choices, ...props }: Omit<ColumnsPanelProps, "onFilter">) {
  const [filter, setFilter] = useState("");
  const text = useDebounced(filter.trim()).slice(0, maxNamePartLength);
  const { data } = useLiveQuery({ query: RecordedFieldsDocument, variables: { text } });
  const recorded = (data?.recordedFields ?? []).map(({ name, label, description, runCount }) => ({
    id: name,
    label,
    description: `${description} ${runCount === 1 ? "One run has it." : `${runCount} runs have it.`}`,
  }));
  return <ColumnsPanel {...props} choices={[...choices, ...recorded]} onFilter={setFilter} />;
}
