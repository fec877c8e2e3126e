/** Maximum length of the name of a run or an experiment, in characters. */
export const maxNameLength = 120;
