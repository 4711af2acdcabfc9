export const USAGE = `Usage: msb-client-websocket generate [FILE] [options]

Writes the contract of a service in TypeScript, with zod schemas, from the service's self-description.
FILE has the self-description in JSON, as the service sends it. Without FILE, or with -, it is read from standard input.

Where the self-description comes from, if not from a file
  --url URL           management REST of the development broker or of an MSB, such as http://127.0.0.1:8085
  --uuid UUID         uuid of the service, which must have registered there
  --token SECRET      token of a broker that was started with --token
  --user NAME:PASS    name and password (Basic), if the MSB asks for them

What is written
  --name NAME         name of the contract   (default: from the name of the service)
  --counterpart       instead of the contract: a program that uses the service, with the contract inside
  --device            instead of the contract: a program that is the service, with the contract inside
  --import FILE       the program imports the contract from this file, such as "./press.contract.ts"
  -h, --help          print this help

  msb-client-websocket generate press.json > press.contract.ts
  msb-client-websocket generate --url http://127.0.0.1:8085 --uuid UUID --counterpart > dashboard.ts

Anything a contract cannot express is written to standard error, and as comments.
The exit code is 0, 1 if the server cannot be reached or does not know the service, 2 if the command line or the file is wrong.`;
