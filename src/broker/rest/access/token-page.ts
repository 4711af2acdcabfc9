import { PAGE_HEADERS } from "../console/console.ts";

/** What a browser gets instead of the console: a form for the token, and what was wrong with the last one. */
export function tokenPage(
  status: number,
  problem: string | undefined,
  headers: Record<string, string>,
): Response {
  const alert = problem === undefined ? "" : `<p class="bad" role="alert">${problem}</p>`;
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>MSB broker: token</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f4f5f7, #14171c); color: light-dark(#1b2430, #e6e9ee); --quiet: light-dark(#556070, #a0aab8); --accent: light-dark(#00697a, #3cc1d6); }
* { box-sizing: border-box; }
form { width: min(26rem, 92vw); margin: 15vh auto 0; padding: 1.25rem; display: grid; gap: 0.75rem; border: 1px solid light-dark(#d8dde4, #353c49); border-radius: 0.5rem; background: light-dark(#ffffff, #1d2129); }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 0; }
p { margin: 0; color: var(--quiet); }
label { display: grid; gap: 0.25rem; color: var(--quiet); }
input, button { font: inherit; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--quiet); border-radius: 0.375rem; }
input { background: inherit; color: light-dark(#1b2430, #e6e9ee); }
button { justify-self: start; border-color: transparent; background: var(--accent); color: light-dark(#ffffff, #0c1d21); font-weight: 600; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.bad { color: light-dark(#a8321f, #ff8f78); font-weight: 600; }
</style>
</head>
<body>
<main>
<form method="post">
<h1>This broker needs its token</h1>
<p>You chose it when you started the broker, or the broker printed it then.</p>
${alert}
<label>Token<input name="token" type="password" autocomplete="current-password" required autofocus></label>
<button>Open the console</button>
</form>
</main>
</body>
</html>
`;
  return new Response(page, {
    status,
    headers: {
      ...PAGE_HEADERS,
      "Cache-Control": "no-store",
      "Content-Type": "text/html; charset=utf-8",
      ...headers,
    },
  });
}
