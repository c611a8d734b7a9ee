import { application, type BackendKind, flag, type SharedState, text } from "./backend-kind";
import { identifier, spell } from "./state-name";
import { StateStore } from "./state-store";

/**
 * State in a PostgreSQL database, a schema for each. Which database, and who Terraform is there, comes from the environment
 * when it runs: `PG_CONN_STR`, or `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER` and `PGPASSWORD`. There is no property for the
 * connection string: it would be written to the output folder, and its password with it.
 *
 * While a stack is deployed for the first time, the database has no lock left for any other stack: run Terraform with
 * `-lock-timeout`.
 */
export interface PgState extends SharedState {
  readonly type: "pg";
  /**
   * The schema, at most 63 bytes; must differ from environment to environment.
   * @default - `<application>__<stack>`, with `_` for `-`; where stack and environment differ, `<application>__<stack>__<environment>`
   */
  readonly schemaName?: string;
  /** The schema is there already; the user may not create one. @default false */
  readonly skipSchemaCreation?: boolean;
  /** The table is there already. @default false */
  readonly skipTableCreation?: boolean;
  /** The index is there already. @default false */
  readonly skipIndexCreation?: boolean;
}

export const pg: BackendKind<PgState> = {
  properties: {
    application,
    schemaName: text,
    skipSchemaCreation: flag,
    skipTableCreation: flag,
    skipIndexCreation: flag,
  },
  credentials: "PG_CONN_STR, or PGHOST, PGDATABASE, PGUSER and PGPASSWORD",
  check({ schemaName }, check) {
    check.expect(
      "schemaName",
      schemaName,
      (name) => Buffer.byteLength(name) <= 63,
      "expected at most 63 bytes, because PostgreSQL cuts a longer name",
    );
  },
  nameOf: ({ schemaName }, name) => schemaName ?? spell(name, identifier),
  placeOf: (_, schemaName) => `the PostgreSQL schema ${schemaName}`,
  make: (stack, state, schemaName) => new StateStore(stack, "pg", { ...state, schemaName }),
};
