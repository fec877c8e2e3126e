/** The folder for the program's settings, where each system keeps those of programs. */
import path from "node:path";
import type { Terminal } from "../terminal.ts";

type Surroundings = Pick<Terminal, "environment" | "platform" | "homeFolder">;

export function configFolder({ environment, platform, homeFolder }: Surroundings): string {
  const own = environment["PAREIDOLIA_CONFIG"];
  if (own !== undefined && own !== "") return own;
  if (platform === "win32") return path.join(environment["APPDATA"] ?? path.join(homeFolder, "AppData", "Roaming"), "pareidolia");
  if (platform === "darwin") return path.join(homeFolder, "Library", "Application Support", "pareidolia");
  const base = environment["XDG_CONFIG_HOME"];
  // The specification says to ignore a relative path.
  return path.join(base !== undefined && path.isAbsolute(base) ? base : path.join(homeFolder, ".config"), "pareidolia");
}
