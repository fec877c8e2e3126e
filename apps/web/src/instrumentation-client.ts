/** Next calls `onRouterTransitionStart` in the browser whenever a navigation starts. */
import { noteNavigation } from "./features/shell/awaitedPage.ts";

export function onRouterTransitionStart(url: string): void {
  noteNavigation(url);
}
