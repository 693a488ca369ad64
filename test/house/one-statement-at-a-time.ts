/**
 * For every test file: three statements or more at once on one connection fail it, such as an `include` of several
 * relations sends them within a transaction. The driver queues them still, and will refuse them from version 9 on.
 */
process.on('warning', (warning) => {
  if (warning.message.includes('client is already executing a query')) throw warning;
});
