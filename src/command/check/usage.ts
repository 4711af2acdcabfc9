export const USAGE = `Usage: msb-client-websocket check URL [options]

Finds out what an MSB does, using its own test services, and says what to do about each finding.
URL is the address of the websocket interface, as clients use it: http://msb.example:8085, https://msb.example:8084

Credentials
  --token TOKEN       token of the services it registers   (default: a random one)
  --ca FILE           certificate of the authority to trust (PEM), for a private one
  --cert FILE         certificate of the client (PEM), if the server requires one; with --key
  --key FILE          private key of the certificate (PEM)
  --insecure          continue if the certificate cannot be trusted: for tests only

Tests
  --origin ORIGIN     check whether pages of this origin may connect, such as https://app.example; can be repeated
  --sizes             find out how large a message may be: sends some megabytes
  --quick             do not wait for the server's heartbeat, which takes up to 30 s; the rest takes a few seconds
  --timeout SECONDS   how long each answer may take   (default 5)

Output
  --json              everything as JSON, for a bug report; tokens are masked
  -v, --version       print the version
  -h, --help          print this help

The exit code is 0 if there is no problem, 1 if there is one, 2 if the command line is wrong.`;
