// People as an office brings them, and how they come in: through the API alone, watched as the page watches.
import assert from "node:assert/strict";
import { pause } from "./product.mjs";

const firstNames = ["Ana", "Ben", "Chloe", "Dev", "Elena", "Frank", "Grace", "Hugo", "Ines", "Jonah", "Kim", "Luz"];
const lastNames = ["Abbott", "Brandt", "Castillo", "Duarte", "Ellison", "Foster", "Gupta", "Hale", "Ibarra", "Jensen", "Kowalski", "Lindqvist"];
const streets = ["Elm St", "Oak Ave", "Maple Dr", "Harbor Rd", "Willow Ln", "Sunset Blvd", "Mission St", "Cedar Ct"];
const cities = ["Dover,DE,19901", "Austin,TX,78701", "Denver,CO,80202", "Tampa,FL,33602", "Boise,ID,83702"];
const stages = ["Lead", "Nurture", "Active Client", "Under Contract", "Closed", "Lost"];

/** A CSV file with as many people, each with an address, a telephone number, a stage and a tag, as agents keep them: of ten, one has no
 *  e-mail address. */
export function people(rows) {
  const lines = ["First Name,Last Name,Email,Phone,Street,City,State,Zip,Stage,Tags,Notes"];
  const pick = (list, i) => list[i % list.length];
  for (let i = 0; i < rows; ++i) {
    const phone = `(${201 + (i % 79) * 10}) ${200 + (Math.floor(i / 79) % 800)}-${String(1000 + Math.floor(i / 63_200)).padStart(4, "0")}`;
    const email = i % 10 === 9 ? "" : `person${i}@example.com`;
    const tags = i % 3 ? "open house" : '"open house, buyer"';
    lines.push(
      `${pick(firstNames, i)},${pick(lastNames, Math.floor(i / 12))},${email},${phone},${i + 1} ${pick(streets, i)},` +
        `${pick(cities, i)},${pick(stages, i)},${tags},${i % 4 ? "" : "Met at the open house; wants a garden and a garage"}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

export class Importer {
  constructor(key) {
    this.headers = { Authorization: `Bearer ${key}` };
  }

  async call(method, path, body) {
    const answer = await fetch(this.server.url + path, { method, headers: this.headers, body });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  upload(text) {
    const form = new FormData();
    form.append("file", new File([text], "people.csv", { type: "text/csv" }));
    return this.call("POST", "/api/imports", form);
  }

  /** Waits for the end, looking as the page does. How far it was at each look comes back. */
  async watch(id, state) {
    const seen = [];
    for (;;) {
      const now = await this.call("GET", `/api/imports/${id}`);
      if (now.position !== seen.at(-1)) seen.push(now.position);
      if (now.state === state) return [now, seen];
      await pause(100);
    }
  }
}
