// Opens a played page in Firefox: node firefox.mjs PUPPETEER FIREFOX PAGE; says what both companies come to, as JSON.
const [puppeteerAt, firefox, address] = process.argv.slice(2);
const { default: puppeteer } = await import(puppeteerAt);
const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
try {
  const page = await browser.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  await page.setViewport({ width: 390, height: 844 });
  await page.goto(address);
  await page.waitForSelector("html[data-ready]");
  const found = await page.evaluate(() => {
    const shown = globalThis.studio.page();
    shown.seek(shown.days - 1);
    const outcomes = shown.worlds.map(({ recording }) => recording.head.outcomes.contribution_eur);
    return { outcomes, wide: document.documentElement.scrollWidth, said: document.body.innerText };
  });
  console.log(JSON.stringify({ ...found, wrong }));
} finally {
  await browser.close();
}
