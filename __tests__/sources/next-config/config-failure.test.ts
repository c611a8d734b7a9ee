import { withoutFolders } from "../../../lib/sources/next-config/config-failure";

describe("an error's message names no folder of this machine", () => {
  const windows = "C:\\Users\\me\\shop";

  test.each([
    ["/home/me/shop", "Cannot find module '/home/me/shop/hosts.js'", "Cannot find module 'hosts.js'"],
    ["/home/me/shop", "imported from file:///home/me/shop/next.config.mjs", "imported from next.config.mjs"],
    ["/home/me/my shop#1", "in file:///home/me/my%20shop%231/a.mjs", "in a.mjs"],
    [
      "/home/me/shop",
      "nothing in /home/me/shop, nor in /home/me/shopping/a.js",
      "nothing in ., nor in /home/me/shopping/a.js",
    ],
    ["/home/me/a.b", "/home/me/a.b/c and /home/me/axb/c", "c and /home/me/axb/c"],
    [windows, "Cannot find module 'C:\\Users\\me\\shop\\config\\hosts.js'", "Cannot find module 'config\\hosts.js'"],
    [windows, 'open "C:\\\\Users\\\\me\\\\shop\\\\hosts.txt"', 'open "hosts.txt"'],
    [windows, "imported from file:///C:/Users/me/shop/next.config.mjs", "imported from next.config.mjs"],
    [windows, "imported from C:/Users/me/shop/next.config.mjs", "imported from next.config.mjs"],
    [windows, "open 'c:\\Users\\me\\shop\\hosts.txt'", "open 'hosts.txt'"],
    ["/", "open /etc/hosts", "open /etc/hosts"],
  ])("in %s: %s", (folder, message, shown) => {
    expect(withoutFolders(message, [folder])).toBe(shown);
  });

  test("nor one of the project around the application", () => {
    const folders = ["/home/me/project/apps/shop", "/home/me/project"];
    expect(withoutFolders("/home/me/project/apps/shop/a.js and /home/me/project/b.js", folders)).toBe("a.js and b.js");
  });
});
