/** The views of the list of studies, each with its filter. The selected view is in the URL. */
import type { StudyFilter } from "../../graphql/generated/graphql.ts";

export const studyViews = ["all", "draft", "open", "paused", "closed", "archived"] as const;
export type StudyView = (typeof studyViews)[number];

export const viewLabels: Record<StudyView, string> = {
  all: "All",
  draft: "Draft",
  open: "Open",
  paused: "Paused",
  closed: "Closed",
  archived: "Archived",
};

const viewStates: Record<StudyView, NonNullable<StudyFilter["states"]> | null> = {
  all: null,
  draft: ["DRAFT"],
  open: ["OPEN"],
  paused: ["PAUSED"],
  closed: ["CLOSED"],
  archived: ["ARCHIVED"],
};

/** `all` is all but archived studies. */
export function studyFilter(view: StudyView, search: string): StudyFilter {
  const text = search.trim();
  return { ...(viewStates[view] === null ? {} : { states: viewStates[view] }), ...(text === "" ? {} : { search: text }) };
}
