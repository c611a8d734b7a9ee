/** The fields of an answer that the platform alone decides: clients send them back with the rest of an object, and they count for nothing. */
export const platformFields: ReadonlySet<string> = new Set([
  "id",
  "version",
  "snippet",
  "dateCreated",
  "dateModified",
  "datePublished",
  "createdUser",
  "publishedUser",
  "lastModifiedUser",
  "selfUri",
]);
