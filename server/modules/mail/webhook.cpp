#include <map>

#include "modules/mail/mail.hpp"

namespace doorstep::mail {

namespace {

const db::Query match_sql{"mail.match", R"sql(
    select account_id, id, provider_message_id from email_logs where id = any ($1) or provider_message_id = any ($2)
    order by account_id, id
)sql"};

// Whoever adds events to a letter sees those that others have added.
const db::Query lock_sql{"mail.lock", "select id from email_logs where account_id = $1 and id = $2 for update"};

const db::Query insert_sql{"mail.insert_event", R"sql(
    insert into email_log_events (account_id, log_id, provider_event_id, event, at, ip, useragent, url, reason, machine, received_at)
    values ($1, $2, $3, $4, $5, nullif($6, ''), nullif($7, ''), nullif($8, ''), nullif($9, ''), $10, $11)
    on conflict do nothing
)sql"};

// A status is a function of the set of events, so their order and repetition can't matter. An event proves that the letter left,
// whatever became of the hand-over's own record. What machines open counts in the history and nowhere else.
const db::Query apply_sql{"mail.apply", R"sql(
    update email_logs l set
        sent_at = coalesce(l.sent_at, e.first), secrets = null,
        delivered_at = e.delivered, opened_at = e.opened, clicked_at = e.clicked, open_count = e.opens, click_count = e.clicks,
        error_message = e.reason,
        status = case
            when e.complained then 'complained'
            when e.clicked is not null then 'clicked'
            when e.opened is not null then 'opened'
            when e.bounced then 'bounced'
            when e.dropped then 'failed'
            when e.delivered is not null then 'delivered'
            else 'sent'
        end
    from (
        select min(at) as first,
            min(at) filter (where event = 'delivered') as delivered,
            min(at) filter (where event = 'open' and not machine) as opened,
            min(at) filter (where event = 'click' and not machine) as clicked,
            count(*) filter (where event = 'open' and not machine) as opens,
            count(*) filter (where event = 'click' and not machine) as clicks,
            bool_or(event = 'spamreport') as complained, bool_or(event = 'bounce') as bounced, bool_or(event = 'dropped') as dropped,
            (array_agg(reason order by at desc, provider_event_id) filter (where reason is not null))[1] as reason
        from email_log_events where account_id = $1 and log_id = $2
    ) e
    where l.account_id = $1 and l.id = $2
)sql"};

struct Known {
    Uuid account_id;
    Uuid id;
    std::optional<std::string> provider_message_id;
    BOOST_DESCRIBE_CLASS(Known, (), (account_id, id, provider_message_id), (), ())
};

const Known* find_letter(const std::vector<Known>& known, const EmailEvent& event) {
    for (const auto& letter : known) {
        if (event.email_id == letter.id) return &letter;
    }
    for (const auto& letter : known) {
        for (const auto& id : event.provider_ids) {
            if (letter.provider_message_id == id) return &letter;
        }
    }
    return nullptr;
}

} // namespace

Task<http::Response> Mail::take_mailgun(http::Context& ctx) {
    if (!parts_.mailgun) throw unavailable("not_configured", "No Mailgun signing key is configured.");
    auto once = parts_.mailgun->verify(*ctx.request, ctx.now());
    parts_.mailgun->parse(ctx.request->body);
    Context everyone = ctx;
    everyone.all_accounts = true;
    auto body = [&](db::Session& tx) -> Task<> {
        auto id = co_await keep_webhook(tx, everyone, parts_.mailgun->name(), ctx.request->body, once);
        jobs::enqueue(tx, everyone, ProcessMailgun{id});
    };
    co_await parts_.db.transaction(everyone, body);
    co_return http::Response::json(R"({"received":true})");
}

Task<> Mail::process_mailgun(Context& job, Uuid webhook_id) {
    Context ctx = job;
    ctx.all_accounts = true;
    auto raw = co_await read_webhook(parts_.db, ctx, webhook_id);
    if (!raw || !parts_.mailgun) co_return;
    auto batch = parts_.mailgun->parse(*raw);
    std::vector<const EmailEvent*> events;
    for (const auto& event : batch.events) events.push_back(&event);
    auto added = co_await apply_events(ctx, events);
    Json outcome{R"({"added":)" + std::to_string(added) + R"(,"malformed":)" + std::to_string(batch.malformed) + "}"};
    co_await finish_webhook(parts_.db, ctx, webhook_id, outcome);
}

Task<std::int64_t> Mail::apply_events(Context& ctx, const std::vector<const EmailEvent*>& events) {
    std::vector<Uuid> ids;
    std::vector<std::string> provider_ids;
    for (const auto* event : events) {
        if (event->email_id) ids.push_back(*event->email_id);
        provider_ids.insert(provider_ids.end(), event->provider_ids.begin(), event->provider_ids.end());
    }
    auto known = co_await parts_.db.all<Known>(ctx, match_sql, ids, provider_ids);
    std::map<const Known*, std::vector<const EmailEvent*>> shares;
    for (const auto* event : events) {
        if (auto* letter = find_letter(known, *event)) shares[letter].push_back(event);
    }
    std::int64_t added = 0;
    for (const auto& [to_whom, part] : shares) {
        Context scoped = ctx;
        scoped.all_accounts = false;
        scoped.account_id = to_whom->account_id;
        auto body = [&, letter = to_whom, &share = part](db::Session& tx) -> Task<std::int64_t> {
            std::int64_t fresh = 0;
            co_await tx.exec(lock_sql, letter->account_id, letter->id);
            for (const auto* event : share) {
                fresh += co_await tx.exec(
                    insert_sql, letter->account_id, letter->id, event->id, event->event, event->at, event->ip, event->useragent,
                    event->url, event->reason, event->machine, ctx.now()
                );
            }
            co_await tx.exec(apply_sql, letter->account_id, letter->id);
            co_return fresh;
        };
        added += co_await parts_.db.transaction(scoped, body);
    }
    co_return added;
}

} // namespace doorstep::mail
