import { readSettings } from "@pareidolia/launcher/settings";
import { expect, it } from "vitest";

it("npm start uses accounts unless a single user is chosen", () => {
  expect(readSettings({})).toMatchObject({ singleUser: false, url: "http://localhost:3000" });
  expect(readSettings({ PAREIDOLIA_SINGLE_USER: "on", PORT: "3100" })).toMatchObject({ singleUser: true, url: "http://localhost:3100" });
  expect(() => readSettings({ PAREIDOLIA_SINGLE_USER: "yes" })).toThrow("PAREIDOLIA_SINGLE_USER=yes is neither on nor off.");
});

it("links start with PAREIDOLIA_URL, without its path", () => {
  expect(readSettings({ PAREIDOLIA_URL: "https://lab.example/pareidolia/" }).url).toBe("https://lab.example");
  expect(() => readSettings({ PAREIDOLIA_URL: "lab.example" })).toThrow("Its form is https://lab.example.");
});
