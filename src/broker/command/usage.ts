export const USAGE = `Usage: msb-broker [options]        (or: npx msb-client-websocket broker [options])

Starts a development broker: a stand-in for the MSB on this computer.

Where it listens
  -p, --port NUMBER       port to listen on, 0 for any free one; can be repeated   (default 8085)
  --msb-ports             the MSB's ports: 8085, 8081 and 8082, and with a certificate 8084 (https, wss)
  --host ADDRESS          address to listen on   (default 127.0.0.1: this computer only)
  --cert FILE             certificate (PEM): serves https and wss; with --key
  --key FILE              private key of the certificate (PEM)
  --tls-port NUMBER       port for https and wss; --port is then for http and ws; can be repeated

Who is let in
  --token SECRET          secret that HTTP requests must send; generated and printed if other computers can reach the broker
  --allow-origin ORIGIN   web pages of this origin may use it, such as https://app.example; * for all; can be repeated
  --allow-host NAME       another host name under which clients may reach it; can be repeated
  --show-tokens           show the tokens of services in traces and recordings

What it does
  --flows FILE            flows (JSON), read again whenever the file changes
  --record FILE           write every message to a file, as JSON lines
  --replay FILE           replay a recorded file: virtual services send what its clients sent
  --speed NUMBER          how many times faster than recorded, 0 for no pauses   (default 1)
  --max-message-size N    largest message of a client, in characters   (default 1000000; Spring's is 8192)

What it shows
  --open                  open the console in the browser
  --verbose               show each message, not only how many there are   (also: --debug)
  --log FORMAT            text for people, json for programs   (default text)
  -v, --version           print the version
  -h, --help              print this help

Ctrl+C stops it.`;
