/** Whether the server has been updated since this page was loaded, so that it no longer knows the page's documents. */
import { createNoted } from "./noted.ts";

/** It concerns the loaded page, whichever client found out. */
export const update = createNoted();
