/**
 * Changes of the browser's session: signing in and out. Each ends with a new document, so that the next user
 * starts with an empty client, and the browser's other tabs load theirs again.
 */
import { signInAddress } from "../entrance/nextPath.ts";

const channelName = "pareidolia.session";

/** Whether this page opens another one already. Reloading it at the message that it sent itself would cancel that. */
let leaving = false;

/** Notifies the other tabs that this browser's session changed. */
function announce(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage("changed");
  channel.close();
}

/** Calls the listener when another tab changes the session; returns a function that removes it. */
export function onSessionChange(listener: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener("message", () => {
    if (!leaving) listener();
  });
  return () => channel.close();
}

/** Opens a path with a new document after the session changed. Going back does not return to this page. */
export function openWithNewSession(path: string): void {
  leaving = true;
  announce();
  location.replace(path);
}

/** Leaves the present page for the sign-in page, which leads back to it. */
export function openSignIn(): void {
  location.replace(signInAddress(`${location.pathname}${location.search}`));
}
