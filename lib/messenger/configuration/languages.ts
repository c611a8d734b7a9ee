import { isKnownToTerraformOnly, type PropertyCheck } from "../property-check";
import { isUnresolved } from "../token-form";

/** A language as Genesys writes it: lower case, subtags after hyphens. */
const language = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/;

/** What is expected where no default language is named. */
export const languageOfMost = 'the language of most visitors, such as "en-us"';

/** A language is spelled as Genesys spells it: its API knows `en-us`, not `en_US`. */
export function checkLanguage(check: PropertyCheck, property: string, value: string | undefined): void {
  check.expect(property, value, (text) => language.test(text), `expected ${suggestion(value)}`);
}

function suggestion(value: unknown): string {
  const likely = String(value).trim().toLowerCase().replaceAll("_", "-");
  return language.test(likely) ? `"${likely}"` : `a language code in lower case, such as "en-us" or "de"`;
}

export function checkLanguages(defaultLanguage: string, languages: readonly string[], check: PropertyCheck): void {
  if (defaultLanguage === "") {
    check.refuse("defaultLanguage", "", `expected ${languageOfMost}`);
    return;
  }
  checkLanguage(check, "defaultLanguage", defaultLanguage);
  const listed = isUnresolved(languages) ? [] : languages;
  listed.forEach((value, index) => {
    const property = `languages[${index}]`;
    if (value !== defaultLanguage) checkLanguage(check, property, value);
    check.expect(property, value, (text) => languages.indexOf(text) === index, "it is listed twice; write it once");
  });
  check.expect(
    "defaultLanguage",
    defaultLanguage,
    (text) => mayInclude(languages, text),
    "it is not one of languages; add it there, or choose one of them",
  );
}

/** Whether a language is one of them, or may be: a list with a value that only Terraform knows can hold any. */
export function mayInclude(languages: readonly string[], language: string): boolean {
  return languages.includes(language) || isKnownToTerraformOnly(languages);
}
