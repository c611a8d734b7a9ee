import { isKnownToTerraformOnly, type PropertyCheck } from "../property-check";
import { isUnresolved } from "../token-form";

/** A language as Genesys writes it: lower case, subtags after hyphens. */
const language = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/;

/** A language is spelled as Genesys spells it: its API knows `en-us`, not `en_US`. */
export function checkLanguage(check: PropertyCheck, property: string, value: string | undefined): void {
  check.expect(property, value, (text) => language.test(text), {
    message: "is no language of the Messenger",
    remedy: `write ${suggestion(value)}`,
  });
}

function suggestion(value: unknown): string {
  const likely = String(value).trim().toLowerCase().replaceAll("_", "-");
  return language.test(likely) ? `"${likely}"` : `a language code in lower case, such as "en-us" or "de"`;
}

export function checkLanguages(defaultLanguage: string, languages: readonly string[], check: PropertyCheck): void {
  const remedy = 'write the language of most visitors, such as "en-us"';
  if (!check.required("defaultLanguage", defaultLanguage, remedy)) return;
  checkLanguage(check, "defaultLanguage", defaultLanguage);
  const listed = isUnresolved(languages) ? [] : languages;
  listed.forEach((value, index) => {
    const property = `languages[${index}]`;
    if (value !== defaultLanguage) checkLanguage(check, property, value);
    check.expect(property, value, (text) => languages.indexOf(text) === index, {
      message: "is there twice",
      remedy: "write it once",
    });
  });
  check.expect("defaultLanguage", defaultLanguage, (text) => mayInclude(languages, text), {
    message: "is none of the languages",
    remedy: "add it to languages, or choose one of them",
  });
}

/** Whether a language is one of them, or may be: a list with a value that only Terraform knows can hold any. */
export function mayInclude(languages: readonly string[], language: string): boolean {
  return languages.includes(language) || isKnownToTerraformOnly(languages);
}
