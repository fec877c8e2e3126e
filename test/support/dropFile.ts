/** Drops files on the page of imports. */
import type { Page } from "@playwright/test";

/** Drops a file on the page of imports, as from a folder of the computer. */
export async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ fileName, base64 }) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([content], fileName));
      return data;
    },
    { fileName: name, base64: Buffer.from(bytes).toString("base64") },
  );
  const zone = page.getByRole("region", { name: "A file to import" });
  await zone.dispatchEvent("dragover", { dataTransfer: transfer });
  await zone.dispatchEvent("drop", { dataTransfer: transfer });
}
