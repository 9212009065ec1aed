// Follow-up as its pages show it: plans, people on them, drafts that wait, tasks as a calendar, and what to do now.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const journeyOf = async (client) => (await office.api("GET", `/api/clients/${client.id}/journeys`)).items[0];

test("a plan is added, started on a person's page, paused, gone on with and stopped", async () => {
  const client = await office.addClient("Tomas Reyes", { zone: "America/Los_Angeles" });
  await office.visit("/console/journeys", {}, async (page) => {
    await page.getByRole("link", { name: "Add a plan" }).click();
    await page.getByLabel("Name").fill("After the viewing");
    const step = page.getByRole("group", { name: "Step 1" });
    await step.getByLabel("What").fill("Ask how it was");
    await step.getByLabel("After").fill("2");
    await page.getByRole("button", { name: "Add a step" }).click();
    const second = page.getByRole("group", { name: "Step 2" });
    await second.getByLabel("What").fill("Text them");
    await second.getByLabel("How").selectOption("sms");
    await second.getByText("Text message: can't be sent from here yet. The step becomes a task for you.").waitFor();
    await page.getByRole("button", { name: "Save the plan" }).click();
    await page.getByRole("heading", { level: 2, name: "After the viewing" }).waitFor();

    await page.goto(`${office.url}/console/people/${client.id}`);
    const section = page.getByRole("region", { name: "Follow-up plan" });
    await section.getByText("New client").waitFor();
    await section.getByRole("button", { name: "Start a plan" }).click();
    await page.getByRole("menuitem", { name: "After the viewing" }).click();
    await section.getByText("Ask how it was will go").waitFor();
    // Ten in the morning in New York is seven where she lives.
    await section.getByText(/7:00 AM their time|8:00 AM their time/).first().waitFor();
    await section.getByText("Another plan has begun: After the viewing").waitFor();

    await section.getByRole("button", { name: "Pause After the viewing for Tomas Reyes" }).click();
    await until("paused", async () => (await journeyOf(client)).status === "paused");
    await section.getByText("Next, after the pause: Ask how it was").waitFor();
    await section.getByRole("button", { name: "Go on with After the viewing for Tomas Reyes" }).click();
    await until("on", async () => (await journeyOf(client)).status === "in_progress");
    await section.getByRole("button", { name: "More about After the viewing for Tomas Reyes" }).click();
    await page.getByRole("menuitem", { name: "Stop the plan" }).click();
    await until("stopped", async () => (await journeyOf(client)).status === "stopped");
    await page.getByRole("button", { name: "Undo" }).click();
    await until("back", async () => (await journeyOf(client)).status === "in_progress");
  });
});

test("a step sends a letter of the library: chosen, read, doubted and sent", async () => {
  const letter = (name, language, body) => office.api("POST", "/api/templates", { name, language, subject: "About {{property_street}}", body });
  const welcome = await letter("Welcome", "en", "Hello {{first_name}}, this is how we work.");
  const ring = await letter("Llamada", "es", "Hola {{first_name}}, le llamo al {{phone}}.");
  const client = await office.addClient("Rosa Lind");
  await office.visit("/console/journeys/new", {}, async (page) => {
    await page.getByLabel("Name").fill("First letters");
    const step = page.getByRole("group", { name: "Step 1" });
    await step.getByLabel("What").fill("Say hello");
    await step.getByLabel("After").fill("0");
    const choice = step.getByRole("combobox", { name: "Letter", exact: true });
    assert.equal(await choice.inputValue(), "");
    await choice.selectOption("Llamada");
    await step.getByText("The letter is in Spanish; the office writes in English. It goes out as it is.").waitFor();
    await step.getByText("Not everybody has it: Phone. Who hasn’t gets a letter that Doorstep writes.").waitFor();
    await step.getByRole("button", { name: "Read it as it goes out" }).click();
    const reading = step.getByRole("region", { name: "How it reads" });
    await reading.getByText("Hola Kim, le llamo al (555) 555-0123.").waitFor();
    await reading.getByRole("combobox", { name: "For whom" }).fill("Rosa");
    await page.getByRole("option", { name: "Rosa Lind" }).click();
    await reading.getByText("The record has nothing for it: Phone. This person would get a letter that Doorstep writes.").waitFor();
    await choice.selectOption("Welcome");
    await reading.getByText("Hello Rosa, this is how we work.").waitFor();
    await step.getByText("The letter is in Spanish").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Save the plan" }).click();
    const plan = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "First letters" }) });
    await plan.getByText("Welcome", { exact: true }).waitFor();

    // A plan that is changed keeps its letter.
    await plan.getByRole("link", { name: "First letters" }).click();
    await until("it is chosen", async () => (await choice.inputValue()) === welcome.id);
    await page.getByLabel("Name").fill("First letter");
    await page.getByRole("button", { name: "Save the plan" }).click();
    await page.getByText("“First letter” was saved").waitFor();
  });
  const { items } = await office.api("GET", "/api/journey-templates");
  const plan = items.find(({ name }) => name === "First letter");
  assert.equal(plan.steps[0].letter_id, welcome.id);
  await office.api("POST", `/api/clients/${client.id}/journeys`, { template_id: plan.id });
  await office.sandbox("clock", { advance_seconds: 3600 });
  await until("it went out", async () => (await office.outbox()).some(({ subject, to }) => subject === "About 14 Juniper Way" && JSON.stringify(to).includes("rosa.lind")));

  await office.api("DELETE", `/api/templates/${welcome.id}`);
  await office.visit(`/console/journeys/${plan.id}`, { locale: "es-ES" }, async (page) => {
    await page.getByText("La carta ya no está en la biblioteca").waitFor();
    await page.getByRole("combobox", { name: "Carta", exact: true }).selectOption("");
    await page.getByRole("button", { name: "Guardar el plan" }).click();
    await until("written again", async () => (await office.api("GET", `/api/journey-templates/${plan.id}`)).steps[0].letter_id === null);
  });
  await office.api("DELETE", `/api/templates/${ring.id}`);
});

