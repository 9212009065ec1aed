// What a storm promised, counted: a list of everything that is not as it should be, and the figures.
import { wrongCounters } from "../support/product.mjs";

export function audit({ cluster, recorder, clients, complaints, done, restarts, frozen }) {
  const wrong = [];
  const sql = (statement) => cluster.sql(statement, "doorstep");
  const none = (what, statement) => {
    const rows = sql(statement);
    if (rows.length > 0) wrong.push(`${what}: ${rows.length}, such as ${rows[0].join(" ")}`);
  };
  const missing = (what, wanted, there) => {
    const lost = wanted.filter((one) => !there.has(one));
    if (lost.length > 0) wrong.push(`${what}: ${lost.length} of ${wanted.length}, such as ${lost[0]}`);
  };
  const twice = (what, keys) => {
    const seen = new Set();
    const again = keys.filter((key) => key && (seen.has(key) || !seen.add(key)));
    if (again.length > 0) wrong.push(`${what}: ${again.length}, such as ${again[0]}`);
  };
  const column = (statement) => new Set(sql(statement).map(([cell]) => cell));

  missing("accepted clients lost", clients.map(({ id }) => id), column("select id from contacts"));
  none("clients made twice", "select email_key from contacts where email_key is not null group by 1 having count(*) > 1");
  none("clients that nobody was told of", `select id from contacts where email not in (${clients.map(({ email }) => `'${email}'`)})`);
  none("clients without their five follow-ups",
    "select c.id from contacts c left join tasks t on t.account_id = c.account_id and t.contact_id = c.id group by c.id having count(t.id) <> 5");
  none("clients without their event",
    "select id from contacts c where (select count(*) from events e where e.contact_id = c.id and e.kind = 'client_created') <> 1");

  // The product's own letters, such as to the owner of what failed, rather come twice than not at all.
  const followUps = recorder.accepted.filter(({ task_id }) => task_id);
  const letters = recorder.accepted.filter(({ task_id }) => !task_id);
  missing("letters that went out and the store does not know",
    letters.map(({ email_id }) => email_id), column("select id from email_logs where sent_at is not null"));
  none("letters neither sent nor given up", "select id, email_type, status from email_logs where status = 'pending'");

  twice("e-mails handed over twice", followUps.map(({ email_id }) => email_id));
  twice("tasks mailed twice", followUps.map(({ task_id }) => task_id));
  const sent = column("select id from messages where sent_at is not null");
  missing("e-mails that went out and the store does not know", followUps.map(({ email_id }) => email_id), sent);
  missing("e-mails that the store believes sent", [...sent], new Set(followUps.map(({ email_id }) => email_id)));
  none("e-mails without their one event 'sent'",
    `select m.id from messages m where m.sent_at is not null
      and (select count(*) from events e where e.message_id = m.id and e.kind = 'email_sent') <> 1`);

  missing("accepted events lost", recorder.heard,
    column("select provider_event_id from message_events union select provider_event_id from email_log_events"));
  none("events applied twice", "select provider_event_id from message_events group by 1 having count(*) > 1");
  none("webhooks not processed", "select id from inbound_webhooks where processed_at is null");

  const due = "clock_timestamp() + (select offset_us from app.clock) * interval '1 microsecond' - interval '2 minutes'";
  none("e-mails neither sent, held nor shown as failed",
    `select id, dispatch from messages where dispatch <> 'done' and not (dispatch = 'waiting' and held_until > ${due})`);
  none("tasks stuck",
    `select id, reason from tasks where status = 'pending' and failed_at is null and scheduled_for < ${due}
      and not coalesce(held_until > ${due}, false)`);
  none("tasks whose e-mail went out and which are not completed",
    "select t.id from tasks t join messages m on m.account_id = t.account_id and m.task_id = t.id where m.sent_at is not null and t.status <> 'completed'");
  none("tasks in doubt that nobody is shown",
    `select t.id from tasks t join messages m on m.account_id = t.account_id and m.task_id = t.id
      where m.status = 'failed' and (t.failed_at is null or t.reason is null)`);
  none("dead jobs", "select kind, errors from app.jobs where state = 'dead'");
  none("jobs left over", `select kind, id from app.jobs where state = 'ready' or (state = 'waiting' and run_at < ${due})`);
  none("counters that differ from a recount", wrongCounters);
  for (const log of complaints) wrong.push(`a process complained: ${log}`);

  const [failed] = sql("select count(*) from messages where status = 'failed'")[0];
  return {
    wrong,
    figures: { kills: done, restarts, frozen, clients: clients.length, emails: followUps.length, letters: letters.length, refusals: recorder.refused,
      events: recorder.heard.length, shown_as_uncertain_or_failed: Number(failed) },
  };
}
