/** Where the study's own wording of a question names its label. In a file of its own, which voters' pages load. */
export const labelPlace = "{label}";
