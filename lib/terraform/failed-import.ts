import { onOneLine } from "./diagnostics";
import { type SynthesizedStack } from "./stacks";

/** What Terraform says where an `import` block names what does not exist. */
export const nothingToImport = /Cannot import non-existent remote object/;

/**
 * Names the property behind an import that found nothing. Terraform names the resource, and advises to create it: for a deployment
 * that would be another id.
 */
export function nothingToImportMessage({ name, messengers }: SynthesizedStack, words: string): string {
  const sentence = onOneLine(words);
  const sought = messengers.flatMap(({ address, configurationAddress, importId, configurationImportId }) => [
    { what: "deployment", property: "deploymentId", address, id: importId },
    { what: "configuration", property: "configurationId", address: configurationAddress, id: configurationImportId },
  ]);
  const missing = sought.flatMap(({ what, property, address, id }) =>
    address !== undefined && sentence.includes(`"${address}"`)
      ? `the ${what} ${id === undefined ? "of its `adopt`" : `"${id}"`} (adopt.${property})`
      : [],
  );
  const found = missing.length === 0 ? "what one of its import blocks names" : missing.join(" and ");
  return (
    `The stack "${name}" is to take over ${found}, and Genesys Cloud has no such thing: nothing was changed.\n\n` +
    "Write the ids that origins adopt prints, see whether credentials and region are those of the organisation that has them, or " +
    `leave \`adopt\` out: then the next deploy makes a deployment with an id of its own.\n\n${words}`
  );
}
