/** For work whose failure changes nothing, because something else repeats it: an outage is expected, any other error is logged. */
import { isTransientError } from "@pareidolia/persistence/server/database/transientErrors";
import type { Logger } from "pino";

export function tolerateOutage(logger: Pick<Logger, "error">, message: string): (error: unknown) => void {
  return (error) => {
    if (!isTransientError(error)) logger.error({ err: error }, message);
  };
}
