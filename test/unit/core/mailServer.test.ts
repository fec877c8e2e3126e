import { readMailServer } from "@pareidolia/core/mailServer";
import { describe, expect, it } from "vitest";

const from = "Pareidolia <pareidolia@lab.example>";
const read = (url: string | undefined, sender: string | undefined = from) => readMailServer({ url, from: sender });

describe("the settings of the mail server", () => {
  it("name a server, how to sign in to it, and the sender", () => {
    expect(read("smtp://user%40lab:p%2Fss@mail.lab.example")).toEqual({
      host: "mail.lab.example",
      port: 587,
      encryption: "required",
      credentials: { user: "user@lab", password: "p/ss" },
      from: { name: "Pareidolia", address: "pareidolia@lab.example" },
    });
    expect(read("smtps://mail.lab.example", "ada@lab.example")).toMatchObject({
      port: 465,
      encryption: "immediate",
      credentials: null,
      from: { name: "Pareidolia", address: "ada@lab.example" },
    });
  });

  it("leave a connection unencrypted only to this machine or on request", () => {
    expect(read("smtp://127.0.0.1:2525")).toMatchObject({ port: 2525, encryption: "none" });
    expect(read("smtp://[::1]:2525")).toMatchObject({ host: "::1", encryption: "none" });
    expect(read("smtp://relay:25?tls=off")?.encryption).toBe("none");
    expect(read("smtp://relay:25")?.encryption).toBe("required");
  });

  it("may be left out, both of them", () => {
    expect(readMailServer({ url: undefined, from: undefined })).toBeNull();
    expect(readMailServer({ url: "", from: " " })).toBeNull();
  });

  it.each([
    [undefined, from, "PAREIDOLIA_SMTP_URL is not set"],
    ["smtp://relay", undefined, "PAREIDOLIA_EMAIL_FROM is not set"],
    ["smtp://relay", "nobody", "PAREIDOLIA_EMAIL_FROM is not an e-mail address"],
    ["smtp://relay", "Ada\r\nBcc: eve@lab.example <ada@lab.example>", "PAREIDOLIA_EMAIL_FROM is not an e-mail address"],
    ["smtp://relay", "<ada@lab.example>, <eve@lab.example>", "PAREIDOLIA_EMAIL_FROM is not an e-mail address"],
    ["http://relay", from, "PAREIDOLIA_SMTP_URL is not the URL of a mail server"],
    ["relay:25", from, "PAREIDOLIA_SMTP_URL is not the URL of a mail server"],
    ["smtp://relay?secure=true", from, "PAREIDOLIA_SMTP_URL has an unknown option"],
    ["smtps://relay?tls=off", from, "PAREIDOLIA_SMTP_URL contradicts itself"],
    ["smtp://user@relay", from, "PAREIDOLIA_SMTP_URL needs both a user and a password"],
    ["smtp://user:100%@relay", from, "PAREIDOLIA_SMTP_URL has a user or password that is not URL-encoded"],
  ])("%j from %j are refused with an explanation", (url, sender, message) => {
    expect(() => readMailServer({ url, from: sender })).toThrow(message);
  });

  it("never appear in an error message", () => {
    for (const url of ["smtp://user:secret@relay?x=1", "http://user:secret@relay", "smtp://user:secret@relay:port"])
      expect(() => read(url)).toThrow(expect.objectContaining({ message: expect.not.stringContaining("secret") }));
  });
});
