// One JSON object per line on stdout, which journald, Docker and log collectors can read.
function log(level, message, fields) {
  console.log(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }));
}

export const logger = {
  debug: (message, fields) => log("debug", message, fields),
  info: (message, fields) => log("info", message, fields),
  warn: (message, fields) => log("warn", message, fields),
  error: (message, fields) => log("error", message, fields),
};
