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
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
form { max-width: 26rem; margin: 15vh auto; padding: 0 1rem; display: grid; gap: 0.75rem; }
h1 { font-size: 1.4rem; margin: 0; }
p { margin: 0; }
input, button { font: inherit; padding: 0.5rem; width: 100%; box-sizing: border-box; }
.bad { color: light-dark(#b00020, #ff8a80); font-weight: 600; }
</style>
</head>
<body>
<main>
<form method="post">
<h1>This broker needs its token</h1>
<p>It was chosen when the broker was started, or was printed then.</p>
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
