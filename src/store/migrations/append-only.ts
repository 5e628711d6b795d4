/** Triggers that reject every update and deletion of a table's rows. */
export const appendOnly = (...tables: string[]): string =>
  tables
    .map(
      (table) => `
  CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'rows of ${table} are never changed'); END;
  CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'rows of ${table} are never deleted'); END;`,
    )
    .join('');
