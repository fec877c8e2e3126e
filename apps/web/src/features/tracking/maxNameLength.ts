/** The most characters of the name of a run or an experiment, as the API permits. */
export const maxNameLength = 120;
