/** The field for a run's name, which every input that starts a run has. */
export const runNameField = {
  nullable: true,
  description:
    "The run's name, at most 120 characters. Default: a name composed of method, model and preset. A sweep names its runs after their points.",
};
