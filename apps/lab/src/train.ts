/** `npm run train -- MODEL`: trains one of this project's networks. */
import { ownModels } from "@pareidolia/classifiers/training/ownModels";
import { readOptions, UsageError } from "./readOptions.ts";
import { runCommand } from "./runCommand.ts";
import { trainingHelp, trainingOptions, trainOwnModel } from "./trainOwnModel.ts";

const known = ownModels.map(({ id }) => id).join(", ");
const help = `npm run train -- MODEL [--seed N] [--epochs N] [--out FOLDER]

  MODEL          ${known}
${trainingHelp}`;

await runCommand(async () => {
  const { values, positionals } = readOptions(trainingOptions, help);
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  const [id, ...more] = positionals;
  if (id === undefined) throw new UsageError(`Choose a model.\n\n${help}`);
  if (!ownModels.some((model) => model.id === id)) throw new UsageError(`There is no model "${id}" to train. The models are: ${known}.`);
  if (more.length > 0) throw new UsageError(`Unexpected argument "${more[0]}": one model at a time.\n\n${help}`);
  return trainOwnModel(id, values, `npm run train -- ${id}`);
});
