/** API module for `Changes`, which invalidates the process's short memories. */
import type { NounModule } from "../assembly/nounModule.ts";
import { Changes } from "./changes.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly changes: Changes;
  }
}

export const recallModule: NounModule = {
  services: { changes: ({ changes = new Changes() }) => changes },
};
