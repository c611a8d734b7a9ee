import { labelKeys, type LabelsProps } from "../../lib/messenger/configuration/labels";
import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { argumentsOf, refusals } from "./synthesis";

const languages = ["en-us", "de"];

test("texts by language become the provider's blocks, sorted, so that their order is never a change", () => {
  const labels: LabelsProps = {
    "en-us": { MessengerLauncherButtonText: "Chat", MessengerHomeHeaderTitle: "How can we help?" },
    de: { MessengerHomeHeaderTitle: "Wie können wir helfen?" },
  };

  expect(argumentsOf({ languages, labels }).configuration["custom_i18n_labels"]).toEqual([
    { language: "de", localized_labels: [{ key: "MessengerHomeHeaderTitle", value: "Wie können wir helfen?" }] },
    {
      language: "en-us",
      localized_labels: [
        { key: "MessengerHomeHeaderTitle", value: "How can we help?" },
        { key: "MessengerLauncherButtonText", value: "Chat" },
      ],
    },
  ]);
});

test.each(labelKeys)("%s can be replaced", (key) => {
  expect(refusals({ labels: { "en-us": { [key]: "text" } } })).toEqual([]);
});

test("another text cannot", () => {
  const props = JSON.parse(`{ "labels": { "en-us": { "Title": "Hello" } } }`) as Partial<WebMessengerProps>;

  expect(refusals(props)).toEqual([
    `Unknown property "Title" in labels.en-us: expected one of ${labelKeys.join(", ")}`,
  ]);
});
