/** The kinds of runs that the form can start, by the word that its address holds. */
export const newRunMethods = [
  {
    id: "evolve",
    label: "Evolve",
    line: "Mutate, keep the best for every class. No gradients.",
    detail: "MAP-Elites, as in Nguyen, Yosinski and Clune 2015",
  },
  { id: "ascend", label: "Ascend", line: "Climb the gradient of one class from noise.", detail: "decay, blur, percentiles, Adam" },
  {
    id: "perturb",
    label: "Perturb",
    line: "Change a real image a little, until the label flips.",
    detail: "FGSM, PGD, L-BFGS, Carlini-Wagner",
  },
  {
    id: "retrain",
    label: "Retrain",
    line: "Teach the model that these are class n + 1, then fool it again.",
    detail: "a chain DNN_1, DNN_2, …",
  },
] as const;

export type NewRunMethod = (typeof newRunMethods)[number]["id"];
export const newRunMethodIds = newRunMethods.map(({ id }) => id);
