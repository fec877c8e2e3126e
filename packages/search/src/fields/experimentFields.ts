/** The searchable properties of experiments. To add one, add it here and its SQL to `persistence/lab/search/experimentColumns`. */
import { encodings } from "@pareidolia/encodings/registry";
import { fieldOf, registryOf } from "./field.ts";
import { stateValues } from "./runFields.ts";

export const experimentFields = registryOf("experiments", [
  fieldOf({
    name: "experiment",
    aliases: ["key", "number"],
    type: "number",
    prefix: "EXP-",
    label: "Experiment",
    description: "The experiment's key, such as EXP-12, or its number.",
  }),
  fieldOf({ name: "name", type: "text", label: "Name", description: "Its name." }),
  fieldOf({ name: "description", type: "text", label: "Description", description: "Its description.", isSortable: false }),
  fieldOf({ name: "notes", aliases: ["note"], type: "text", label: "Notes", description: "Members' notes.", isSortable: false }),
  fieldOf({
    name: "state",
    type: "choice",
    label: "State",
    description: "The state of its most active run.",
    values: stateValues,
    mayBeMissing: true,
    isSortable: false,
  }),
  fieldOf({ name: "runs", type: "number", label: "Runs", description: "The number of its runs." }),
  fieldOf({
    name: "reached",
    aliases: ["fooling"],
    type: "number",
    label: "Reached",
    description: "Results of its runs that meet the criterion of their kind, over all kinds.",
  }),
  fieldOf({
    name: "model",
    aliases: ["network"],
    type: "text",
    label: "Model",
    description: "The name of a network of one of its runs.",
    mayBeMissing: true,
    isSortable: false,
  }),
  fieldOf({
    name: "encoding",
    type: "choice",
    label: "Encoding",
    description: "An encoding of one of its evolutions.",
    values: encodings.map(({ id, label }) => ({ name: id, value: id, description: label })),
    mayBeMissing: true,
    isSortable: false,
  }),
  fieldOf({ name: "created", type: "date", label: "Created", description: "When a member created it." }),
  fieldOf({ name: "updated", type: "date", label: "Updated", description: "When it last changed, or a run was started in it." }),
  fieldOf({ name: "by", aliases: ["creator", "author"], type: "person", label: "By", description: "The member who created it." }),
  fieldOf({ name: "assignee", type: "person", label: "Assignee", description: "The member it is assigned to.", mayBeMissing: true }),
  fieldOf({ name: "tag", aliases: ["tags"], type: "tag", label: "Tags", description: "One of its tags.", mayBeMissing: true }),
  fieldOf({
    name: "visibility",
    aliases: ["shared"],
    type: "choice",
    label: "Visibility",
    description: "Who may read it besides the members.",
    values: ["private", "unlisted", "public"].map((name) => ({ name, value: name.toUpperCase() })),
  }),
  fieldOf({ name: "pinned", type: "flag", label: "Pinned", description: "Whether you pinned it.", hasColumn: false }),
  fieldOf({ name: "archived", type: "flag", label: "Archived", description: "Whether it is archived.", hasColumn: false }),
  fieldOf({ name: "locked", type: "flag", label: "Locked", description: "Whether it is locked against changes.", hasColumn: false }),
]);
