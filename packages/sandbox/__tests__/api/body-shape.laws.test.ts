import { bodyProblems, bodyShape, type BodyShape } from "../../lib/api/body-shape";
import { isJsonObject, type Json, type JsonObject } from "../../lib/cloud/json";
import { resourceSchema } from "../../../../lib/genesys/provider-schema";
import { configurationsPath, Sandbox, textOf } from "./fixture";

const shape = bodyShape(resourceSchema("genesyscloud_webdeployments_configuration"));

/** A body with every field that the schema knows, each with a value that it allows. */
function sample(of: BodyShape): Json {
  switch (of.kind) {
    case "object":
      return Object.fromEntries([...of.fields].map(([name, field]) => [name, sample(field)]));
    case "list":
      return [sample(of.of), sample(of.of)];
    case "value": {
      const text = of.attribute.values?.[0] ?? "x";
      switch (of.attribute.type) {
        case "string":
          return text;
        case "bool":
          return false;
        case "number":
          return of.attribute.range?.[0] ?? 0;
        case "list(string)":
          return [text];
      }
    }
  }
}

function fullBody(): JsonObject {
  const body = sample(shape);
  if (!isJsonObject(body)) throw new Error("the schema describes no object");
  return body;
}

/** Every place of a body, by its path, with the same body where something else stands at that place. */
function* edits(value: Json, edit: (value: Json) => Json, path = ""): Generator<readonly [string, Json]> {
  yield [path, edit(value)];
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    for (const [index, item] of items.entries()) {
      for (const [at, edited] of edits(item, edit, `${path}[${index}]`)) yield [at, items.with(index, edited)];
    }
  } else if (isJsonObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (inner === undefined) continue;
      for (const [at, edited] of edits(inner, edit, path === "" ? name : `${path}.${name}`)) {
        yield [at, { ...value, [name]: edited }];
      }
    }
  }
}

test("a configuration with every field of the schema is taken, kept and answered as it was sent", async () => {
  const sandbox = new Sandbox();
  const decidedByThePlatform = ["id", "version", "status"];
  const content = Object.fromEntries(
    Object.entries(fullBody()).filter(([name]) => !decidedByThePlatform.includes(name)),
  );
  const made = await sandbox.call("POST", configurationsPath, content);
  expect(made.body).toMatchObject(content);
  const draft = await sandbox.call("GET", `${configurationsPath}/${textOf(made.body, "id")}/versions/draft`);
  expect(draft.body).toMatchObject(content);
});

test("the paths are the API's: dotted ones are objects, and a list of ids is a list of references", () => {
  expect(fullBody()).toMatchObject({
    headlessMode: { enabled: false },
    messenger: { apps: { conversations: { autoStart: { enabled: false }, markdown: { enabled: false } } } },
    supportCenter: {
      labelFilter: { labels: [{ id: "x" }, { id: "x" }] },
      enabledCategories: [{ image: { source: { defaultUrl: "x" } } }, {}],
      screens: [{ moduleSettings: [{ detailedCategoryModuleTemplate: { sidebar: { enabled: false } } }, {}] }, {}],
    },
  });
});

test("a field that the schema does not know is refused wherever it stands", () => {
  let places = 0;
  for (const [path, body] of edits(fullBody(), (value) => (isJsonObject(value) ? { ...value, strange: 1 } : value))) {
    if (!isJsonObject(body)) throw new Error("the body is gone");
    const problems = bodyProblems(body, shape);
    const name = path === "" ? "strange" : `${path}.strange`;
    if (problems.length === 0) continue;
    places++;
    expect(problems.map(({ fieldName }) => fieldName)).toEqual([name]);
  }
  expect(places).toBeGreaterThan(40);
});

test("a value of another kind is refused wherever it stands, by its path", () => {
  const otherKind = (value: Json): Json => (typeof value === "number" || typeof value === "string" ? true : 1);
  for (const [path, body] of edits(fullBody(), otherKind)) {
    if (!isJsonObject(body)) continue;
    expect(bodyProblems(body, shape)).toMatchObject([{ errorCode: "invalid.value", fieldName: path }]);
  }
});

test("a null is accepted in the place of every field", () => {
  for (const [path, body] of edits(fullBody(), () => null)) {
    if (!isJsonObject(body) || path.endsWith("]")) continue;
    expect(bodyProblems(body, shape)).toEqual([]);
  }
});
