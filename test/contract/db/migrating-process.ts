import { migrate } from '../../../src/db/migrate.js';
import { openDatabase } from '../../../src/db/open-database.js';

// A process for tests of several migrators at once: migrates the database of the first argument and prints what it ran.
const db = await openDatabase(process.argv[2] ?? '');
process.stdout.write(JSON.stringify(await migrate(db)));
await db.destroy();
