/** Whether the API has refused one of a client's requests because its session ended. */
import { clientState } from "./clientState.ts";
import { createOneTimeEvent } from "./oneTimeEvent.ts";

export const sessionEndOf = clientState(createOneTimeEvent);
