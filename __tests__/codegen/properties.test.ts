import { adopted, plainConfiguration, programOf } from "./live";

/** A configuration with something special in its `messenger`. */
const withMessenger = (messenger: object) => ({
  ...plainConfiguration,
  messenger: { ...(plainConfiguration["messenger"] as object), ...messenger },
});

test("a plain one: what the construct says by itself is left out", () => {
  const { environment, messenger } = programOf(adopted());

  expect(`${environment},\n\n${messenger},`).toMatchInlineSnapshot(`
    "nextEnvironment("production", {
      kind: "production",
      addresses: ["shop.example.com", "www.example.com"],
    }),

    production: {
        name: "Shop",
        description: "The shop's",
        defaultLanguage: "en-us",
        configurationName: "Shop look",
        configurationDescription: "How it looks",
        // Imported by the next deploy. It has no effect afterwards and can be removed.
        adopt: {
          deploymentId: "0c48e588-1958-4d33-b899-ed382b250022",
          configurationId: "a2a56bff-e1ab-4dfe-a2df-d7281ef39f6a",
        },
      },"
  `);
});

test("what the construct would call it and say of it is left out, too", () => {
  const { properties } = adopted({
    deployment: {
      name: "messenger-production",
      description: 'Managed as code, for the environment "production": changes by hand are undone by the next deploy',
    },
    configuration: { ...plainConfiguration, name: "messenger-production" },
  });

  expect(properties).not.toHaveProperty("name");
  expect(properties).not.toHaveProperty("description");
  expect(properties).not.toHaveProperty("configurationName");
});

test("a feature that is on and nothing else is told to be on", () => {
  const { properties } = adopted({ configuration: withMessenger({ homeScreen: { enabled: true } }) });

  expect(properties["homeScreen"]).toEqual({ logoUrl: "" });
});

test.each([
  [
    "a block that has less than the construct writes",
    { styles: {}, launcherButton: { visibility: "Off" } },
    { styles: {}, launcher_button: { display_type: null } },
    "it is not set in Genesys, and the program would set it",
  ],
  [
    "a list in which something has less than the construct writes",
    { fileUpload: { enableAttachments: true, modes: [{ fileTypes: ["image/png"] }] } },
    { file_upload: { mode: [{ file_types: ["image/png"] }] } },
    "no property expresses this value or its order",
  ],
  [
    "a picture over http",
    { homeScreen: { enabled: true, logoUrl: "http://www.example.com/logo.png" } },
    { home_screen: { enabled: true, logo_url: "http://www.example.com/logo.png" } },
    'Invalid homeScreen.logoUrl "http://www.example.com/logo.png": expected an https URL',
  ],
  [
    "no launcher",
    { launcherButton: null },
    { launcher_button: null },
    "it is not set in Genesys, and the program would set it",
  ],
])("%s is an override, with the reason above it", (_, messenger, override, reason) => {
  const adoption = adopted({ configuration: withMessenger(messenger) });

  expect(adoption.properties["overrides"]).toEqual({ configuration: { messenger: override } });
  expect(adoption.comments["overrides.configuration"]?.join("\n")).toContain(reason);
  expect(adoption.changes.configuration).toEqual([]);
});

test("texts in another order are an override, because labels would sort them", () => {
  const labels = (...languages: readonly string[]) =>
    languages.map((language) => ({
      language,
      localizedLabels: [{ key: "MessengerHomeHeaderTitle", value: `Hello in ${language}` }],
    }));
  const configuration = (...languages: readonly string[]) => ({
    ...plainConfiguration,
    languages: ["en-us", "de"],
    customI18nLabels: labels(...languages),
  });

  expect(adopted({ configuration: configuration("de", "en-us") }).properties).toMatchObject({
    labels: { de: { MessengerHomeHeaderTitle: "Hello in de" } },
  });
  const other = adopted({ configuration: configuration("en-us", "de") });
  expect(other.properties).not.toHaveProperty("labels");
  expect(other.properties["overrides"]).toMatchObject({
    configuration: { custom_i18n_labels: [{ language: "en-us" }, { language: "de" }] },
  });
  expect(other.changes.configuration).toEqual([]);
});

test("the region is said where it is not the usual one", () => {
  expect(adopted({ region: "us-east-1" }).properties).not.toHaveProperty("region");
  expect(adopted({ region: "eu-central-1" }).properties).toHaveProperty("region", "eu-central-1");
});

test("Terraform's expressions are written as texts", () => {
  const { messenger } = programOf(adopted({ deployment: { name: "Shop ${env} 100%{x}" } }));

  expect(messenger).toContain('name: "Shop $${env} 100%%{x}",');
});

test("what Genesys calls a flow stands above its id, on one line", () => {
  const flow = { id: "5a9db0c5-0000-4000-8000-000000000011", name: "Inbound\n*/ evil(); //" };
  const { messenger } = programOf(adopted({ deployment: { flow } }));

  expect(messenger).toContain(
    '    // Inbound */ evil(); //\n    flow: { id: "5a9db0c5-0000-4000-8000-000000000011" },',
  );
});

test("what even the provider refuses is not an override, which would stop every plan, but a change that is told", () => {
  const adoption = adopted({ configuration: withMessenger({ styles: { primaryColor: "red" } }) });

  expect(adoption.properties).not.toHaveProperty("overrides");
  expect(adoption.changes.configuration).toEqual(["messenger.styles"]);
  expect(adoption.notes).toEqual([
    {
      level: "warning",
      text: expect.stringContaining('The provider refuses messenger.styles = {"primary_color":"red"}') as string,
    },
  ]);
});
