/** Whether the server has been updated since this page loaded, and no longer knows the page's documents. */
import { createOneTimeEvent } from "./oneTimeEvent.ts";

/** Global rather than per client, because it concerns the whole page. */
export const update = createOneTimeEvent();
