/** Options of shortcuts in a list of rows to select: the focus is on a checkbox after a click, where letters are shortcuts, too. */
export const onCheckboxes = {
  enableOnFormTags: ["INPUT"] as const,
  ignoreEventWhen: ({ target }: Event) => target instanceof HTMLInputElement && target.type !== "checkbox",
};
