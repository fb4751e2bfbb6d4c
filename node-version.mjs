// The server's TypeScript runs as it is, which Node does from 22.18 on. npm scripts find the Node of the optional
// `node` package first on their PATH; this says what to do where that has no binary for the machine.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `crm-comms needs Node 22.18 or later, and this is ${process.versions.node}. ` +
      'Run "npm ci" without --omit=optional, which brings its own Node, or install a newer one from https://nodejs.org.',
  );
  process.exit(1);
}
