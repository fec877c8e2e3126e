/** The process that measures, which `run.ts` starts without the condition "source". */
import { runCommand } from "@pareidolia/lab/runCommand";
import { measure } from "./measure.ts";

await runCommand(measure);
