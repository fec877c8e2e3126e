/** `npm run train:mnist`: trains the paper's LeNet, the network of the experiments on MNIST. */
import { readOptions, UsageError } from "./readOptions.ts";
import { runCommand } from "./runCommand.ts";
import { trainingHelp, trainingOptions, trainOwnModel } from "./trainOwnModel.ts";

const help = `npm run train:mnist -- [--seed N] [--epochs N] [--out FOLDER]

${trainingHelp}`;

await runCommand(async () => {
  const { values, positionals } = readOptions(trainingOptions, help);
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  if (positionals.length > 0) throw new UsageError(`Unexpected argument "${positionals[0]}".\n\n${help}`);
  return trainOwnModel("lenet", values, "npm run train:mnist --");
});
