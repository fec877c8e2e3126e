/**
 * Every sweep of tables and objects, in order. Objects come first, so an object outlives its row until the next sweep: a process that has
 * just read the row still finds the object.
 */
import { images } from "./images.ts";
import { leftovers } from "./leftovers.ts";
import { objects } from "./objects.ts";
import { runEvents } from "./runEvents.ts";
import type { Sweep } from "./sweep.ts";
import { uploads } from "./uploads.ts";
import { workers } from "./workers.ts";
import { workspaces } from "./workspaces.ts";

export const sweeps: readonly Sweep[] = [objects, leftovers, uploads, images, runEvents, workers, workspaces];
