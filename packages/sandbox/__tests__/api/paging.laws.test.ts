import fc from "../../../../__tests__/fast-check";

import { type JsonObject } from "../../lib/cloud/json";
import { configurationsPath, deploymentsPath, entitiesOf, Sandbox, textOf } from "./fixture";

/** All pages, from the first one on, by the links that lead from one to the next. */
async function follow(sandbox: Sandbox, from: string, link: "nextUri" | "previousUri"): Promise<JsonObject[]> {
  const pages: JsonObject[] = [];
  for (let uri: unknown = from; typeof uri === "string"; uri = pages.at(-1)?.[link]) {
    const { status, body } = await sandbox.call("GET", uri);
    expect(status).toBe(200);
    pages.push(body);
  }
  return pages;
}

const ids = (page: JsonObject): string[] => entitiesOf(page).map((entity) => textOf(entity, "id"));

test("any page size gives the same deployments in the same order, forwards and back", async () => {
  const sandbox = new Sandbox();
  const configuration = { id: await sandbox.publishedConfiguration() };
  const made: string[] = [];
  for (let i = 0; i < 23; i++) {
    const { body } = await sandbox.call("POST", deploymentsPath, { name: `d${i}`, configuration });
    made.push(textOf(body, "id"));
  }
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (pageSize) => {
      const forwards = await follow(sandbox, `${deploymentsPath}?pageSize=${pageSize}`, "nextUri");
      expect(forwards.flatMap(ids)).toEqual(made);
      expect(forwards.every((page) => page["total"] === made.length)).toBe(true);
      expect(forwards).toHaveLength(Math.ceil(made.length / pageSize));
      const last = forwards.at(-1);
      if (last === undefined) throw new Error("there are no pages");
      const backwards = await follow(sandbox, textOf(last, "selfUri"), "previousUri");
      expect(backwards.reverse().flatMap(ids)).toEqual(made);
    }),
    { numRuns: 20 },
  );
});

test("what is created or deleted between two pages neither repeats nor skips a deployment", async () => {
  const sandbox = new Sandbox();
  const configuration = { id: await sandbox.publishedConfiguration() };
  const create = async (): Promise<string> =>
    textOf((await sandbox.call("POST", deploymentsPath, { name: "x", configuration })).body, "id");
  const [a, b, c, d] = [await create(), await create(), await create(), await create()];
  const first = await sandbox.call("GET", `${deploymentsPath}?pageSize=2`);
  expect(ids(first.body)).toEqual([a, b]);
  await sandbox.call("DELETE", `${deploymentsPath}/${b}`);
  await sandbox.call("DELETE", `${deploymentsPath}/${c}`);
  const e = await create();
  const second = await sandbox.call("GET", textOf(first.body, "nextUri"));
  expect(ids(second.body)).toEqual([d, e]);
  expect(second.body).not.toHaveProperty("nextUri");
});

test("a list is empty, not missing, when there is nothing", async () => {
  const { body } = await new Sandbox().call("GET", deploymentsPath);
  expect(body).toEqual({ entities: [], total: 0, selfUri: deploymentsPath });
});

test("300 to a page unless the client says otherwise, and other parameters stay in the links", async () => {
  const sandbox = new Sandbox();
  for (let i = 0; i < 301; i++) {
    sandbox.store.change((state) => {
      const at = sandbox.now.toISOString();
      const author = { dateCreated: at, dateModified: at, createdUser: "u", lastModifiedUser: "u" };
      const draft = { version: "DRAFT", status: "Active" as const, content: { name: `c${i}` }, ...author };
      state.configurations.set(`c${i}`, { id: `c${i}`, sequence: ++state.sequence, draft, published: [] });
    });
  }
  const pages = await follow(sandbox, `${configurationsPath}?showOnlyPublished=false`, "nextUri");
  expect(pages.map((page) => ids(page).length)).toEqual([300, 1]);
  expect(textOf(pages[0] ?? {}, "nextUri")).toContain("showOnlyPublished=false");
});