test("a draft waits for a yes; changed and approved, it is sent", async () => {
  const client = await office.addClient("Priya Nair");
  await office.api("POST", "/api/tasks", {
    client_id: client.id,
    followup_type: "Week 1",
    scheduled_for: "2027-03-01T15:30:00Z",
    priority: "high",
    mode: "approve",
  });
  await office.sandbox("clock", { advance_seconds: 3600 });
  await until("drafted", async () => (await office.api("GET", "/api/approvals")).total === 1);
  await office.visit("/console/approvals", {}, async (page) => {
    const card = page.getByRole("listitem", { name: "Draft for Priya Nair" });
    await card.getByLabel("Subject").fill("The two houses");
    await card.getByRole("button", { name: "Approve and send to Priya Nair" }).click();
    await page.getByText("Nothing to approve").waitFor();
    await until("sent", async () => (await office.outbox()).some(({ subject }) => subject === "The two houses"));
  });
});

test("tasks as a calendar: opened and moved without dragging, and by dragging", async () => {
  const client = await office.addClient("Lena Fischer");
  const task = await office.api("POST", "/api/tasks", {
    client_id: client.id,
    followup_type: "Custom",
    title: "Ring her",
    scheduled_for: "2027-03-10T15:00:00Z",
    priority: "high",
    channel: "call",
  });
  const at = async () => (await office.api("GET", `/api/tasks/${task.id}`)).scheduled_for;
  await office.visit("/console/tasks?view=calendar&on=2027-03-10", {}, async (page) => {
    const event = page.getByRole("button", { name: /Lena Fischer · Ring her/ }).first();
    await event.click();
    const drawer = page.getByRole("dialog", { name: "Lena Fischer" });
    await drawer.getByRole("button", { name: /^Another time/ }).click();
    await page.getByLabel("At this time").fill("2027-03-11T09:30");
    await page.getByRole("button", { name: "Set" }).click();
    await until("moved", async () => (await at()).startsWith("2027-03-11T14:30"));
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await event.dragTo(page.getByRole("button", { name: "March 17, 2027" }), { targetPosition: { x: 20, y: 8 } });
    await until("dragged", async () => (await at()).startsWith("2027-03-17T13:30"));
  });
  await office.visit("/console/tasks?view=calendar&on=2027-02-17", { viewport: { width: 390, height: 800 } }, async (page) => {
    await page.getByRole("heading", { name: "February 2027" }).waitFor();
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await page.getByRole("heading", { name: "March 2027" }).waitFor();
    const event = page.getByRole("button", { name: /Lena Fischer · Ring her/ });
    await event.waitFor();
    await page.getByRole("button", { name: "March 16, 2027" }).click();
    await event.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "March 17, 2027" }).click();
    await event.click();
    await page.getByRole("dialog", { name: "Lena Fischer" }).waitFor();
  });
});

