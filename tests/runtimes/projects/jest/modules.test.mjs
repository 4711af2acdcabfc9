import { startService } from "./service.mjs";

test("a page connects, publishes and answers a call", async () => {
  const { client, asked } = await startService({ uuid: process.env.MSB_UUID, url: process.env.MSB_URL });
  document.body.innerHTML = "<output></output>";
  document.querySelector("output").textContent = await asked;
  expect(document.body.textContent).toBe("21");
  await client.flush();
  await client.disconnect();
});
