/** The tabs of an opened study; the selected one is in the URL. */
export const studyTabs = ["results", "images", "voters", "plan"] as const;

export const tabLabels: Record<(typeof studyTabs)[number], string> = {
  results: "Results",
  images: "Images",
  voters: "Voters",
  plan: "Plan",
};
