/** Questions to the server that sent the page; what it refuses comes as an Error with its sentence. */
export async function ask<Answer>(address: string, body?: unknown): Promise<Answer> {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(address, options);
  const said = (await response.json().catch(() => ({}))) as { sentence?: string };
  if (!response.ok) throw new Error(said.sentence ?? `${response.status} ${response.statusText}`);
  return said as Answer;
}
