import { pause, wrongCounters } from "../../test/support/product.mjs";

/** A row that counts all counters of all accounts again. */
export async function recount(world, store, when) {
  const wrong = world.cluster.sql(wrongCounters, store.name);
  await pause(10); // it took minutes, in which nobody noticed which connections the server closed
  return {
    what: `counters of ${store.seeded.contacts.toLocaleString("en")} people that differ from a recount, ${when}`,
    unit: "",
    ours: wrong.length,
    atMost: 0,
  };
}
