/** The methods of the new-run form, by their `method` parameter in the page's address. */
export const newRunMethods = [
  {
    id: "evolve",
    label: "Evolve",
    line: "Mutate images and keep the best of every class. No gradients.",
    detail: "MAP-Elites, as in Nguyen, Yosinski and Clune 2015",
  },
  {
    id: "ascend",
    label: "Ascend",
    line: "Follow the gradient of one class, starting from noise.",
    detail: "decay, blur, percentiles, Adam",
  },
  {
    id: "perturb",
    label: "Perturb",
    line: "Change a real image slightly until its label changes.",
    detail: "FGSM, PGD, L-BFGS, Carlini-Wagner",
  },
  {
    id: "retrain",
    label: "Retrain",
    line: "Train the model to put fooling images in class n + 1, then fool it again.",
    detail: "a chain DNN_1, DNN_2, …",
  },
] as const;

export type NewRunMethod = (typeof newRunMethods)[number]["id"];
export const newRunMethodIds = newRunMethods.map(({ id }) => id);
