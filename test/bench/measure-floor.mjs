import mysql from 'mysql2';

// Reads tables one after the other over one connection, rows as arrays, and keeps nothing: what reading alone costs in Node.
// Runs in a process of its own; arguments: the database's URL, and the statements as a JSON array.

const [, , url = '', statements = '[]'] = process.argv;
const connection = mysql.createConnection({ uri: url, dateStrings: true });
await /** @type {Promise<void>} */ (
  new Promise((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())))
);
const startedAtMs = performance.now();
let rows = 0;
for (const sql of JSON.parse(statements)) rows += await countRows(sql);
const ms = Math.round(performance.now() - startedAtMs);
connection.end();
process.stdout.write(JSON.stringify({ ms, rows, peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024) }));

/**
 * @param {string} sql
 * @returns {Promise<number>}
 */
function countRows(sql) {
  return new Promise((resolve, reject) => {
    let found = 0;
    connection
      .query({ sql, rowsAsArray: true })
      .on('error', reject)
      .on('result', () => {
        found += 1;
      })
      .on('end', () => resolve(found));
  });
}