test("a busy day of the calendar opens with all that is to do on it", async () => {
  const client = await office.addClient("Nils Aho");
  const tasks = [];
  for (let hour = 14; hour < 20; hour += 1) {
    tasks.push(
      await office.api("POST", "/api/tasks", {
        client_id: client.id,
        followup_type: "Custom",
        title: `Call ${hour}`,
        priority: "medium",
        scheduled_for: `2027-04-14T${hour}:00:00Z`,
        channel: "call",
      }),
    );
  }
  const at = async ({ id }) => (await office.api("GET", `/api/tasks/${id}`)).scheduled_for;
  await office.visit("/console/tasks?view=calendar&on=2027-04-10", {}, async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url())));
    await page.reload();
    await page.getByRole("button", { name: /^\+\d more$/ }).press("Enter");
    const drawer = page.getByRole("dialog", { name: "Wed, Apr 14" });
    await until("all are there", async () => (await drawer.getByRole("listitem").count()) === 6);
    assert.equal(asked.filter(({ pathname }) => pathname === "/api/tasks/calendar").length, 1);
    assert.equal(asked.some(({ pathname, search }) => pathname === "/api/tasks" && search.includes("due_from")), false);
    const [first] = tasks;
    await drawer.getByRole("button", { name: `Another time for ${first.title} for Nils Aho` }).click();
    await page.getByLabel("At this time").fill("2027-04-15T09:30");
    await page.getByRole("button", { name: "Set" }).click();
    await until("moved", async () => (await at(first)).startsWith("2027-04-15T13:30"));
    await until("one less", async () => (await drawer.getByRole("listitem").count()) === 5);
    await drawer.getByRole("button", { name: "Show the day" }).click();
    await page.waitForURL(/show=day/);
    await drawer.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /Nils Aho · Call 17/ }).waitFor();
  });
  await office.visit("/console/tasks?view=calendar&on=2027-04-14", { viewport: { width: 390, height: 800 } }, async (page) => {
    await page.getByRole("button", { name: /Nils Aho · Call 17/ }).waitFor();
    assert.equal(await page.getByRole("button", { name: /Nils Aho · Call/ }).count(), 5);
  });
});

test("today: ranked with reasons that add up, done with one tap, taken back", async () => {
  const client = await office.addClient("Omar Haddad", { phone: "+1 415 555 0142" });
  const task = await office.api("POST", "/api/tasks", {
    client_id: client.id,
    followup_type: "Custom",
    title: "Ring him",
    scheduled_for: "2027-03-01T15:00:00Z",
    priority: "high",
    channel: "call",
  });
  for (const viewport of [{ width: 390, height: 800 }, { width: 1280, height: 800 }]) {
    await office.visit("/console/today", { viewport }, async (page) => {
      const card = page.locator(`[data-row="task:${task.id}"]`);
      await card.getByText("Ring him").waitFor();
      const points = (await card.locator("li").allTextContents()).map((text) => Number(/[+=] ?(\d+)$/.exec(text)?.[1]));
      assert.equal(points.slice(0, -1).reduce((sum, value) => sum + value, 0), points.at(-1));
      assert.equal(await card.getByRole("link", { name: "Call" }).getAttribute("href"), "tel:+1 415 555 0142");
      await card.getByRole("button", { name: "Done: Ring him for Omar Haddad" }).click();
      await card.waitFor({ state: "detached" });
      await until("done", async () => (await office.api("GET", `/api/tasks/${task.id}`)).status === "completed");
      await page.getByRole("button", { name: "Undo" }).click();
      await card.waitFor();
    });
  }
});

test("a rule suggests the next stage; it is accepted and taken back", async () => {
  const client = await office.addClient("Greta Olsen");
  await office.visit("/console/settings/stage-rules", {}, async (page) => {
    await page.getByRole("button", { name: "Add a rule" }).click();
    const form = page.getByRole("dialog", { name: "Add a rule" });
    await form.getByLabel("Name").fill("Busy people");
    await form.getByLabel("When a person").selectOption("task_completed");
    await form.getByRole("button", { name: "Save the rule" }).click();
    await page.getByText("Lead: has a task done for them (1) → Negotiating, suggests it").waitFor();

    const task = (await office.api("GET", `/api/clients/${client.id}/tasks`)).items[0];
    await office.api("PATCH", `/api/tasks/${task.id}`, { status: "completed" });
    await office.sandbox("clock", { advance_seconds: 120 });
    const row = page.getByRole("listitem").filter({ hasText: "Greta Olsen" });
    await row.getByRole("button", { name: "Move", exact: true }).click();
    const stage = async () => (await office.api("GET", `/api/clients/${client.id}`)).stage;
    await until("moved", async () => (await stage()) === "negotiating");
    await row.getByRole("button", { name: "Move back" }).click();
    await until("back", async () => (await stage()) === "lead");
  });
});

test("many tasks at once, and back", async () => {
  const client = await office.addClient("Ines Duarte");
  await office.visit("/console/tasks", {}, async (page) => {
    for (const type of ["Week 1", "Week 2"]) await page.getByRole("checkbox", { name: `Choose ${type}, Ines Duarte` }).check();
    const bar = page.getByRole("region", { name: "With the chosen rows" });
    await bar.getByRole("button", { name: "Skip" }).click();
    const skipped = async () =>
      (await office.api("GET", `/api/clients/${client.id}/tasks`)).items.filter(({ status }) => status === "skipped").length;
    await until("two are skipped", async () => (await skipped()) === 2);
    await page.getByRole("button", { name: "Undo" }).click();
    await until("none is", async () => (await skipped()) === 0);
  });
});
