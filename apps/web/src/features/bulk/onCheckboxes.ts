/** Options of shortcuts in a list with checkboxes: letters stay shortcuts while a checkbox has the focus, as after a click. */
export const onCheckboxes = {
  enableOnFormTags: ["INPUT"] as const,
  ignoreEventWhen: ({ target }: Event) => target instanceof HTMLInputElement && target.type !== "checkbox",
};
